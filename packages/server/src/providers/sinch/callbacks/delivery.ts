import { message } from '@countersign/core/message';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sign } from '@countersign/core/sign';
import type { SinchAccount } from '../accounts/account.ts';
import type { DeliveryPolicy } from '../../../contract/callback-draft.ts';

/** The content type of callbacks: it is signed, so its text matters. */
export const callbackContentType = 'application/json';

/**
 * How Sinch delivers an application's callbacks: in order per call, one attempt at the primary URL, one at the fallback,
 * each signed anew with the application's key.
 *
 * @param wallNow the clock that signatures carry
 * @see https://developers.sinch.com/docs/voice/api-reference/authentication/callback-signed-request/
 */
export function deliveryPolicy(account: SinchAccount, timeoutMs: number, wallNow: () => Date): DeliveryPolicy {
  return {
    orderedBy: 'call',
    attemptsPerUrl: 1,
    backoffMs: [],
    timeoutMs,
    authenticate: async ({ method, url, headers, body }) =>
      sign(sinchApplication, account.credential, message({ method, url, headers, body }), {
        date: sevenDigitTime(wallNow()),
      }).headers,
  };
}

/** `2014-06-04T13:41:58.1230000Z`: the seven fraction digits of the service's platform. */
function sevenDigitTime(time: Date): string {
  return time.toISOString().replace('Z', '0000Z');
}
