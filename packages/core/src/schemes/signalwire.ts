import '#digest/sha1';
import '../parts/body.ts';
import '../parts/url.ts';
import type { Scheme } from '../scheme.ts';

/**
 * SignalWire's webhooks with a JSON body (SWML, Relay): HMAC-SHA1 of the public URL and the body, in hexadecimal. The key is
 * the signing key (`PSK_…`), as text. Those of the compatibility API are signed as `twilio` says, with the same key. There is
 * no date, so an old request verifies for ever.
 *
 * Not covered: method, Content-Type, other headers, time.
 *
 * @see https://developer.signalwire.com/guides/security/webhook-security/
 */
export const signalwire: Scheme = {
  id: 'signalwire',
  title: 'SignalWire webhook',
  documentation: 'https://developer.signalwire.com/guides/security/webhook-security/',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha1', encoding: 'hex' },
  authorization: { header: 'x-signalwire-signature', template: '{signature}' },
  parts: [
    { name: 'url', source: { from: 'url', form: 'as-sent' }, after: '' },
    { name: 'body', source: { from: 'body' }, after: '' },
  ],
  ambiguous: 'URL and body touch; a body that is JSON begins with a brace, which URLs seldom hold',
};
