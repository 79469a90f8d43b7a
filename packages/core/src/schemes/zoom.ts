import '../canonical/epoch-time.ts';
import '../parts/body.ts';
import '../parts/literal.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Webhooks of Zoom (Phone, Meetings): HMAC-SHA256 of a version, time and body. The key is the app's Secret Token, as text.
 * The challenge `endpoint.url_validation` is signed like any other event; its answer is the receiver's affair.
 *
 * Not covered: method, path, query, host, Content-Type, other headers.
 *
 * Reads in one way: the time is digits, and the body is all that follows it.
 *
 * @see https://developers.zoom.us/docs/api/webhooks/#verify-webhook-events
 */
export const zoom: Scheme = {
  id: 'zoom',
  title: 'Zoom webhook',
  documentation: 'https://developers.zoom.us/docs/api/webhooks/#verify-webhook-events',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'hex' },
  // Zoom says nothing of a window.
  date: { headers: ['x-zm-request-timestamp'], format: 'epoch-seconds', toleranceSeconds: 5 * 60 },
  authorization: { header: 'x-zm-signature', template: 'v0={signature}' },
  parts: [
    { name: 'version', source: { from: 'literal', text: 'v0' }, after: ':' },
    { name: 'timestamp', source: { from: 'date' }, after: ':' },
    { name: 'body', source: { from: 'body' }, after: '' },
  ],
};
