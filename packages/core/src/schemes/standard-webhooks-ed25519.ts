import '../canonical/epoch-time.ts';
import '../parts/body.ts';
import '../places/date.ts';
import type { PublicKeyScheme } from '../public-key-scheme.ts';

/**
 * The asymmetric signature of Standard Webhooks (v1a): Ed25519 over id, time and body. The public key is base64 of 32 bytes
 * behind `whpk_`, which may be left out. The header may carry several signatures, also of version `v1` (HMAC, which is
 * `standard-webhooks`): those of other versions are skipped, and any one of `v1a` may fit.
 *
 * Not covered: method, path, query, host, Content-Type, other headers.
 *
 * Reads in one way: the id holds no dot and the time is digits, so the body is all after the second dot.
 *
 * To sign such a request, put a fresh `webhook-id` header into the message first.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const standardWebhooksEd25519: PublicKeyScheme = {
  id: 'standard-webhooks-ed25519',
  title: 'Standard Webhooks, asymmetric',
  documentation: 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md',
  signer: 'provider',
  publicKey: { algorithm: 'ed25519', encoding: 'base64' },
  date: { headers: ['webhook-timestamp'], format: 'epoch-seconds', toleranceSeconds: 5 * 60 },
  authorization: { header: 'webhook-signature', template: 'v1a,{signature}', list: ' ' },
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
