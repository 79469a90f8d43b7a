import type { Scheme } from '@countersign/core/scheme';
import { schemes } from '@countersign/core/schemes/catalog';
import type { ServerState } from '@countersign/server/control/views/state-view';
import { serverState } from './live-state.ts';

/** A provider's short name for people; as it is written in data while the server's state is not read. */
export function providerTitle(name: string): string {
  return serverState.value?.providers.find((provider) => provider.name === name)?.title ?? name;
}

/** The schemes in which the server's providers have their requests signed. */
export function schemesOf(state: ServerState | undefined): readonly Scheme[] {
  const ids = new Set(state?.providers.flatMap((provider) => provider.schemes));
  return schemes.filter(({ id }) => ids.has(id));
}
