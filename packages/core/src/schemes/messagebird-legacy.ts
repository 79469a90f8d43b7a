import '../canonical/epoch-time.ts';
import '../parts/body-digest.ts';
import '../parts/parameters.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * MessageBird's older signature (deprecated): HMAC-SHA256 of time, the query's parameters sorted, and the raw bytes of the
 * body's SHA-256. The key is the signing key, as text.
 *
 * Not covered: method, path, host, Content-Type, other headers.
 *
 * Reads in one way: time and parameters are escaped, so neither holds the line break that ends it, and the hash has a fixed
 * length.
 *
 * @see https://developers.messagebird.com/api/#verifying-http-requests
 */
export const messagebirdLegacy: Scheme = {
  id: 'messagebird-legacy',
  title: 'MessageBird webhook, older signature',
  documentation: 'https://developers.messagebird.com/api/#verifying-http-requests',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  // What the provider's own SDK allows.
  date: { headers: ['messagebird-request-timestamp'], format: 'epoch-seconds', toleranceSeconds: 100 },
  authorization: { header: 'messagebird-signature', template: '{signature}' },
  parts: [
    { name: 'timestamp', source: { from: 'date' }, after: '\n' },
    {
      name: 'query',
      source: {
        from: 'parameters',
        in: 'query',
        pair: '{name}={value}',
        separator: '&',
        writing: 'percent-encoded',
        // It comes with its plus unescaped, and is signed as a plus.
        literalPlus: ['statusDatetime'],
      },
      after: '\n',
    },
    { name: 'body-hash', source: { from: 'body-digest', algorithm: 'sha256' }, after: '' },
  ],
};
