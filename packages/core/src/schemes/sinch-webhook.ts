import '../canonical/epoch-time.ts';
import '../parts/body.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Webhooks of Sinch Conversation, and of Sinch SMS where signing was switched on. Body, nonce and time are signed; method
 * and URL are not, so give each webhook a secret of its own.
 *
 * Not covered: method, path, query, host, Content-Type, other headers.
 *
 * Reads in one way: the time is digits and the nonce holds no dot (Sinch sends ULIDs of 26 letters and digits), so the body
 * is all before the last dot but one.
 *
 * To sign such a request, put a fresh `x-sinch-webhook-signature-nonce` header into the message first.
 *
 * @see https://developers.sinch.com/docs/conversation/callbacks/#validating-callbacks
 */
export const sinchWebhook: Scheme = {
  id: 'sinch-webhook',
  title: 'Sinch Conversation and SMS webhook',
  documentation: 'https://developers.sinch.com/docs/conversation/callbacks/#validating-callbacks',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  date: { headers: ['x-sinch-webhook-signature-timestamp'], format: 'epoch-seconds', toleranceSeconds: 5 * 60 },
  authorization: { header: 'x-sinch-webhook-signature', template: '{signature}' },
  parts: [
    { name: 'body', source: { from: 'body' }, after: '.' },
    {
      name: 'nonce',
      source: { from: 'header', header: 'x-sinch-webhook-signature-nonce', absent: 'refused' },
      after: '.',
      // Else the end of a body could become the start of a nonce: "12.50" and "x" sign as "12" and "50.x" do.
      excludes: '.',
    },
    { name: 'timestamp', source: { from: 'date' }, after: '' },
  ],
  nonce: 'nonce',
};
