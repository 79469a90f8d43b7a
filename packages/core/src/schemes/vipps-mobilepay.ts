import '../canonical/rfc1123-time.ts';
import '../places/date.ts';
import '../places/signed-headers.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Webhooks of Vipps MobilePay: the string of Azure Communication Services, signed with a secret that is used as text, where
 * Azure decodes its own.
 *
 * Not covered: Content-Type, other headers.
 *
 * Reads in one way: as that of ACS.
 *
 * @see https://developer.vippsmobilepay.com/docs/APIs/webhooks-api/request-authentication/
 */
export const vippsMobilepay: Scheme = {
  id: 'vipps-mobilepay',
  title: 'Vipps MobilePay webhook',
  documentation: 'https://developer.vippsmobilepay.com/docs/APIs/webhooks-api/request-authentication/',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  contentHash: { algorithm: 'sha256', encoding: 'base64', header: 'x-ms-content-sha256', empty: 'hashed' },
  // Vipps says nothing of a window; that of Azure's like.
  date: { headers: ['x-ms-date'], format: 'rfc1123', toleranceSeconds: 15 * 60 },
  signedHeaders: { accepted: [['x-ms-date', 'host', 'x-ms-content-sha256']] },
  authorization: {
    header: 'authorization',
    template: 'HMAC-SHA256 SignedHeaders={signedHeaders}&Signature={signature}',
  },
  parts: [
    { name: 'method', source: { from: 'method' }, after: '\n' },
    { name: 'target', source: { from: 'target', form: 'as-sent' }, after: '\n' },
    { name: 'date', source: { from: 'date' }, after: ';' },
    { name: 'host', source: { from: 'host' }, after: ';' },
    { name: 'content-hash', source: { from: 'content-hash' }, after: '' },
  ],
};
