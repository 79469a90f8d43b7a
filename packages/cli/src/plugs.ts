import { acs } from './providers/acs/plug.ts';
import type { ProviderPlug } from './providers/provider-plug.ts';
import { sinch } from './providers/sinch/plug.ts';

/** The providers, in the order in which they are shown; the first one is meant where none is named. */
export const plugs: readonly [ProviderPlug, ...ProviderPlug[]] = [acs, sinch];

/** The examples of every provider for the help of a command, each line indented. */
export function examplesFor(command: keyof ProviderPlug['examples']): string {
  const lines = plugs.flatMap(({ examples }) => examples[command] ?? []);
  return lines.map((line) => `  ${line}`).join('\n');
}
