import type { AcsAccount } from '../../accounts.ts';
import type { DeliveryPolicy } from '../../callbacks/callback.ts';
import type { EventGridTarget } from './reactions/incoming-call.ts';

/**
 * How Event Grid delivers: unordered, and again after 10 s, 30 s, a minute and five when the endpoint does not answer.
 * It authenticates by the address alone.
 *
 * @see https://learn.microsoft.com/en-us/azure/event-grid/delivery-and-retry
 */
const eventGridDelivery: DeliveryPolicy = {
  orderedBy: undefined,
  attemptsPerUrl: 5,
  backoffMs: [10_000, 30_000, 60_000, 300_000],
  timeoutMs: 30_000,
  authenticate: async () => [],
};

/** Where an account's Event Grid events go; `undefined` when it has no endpoint. */
export function eventGridTarget(account: AcsAccount | undefined): EventGridTarget | undefined {
  if (account?.eventGridEndpoint === undefined) return undefined;
  return {
    url: account.eventGridEndpoint,
    topic: `/subscriptions/countersign/resourceGroups/countersign/providers/Microsoft.Communication/CommunicationServices/${account.resourceId}`,
    policy: eventGridDelivery,
  };
}
