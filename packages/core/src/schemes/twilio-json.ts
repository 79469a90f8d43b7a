import '#digest/sha1';
import '../parts/url-with-hash.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Twilio's webhooks with a JSON body: HMAC-SHA1 of the public URL, whose query carries the body's SHA-256 as `bodySHA256`.
 * Both are checked. The key is the primary Auth Token, as text. There is no date, so an old request verifies for ever.
 *
 * Not covered: method, Content-Type, other headers, time.
 *
 * Reads in one way: the URL is all that is signed, and holds the hash.
 *
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export const twilioJson: Scheme = {
  id: 'twilio-json',
  title: 'Twilio webhook with a JSON body',
  documentation: 'https://www.twilio.com/docs/usage/webhooks/webhooks-security',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha1', encoding: 'base64' },
  contentHash: { algorithm: 'sha256', encoding: 'hex', parameter: 'bodySHA256', empty: 'hashed' },
  authorization: { header: 'x-twilio-signature', template: '{signature}' },
  parts: [{ name: 'url', source: { from: 'url-with-hash', parameter: 'bodySHA256' }, after: '' }],
};
