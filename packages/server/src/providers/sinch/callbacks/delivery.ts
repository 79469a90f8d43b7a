import { message } from '@countersign/core/message';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import type { Credential } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import type { DeliveryName, DeliveryPolicy } from '../../../contract/delivery-policy.ts';

/** The content type of callbacks: it is signed, so its text matters. */
export const callbackContentType = 'application/json';

/** Names the policy by which an application's callbacks are delivered. */
export function callbackDelivery(applicationKey: string): DeliveryName {
  return { provider: 'sinch', policy: 'callbacks', account: applicationKey };
}

/**
 * How Sinch delivers an application's callbacks: in order per call, one attempt at the primary URL, one at the fallback,
 * each signed anew with the application's key.
 *
 * @param wallNow the clock that signatures carry
 * @see https://developers.sinch.com/docs/voice/api-reference/authentication/callback-signed-request/
 */
export function callbackPolicy(credential: Credential, timeoutMs: number, wallNow: () => Date): DeliveryPolicy {
  return {
    orderedBy: 'call',
    attemptsPerUrl: 1,
    backoffMs: [],
    timeoutMs,
    authenticate: async ({ method, url, headers, body }) =>
      sign(sinchApplication, credential, message({ method, url, headers, body }), {
        date: sevenDigitTime(wallNow()),
      }).headers,
  };
}

/** `2014-06-04T13:41:58.1230000Z`: the seven fraction digits of the service's platform. */
function sevenDigitTime(time: Date): string {
  return time.toISOString().replace('Z', '0000Z');
}
