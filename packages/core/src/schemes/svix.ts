import '../canonical/epoch-time.ts';
import '../parts/body.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Webhooks that are sent by Svix: Standard Webhooks (v1) under the older names of its headers. HMAC-SHA256 of id, time and
 * body; the key is base64 behind `whsec_`, which may be left out. The header may carry several signatures, any of which may
 * fit.
 *
 * Not covered: method, path, query, host, Content-Type, other headers.
 *
 * Reads in one way: the id holds no dot and the time is digits, so the body is all after the second dot.
 *
 * To sign such a request, put a fresh `svix-id` header into the message first.
 *
 * @see https://docs.svix.com/receiving/verifying-payloads/how-manual
 */
export const svix: Scheme = {
  id: 'svix',
  title: 'Svix webhook',
  documentation: 'https://docs.svix.com/receiving/verifying-payloads/how-manual',
  signer: 'provider',
  key: { encoding: 'whsec' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  date: { headers: ['svix-timestamp'], format: 'epoch-seconds', toleranceSeconds: 5 * 60 },
  authorization: { header: 'svix-signature', template: 'v1,{signature}', list: ' ' },
  parts: [
    {
      name: 'id',
      source: { from: 'header', header: 'svix-id', absent: 'refused' },
      after: '.',
      // Else the end of an id could become the time, and the time the start of the body.
      excludes: '.',
    },
    { name: 'timestamp', source: { from: 'date' }, after: '.' },
    { name: 'body', source: { from: 'body' }, after: '' },
  ],
  nonce: 'id',
};
