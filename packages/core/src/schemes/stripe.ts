import '../canonical/epoch-time.ts';
import '../parts/body.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Webhooks of Stripe: HMAC-SHA256 of time and body, beside each other in one header. The key is the endpoint's secret, all of
 * its text with `whsec_` (elsewhere what follows that prefix is base64). While a secret is rolled the header carries several
 * signatures, any of which may fit; `v0`, which events of test mode have, is skipped.
 *
 * Not covered: method, path, query, host, Content-Type, other headers.
 *
 * Reads in one way: the time is digits, and the body is all that follows it.
 *
 * Stripe's own package takes times that lie ahead, however far; here five minutes count either way.
 *
 * @see https://docs.stripe.com/webhooks#verify-manually
 */
export const stripe: Scheme = {
  id: 'stripe',
  title: 'Stripe webhook',
  documentation: 'https://docs.stripe.com/webhooks#verify-manually',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'hex' },
  date: { headers: [], format: 'epoch-seconds', toleranceSeconds: 5 * 60 },
  authorization: { header: 'stripe-signature', template: 't={date},v1={signature}', list: ',' },
  parts: [
    { name: 'timestamp', source: { from: 'date' }, after: '.' },
    { name: 'body', source: { from: 'body' }, after: '' },
  ],
};
