import type { DeliveryPolicy } from '../../callbacks/callback.ts';
import { eventAuthorization } from './event-token.ts';

/**
 * How events reach an application: in order per call, five attempts with growing pauses, each with the second's token. Azure
 * publishes no policy; these figures are ours.
 */
export function eventDelivery(resourceId: string, wallNow: () => Date): DeliveryPolicy {
  // A token tells time in seconds and RS256 is deterministic: within one second every token has the same bytes.
  let latest: { readonly second: number; readonly authorization: Promise<string> } | undefined;
  const authorization = (now: Date): Promise<string> => {
    const second = Math.floor(now.getTime() / 1000);
    if (latest?.second !== second) latest = { second, authorization: eventAuthorization(resourceId, now) };
    return latest.authorization;
  };
  return {
    orderedBy: 'call',
    attemptsPerUrl: 5,
    backoffMs: [1000, 2000, 4000, 8000],
    timeoutMs: 10_000,
    authenticate: async () => [['Authorization', await authorization(wallNow())]],
  };
}
