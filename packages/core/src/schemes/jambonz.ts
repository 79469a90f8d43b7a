import '../canonical/epoch-time.ts';
import '../parts/body.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Webhooks of jambonz: HMAC-SHA256 of time and body, beside each other in one header. The key is the account's webhook
 * secret, as text. During a rotation the header may carry several signatures, any of which may fit.
 *
 * Not covered: method, path, query, host, Content-Type, other headers.
 *
 * Reads in one way: the time is digits, and the body is all that follows it.
 *
 * @see https://docs.jambonz.org/webhooks/overview
 */
export const jambonz: Scheme = {
  id: 'jambonz',
  title: 'jambonz webhook',
  documentation: 'https://docs.jambonz.org/webhooks/overview',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'hex' },
  date: { headers: [], format: 'epoch-seconds', toleranceSeconds: 5 * 60 },
  authorization: { header: 'jambonz-signature', template: 't={date},v1={signature}', list: ',' },
  parts: [
    { name: 'timestamp', source: { from: 'date' }, after: '.' },
    { name: 'body', source: { from: 'body' }, after: '' },
  ],
};
