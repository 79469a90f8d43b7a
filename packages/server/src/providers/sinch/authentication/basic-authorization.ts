/** What a `Basic` Authorization header says. */
export interface BasicCredentials {
  readonly applicationKey: string;
  readonly secretText: string;
}

const basic = /^basic +([A-Za-z0-9+/]+={0,2})$/i;

/** Whether the header uses the Basic scheme, well-formed or not. */
export function isBasic(authorization: string): boolean {
  return /^basic(?: |$)/i.test(authorization);
}

/**
 * Reads `Basic base64(applicationKey:applicationSecret)`; the secret stands there as its text. The legacy user name
 * `application\KEY` is read as `KEY`. `undefined` when the header is malformed.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/authentication/#basic-authentication
 */
export function readBasicAuthorization(authorization: string): BasicCredentials | undefined {
  const encoded = basic.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) return undefined;
  return { applicationKey: text.slice(0, colon).replace(/^application\\/i, ''), secretText: text.slice(colon + 1) };
}
