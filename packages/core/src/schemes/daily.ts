import '../canonical/epoch-time.ts';
import '../parts/body.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * The webhook of pinless dial-in of Daily (Pipecat): HMAC-SHA256 of time and body. The key is a secret in base64. The time is in seconds or, in
 * calls from the telephone network, in milliseconds.
 *
 * Not covered: method, path, query, host, Content-Type, other headers.
 *
 * Reads in one way: the time is digits, and the body is all that follows it.
 *
 * @see https://docs.daily.co/guides/products/dial-in-dial-out/dialin-pinless
 */
export const daily: Scheme = {
  id: 'daily',
  title: 'Daily pinless dial-in',
  documentation: 'https://docs.daily.co/guides/products/dial-in-dial-out/dialin-pinless',
  signer: 'provider',
  key: { encoding: 'base64' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  // Daily says nothing of a window.
  date: { headers: ['x-pinless-timestamp'], format: 'epoch', toleranceSeconds: 5 * 60 },
  authorization: { header: 'x-pinless-signature', template: '{signature}' },
  parts: [
    { name: 'timestamp', source: { from: 'date' }, after: '.' },
    { name: 'body', source: { from: 'body' }, after: '' },
  ],
};
