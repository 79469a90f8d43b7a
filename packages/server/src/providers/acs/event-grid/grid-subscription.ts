import type { AcsAccount } from '../accounts/account.ts';
import type { DeliveryName, DeliveryPolicy } from '../../../contract/delivery-policy.ts';

/** An Event Grid subscription of an account: where its events go, which, and how. */
export interface GridSubscription {
  /** Tells it from every other one. */
  readonly key: string;
  readonly url: string;
  /** The resource that the events are about. */
  readonly topic: string;
  readonly delivery: DeliveryName;
  /** Whether it takes events of a type. */
  readonly takes: (type: string) => boolean;
}

/**
 * How Event Grid delivers: unordered, and again after 10 s, 30 s, a minute and five when the endpoint does not answer.
 * It authenticates by the address alone.
 *
 * @see https://learn.microsoft.com/en-us/azure/event-grid/delivery-and-retry
 */
export const gridPolicy: DeliveryPolicy = {
  orderedBy: undefined,
  holdsBackMs: 2_000,
  attemptsPerUrl: 5,
  backoffMs: [10_000, 30_000, 60_000, 300_000],
  timeoutMs: 30_000,
  authenticate: async () => [],
};

/** What an endpoint gets that an account names without a subscription. */
const ofEndpoint = ['Microsoft.Communication.IncomingCall', 'Microsoft.Communication.RecordingFileStatusUpdated'];

/** The subscriptions of an account. One without a filter takes every type, as in Azure. */
export function subscriptionsOf(
  account: Pick<AcsAccount, 'resourceId' | 'eventGridEndpoint' | 'eventGridSubscriptions'>,
): GridSubscription[] {
  const { resourceId, eventGridEndpoint, eventGridSubscriptions = [] } = account;
  const topic = `/subscriptions/countersign/resourceGroups/countersign/providers/Microsoft.Communication/CommunicationServices/${resourceId}`;
  const wanted = [
    ...(eventGridEndpoint === undefined ? [] : [{ endpoint: eventGridEndpoint, includedEventTypes: ofEndpoint }]),
    ...eventGridSubscriptions,
  ];
  const delivery = { provider: 'acs', policy: 'event-grid', account: resourceId };
  return wanted.map(({ endpoint: url, includedEventTypes }, index) => {
    const types = includedEventTypes && new Set(includedEventTypes.map((type) => type.toLowerCase()));
    const takes = (type: string): boolean => types?.has(type.toLowerCase()) ?? true;
    return { key: `${resourceId} ${index} ${url}`, url, topic, delivery, takes };
  });
}
