import '../canonical/epoch-time.ts';
import '../parts/body.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * The symmetric signature of Standard Webhooks (v1): HMAC-SHA256 of id, time and body. The key is base64 behind `whsec_`, which
 * may be left out. While a secret is rotated the header carries several signatures, any of which may fit; versions other than
 * `v1` are skipped.
 *
 * Not covered: method, path, query, host, Content-Type, other headers.
 *
 * Reads in one way: the id holds no dot and the time is digits, so the body is all after the second dot.
 *
 * To sign such a request, put a fresh `webhook-id` header into the message first.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const standardWebhooks: Scheme = {
  id: 'standard-webhooks',
  title: 'Standard Webhooks',
  documentation: 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md',
  signer: 'provider',
  key: { encoding: 'whsec' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  date: { headers: ['webhook-timestamp'], format: 'epoch-seconds', toleranceSeconds: 5 * 60 },
  authorization: { header: 'webhook-signature', template: 'v1,{signature}', list: ' ' },
  parts: [
    {
      name: 'id',
      source: { from: 'header', header: 'webhook-id', absent: 'refused' },
      after: '.',
      // Else the end of an id could become the time, and the time the start of the body.
      excludes: '.',
    },
    { name: 'timestamp', source: { from: 'date' }, after: '.' },
    { name: 'body', source: { from: 'body' }, after: '' },
  ],
  nonce: 'id',
};
