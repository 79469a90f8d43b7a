import '../canonical/epoch-time.ts';
import '../parts/body.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Webhooks of Daily (Pipecat): HMAC-SHA256 of time and body. The key is a secret in base64. The time is in seconds or, in
 * calls from the telephone network, in milliseconds.
 *
 * Not covered: method, path, query, host, Content-Type, other headers.
 *
 * Reads in one way: the time is digits, and the body is all that follows it.
 *
 * @see https://docs.daily.co/reference/rest-api/webhooks
 */
export const dailyWebhook: Scheme = {
  id: 'daily-webhook',
  title: 'Daily webhook',
  documentation: 'https://docs.daily.co/reference/rest-api/webhooks',
  signer: 'provider',
  key: { encoding: 'base64' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  // Daily says nothing of a window.
  date: { headers: ['x-webhook-timestamp'], format: 'epoch', toleranceSeconds: 5 * 60 },
  authorization: { header: 'x-webhook-signature', template: '{signature}' },
  parts: [
    { name: 'timestamp', source: { from: 'date' }, after: '.' },
    { name: 'body', source: { from: 'body' }, after: '' },
  ],
};
