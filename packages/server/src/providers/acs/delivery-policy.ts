import type { DeliveryPolicy } from '../../callbacks/callback.ts';
import { eventAuthorization } from './event-token.ts';

/**
 * How events reach an application: in order per call, five attempts with growing pauses, each with a fresh token. Azure
 * publishes no policy; these figures are ours.
 */
export function eventDelivery(resourceId: string, wallNow: () => Date): DeliveryPolicy {
  return {
    orderedBy: 'call',
    attemptsPerUrl: 5,
    backoffMs: [1000, 2000, 4000, 8000],
    timeoutMs: 10_000,
    authenticate: async () => [['Authorization', await eventAuthorization(resourceId, wallNow())]],
  };
}
