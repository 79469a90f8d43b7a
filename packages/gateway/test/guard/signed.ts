import { createHmac, randomUUID } from 'node:crypto';
import { defineScheme, type Scheme } from '@countersign/core/scheme';
import { Secret } from '@countersign/core/secret';

/** The scheme of these tests: body, message id and time are signed, as many webhooks do it. */
export const webhooks: Scheme = defineScheme({
  id: 'test-webhooks',
  title: 'Webhooks of these tests',
  documentation: 'https://example.com/',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'hex' },
  date: { headers: ['x-time'], format: 'epoch-seconds', toleranceSeconds: 300 },
  authorization: { header: 'x-signature', template: 'v1={signature}' },
  parts: [
    { name: 'id', source: { from: 'header', header: 'x-id', absent: 'refused' }, after: '.', excludes: '.' },
    { name: 'time', source: { from: 'date' }, after: '.' },
    { name: 'body', source: { from: 'body' }, after: '' },
  ],
  nonce: 'id',
});

/** Its secret, which must not show anywhere. */
export const secret = 'whsec-Zm9yIHRlc3RzIG9ubHk';
export const credential = { secret: new Secret(secret, 'utf8'), name: 'primary' };

/** Header lines of a request that is signed by node:crypto. */
export function signedHeaders(
  body: string | Uint8Array = '',
  { id = randomUUID(), key = secret, at = Date.now() }: { id?: string; key?: string; at?: number } = {},
): [string, string][] {
  const time = Math.floor(at / 1000);
  const signature = createHmac('sha256', key).update(`${id}.${time}.`).update(body).digest('hex');
  return [
    ['X-Signature', `v1=${signature}`],
    ['X-Id', id],
    ['X-Time', String(time)],
  ];
}
