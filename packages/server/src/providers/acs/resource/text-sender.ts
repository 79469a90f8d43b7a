import { type AcsAccount, isDevelopmentResource } from '../accounts/account.ts';

/** An E.164 number; one of North America has ten digits behind its country code. */
const number = /^\+(?:1\d{10}|[2-9]\d{1,14})$/;

/** A short code, or a name in place of a number. */
const shortCodeOrName = /^(?:\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11})$/;

/** How the service refuses a sender. */
export interface SenderRefusal {
  readonly statusCode: 400 | 401;
  /** None with 401. */
  readonly body: { readonly From: readonly string[] } | undefined;
}

/**
 * Says how a text message is refused for whom it is from: 400 where that is nobody, and 401 without a body where it is a
 * number that the account does not own. Both are as recordings of the service in Microsoft's SDK for JavaScript have them.
 * The development account, and one whose numbers are not configured, may send from any number; short codes and names are
 * not looked up.
 *
 * @see https://github.com/Azure/azure-sdk-for-js/tree/main/sdk/communication/communication-sms
 */
export function refusedSender(from: string, account: AcsAccount): SenderRefusal | undefined {
  if (shortCodeOrName.test(from)) return undefined;
  if (!number.test(from)) return { statusCode: 400, body: { From: ['Invalid From phone number format'] } };
  if (isDevelopmentResource(account) || account.numbers.length === 0) return undefined;
  return account.numbers.includes(from) ? undefined : { statusCode: 401, body: undefined };
}
