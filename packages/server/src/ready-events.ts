import { plugs } from './plugs.ts';
import type { ProviderPlug } from './providers/plug.ts';
import type { EventToken, ReadyEvent } from './providers/ready-event.ts';

export type { EventProof, EventToken, ReadyEvent, ReadyOccasion, TokenKey } from './providers/ready-event.ts';

/** The events of one provider, as this server sends them. */
export interface ProviderEvents {
  /** As in the control API: `acs`, `sinch`. */
  readonly provider: string;
  /** The account whose events these are unless another is said: the development account's. */
  readonly account: string;
  readonly events: readonly ReadyEvent[];
  /** The token that proves them, where one does. */
  readonly token?: EventToken;
}

/** Every event that this server sends, by provider, made by its own encoders without a call. */
export async function providerEvents(): Promise<readonly ProviderEvents[]> {
  return Promise.all(
    plugs.map(async ({ name, development, events, eventToken }: ProviderPlug) => ({
      provider: name,
      account: development('').account,
      events: await events(),
      ...(eventToken && { token: eventToken }),
    })),
  );
}
