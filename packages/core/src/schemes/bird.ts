import '../canonical/epoch-time.ts';
import '../parts/body-digest.ts';
import '../parts/url.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Webhooks of Bird (the platform that was MessageBird): HMAC-SHA256 of time, public URL and the raw bytes of the body's
 * SHA-256. The key is the webhook's signing key, as text. The header has the name of the older scheme, see
 * `messagebirdLegacy`, which signs the query in the URL's place.
 *
 * Not covered: method, Content-Type, other headers.
 *
 * Reads in one way: no part holds the line break that ends it, and the hash has a fixed length.
 *
 * @see https://docs.bird.com/api/notifications-api/api-reference/webhooks/verifying-a-webhook
 */
export const bird: Scheme = {
  id: 'bird',
  title: 'Bird webhook',
  documentation: 'https://docs.bird.com/api/notifications-api/api-reference/webhooks/verifying-a-webhook',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  // Bird says nothing of a window; five minutes is what its like use.
  date: { headers: ['messagebird-request-timestamp'], format: 'epoch-seconds', toleranceSeconds: 5 * 60 },
  authorization: { header: 'messagebird-signature', template: '{signature}' },
  parts: [
    { name: 'timestamp', source: { from: 'date' }, after: '\n' },
    { name: 'url', source: { from: 'url', form: 'as-sent' }, after: '\n' },
    { name: 'body-hash', source: { from: 'body-digest', algorithm: 'sha256' }, after: '' },
  ],
};
