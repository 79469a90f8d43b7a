import type { DeliveryName, DeliveryPolicy } from '../../../contract/delivery-policy.ts';
import { eventAuthorization } from '../authentication/event-token.ts';

/** Names the policy by which the events of a resource's calls are delivered. */
export function eventDelivery(resourceId: string): DeliveryName {
  return { provider: 'acs', policy: 'events', account: resourceId };
}

/**
 * How events reach an application: in order per call, five attempts with growing pauses, each with the second's token. An
 * application that does not answer gets the next event two seconds later all the same, and what is refused comes again
 * once before it. Azure publishes no policy; these figures are ours.
 */
export function eventPolicy(resourceId: string, wallNow: () => Date): DeliveryPolicy {
  // A token tells time in seconds and RS256 is deterministic: within one second every token has the same bytes.
  let latest: { readonly second: number; readonly headers: ReturnType<DeliveryPolicy['authenticate']> } | undefined;
  const authenticate = (): ReturnType<DeliveryPolicy['authenticate']> => {
    const now = wallNow();
    const second = Math.floor(now.getTime() / 1000);
    if (latest?.second !== second) latest = { second, headers: authorizationAt(resourceId, now) };
    return latest.headers;
  };
  return {
    orderedBy: 'call',
    holdsBackMs: 2_000,
    attemptsPerUrl: 5,
    backoffMs: [1000, 2000, 4000, 8000],
    timeoutMs: 10_000,
    authenticate,
  };
}

async function authorizationAt(resourceId: string, now: Date): Promise<readonly (readonly [string, string])[]> {
  return [['Authorization', await eventAuthorization(resourceId, now)]];
}
