import '../canonical/epoch-time.ts';
import '../parts/body.ts';
import '../places/date.ts';
import type { PublicKeyScheme } from '../public-key-scheme.ts';

/**
 * Event webhooks of Twilio SendGrid: ECDSA on the curve P-256 with SHA-256, in DER, over time and body. The key is what the
 * settings of the webhook call the verification key: a SubjectPublicKeyInfo in base64, without the lines of PEM.
 *
 * Not covered: method, path, query, host, Content-Type, other headers.
 *
 * Time and body touch, see `ambiguous`. The body ends in CRLF, which is signed.
 *
 * The rule says nothing of how old a request may be; here five minutes count either way, as in Standard Webhooks. Say another
 * `toleranceSeconds` where that is too little.
 *
 * @see https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
 */
export const sendgrid: PublicKeyScheme = {
  id: 'sendgrid',
  title: 'SendGrid event webhook',
  documentation:
    'https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features',
  signer: 'provider',
  publicKey: { algorithm: 'ecdsa-p256-sha256', encoding: 'base64', form: 'der' },
  date: {
    headers: ['x-twilio-email-event-webhook-timestamp'],
    format: 'epoch-seconds',
    toleranceSeconds: 5 * 60,
  },
  authorization: { header: 'x-twilio-email-event-webhook-signature', template: '{signature}' },
  parts: [
    { name: 'timestamp', source: { from: 'date' }, after: '' },
    { name: 'body', source: { from: 'body' }, after: '' },
  ],
  ambiguous:
    'time and body touch: digits could move from one to the other, which gives a time that is not fresh, and a body that is not the list that SendGrid sends',
};
