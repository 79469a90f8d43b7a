import '#digest/sha1';
import '../parts/form.ts';
import '../parts/url.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Twilio's webhooks (Voice, Messaging, TwiML, status callbacks): HMAC-SHA1 of the public URL and the form's fields, sorted,
 * without separators. The key is the primary Auth Token of the account, as text. A GET has no form, and a WebSocket of Media
 * Streams has none and a `wss` URL; a webhook with a JSON body is `twilioJson`'s.
 *
 * There is no date, so an old request verifies for ever. The URL is the one that Twilio was told, so behind a proxy say
 * `publicUrl`; Twilio itself is not always of one mind about a port that is the default one, see the deviations.
 *
 * Not covered: method, other headers, time. A body that is not a form by its Content-Type is refused.
 *
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export const twilio: Scheme = {
  id: 'twilio',
  title: 'Twilio webhook',
  documentation: 'https://www.twilio.com/docs/usage/webhooks/webhooks-security',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha1', encoding: 'base64' },
  authorization: { header: 'x-twilio-signature', template: '{signature}' },
  parts: [
    { name: 'url', source: { from: 'url', form: 'as-sent' }, after: '' },
    { name: 'form', source: { from: 'form', values: 'distinct' }, after: '' },
  ],
  ambiguous: 'URL, names and values touch: the fields "ab=c" and "a=bc" sign alike',
};
