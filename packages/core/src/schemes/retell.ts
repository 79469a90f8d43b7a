import '../canonical/epoch-time.ts';
import '../parts/body.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Webhooks of Retell: HMAC-SHA256 of the body and, behind it without a separator, the time in milliseconds. The key is the API
 * key that has the webhook badge, as text.
 *
 * Not covered: method, path, query, host, Content-Type, other headers.
 *
 * @see https://docs.retellai.com/features/secure-webhook
 */
export const retell: Scheme = {
  id: 'retell',
  title: 'Retell webhook',
  documentation: 'https://docs.retellai.com/features/secure-webhook',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'hex' },
  date: { headers: [], format: 'epoch-milliseconds', toleranceSeconds: 5 * 60 },
  authorization: { header: 'x-retell-signature', template: 'v={date},d={signature}', list: ',' },
  parts: [
    { name: 'body', source: { from: 'body' }, after: '' },
    { name: 'timestamp', source: { from: 'date' }, after: '' },
  ],
  ambiguous:
    'body and time touch; a body of Retell is a JSON object and ends in a brace, and a time within the window has 13 digits',
};
