import '../parts/body.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Webhooks of Shopify: HMAC-SHA256 of the body. The key is the app's client secret, as text. The shop's domain, the topic and
 * the id stand in headers that are not signed; and there is no date, so an old request verifies for ever.
 *
 * Not covered: method, path, query, host, Content-Type, other headers, time.
 *
 * Reads in one way: the body is all that is signed.
 *
 * @see https://shopify.dev/docs/apps/build/webhooks/subscribe/https
 */
export const shopify: Scheme = {
  id: 'shopify',
  title: 'Shopify webhook',
  documentation: 'https://shopify.dev/docs/apps/build/webhooks/subscribe/https',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  authorization: { header: 'x-shopify-hmac-sha256', template: '{signature}' },
  parts: [{ name: 'body', source: { from: 'body' }, after: '' }],
};
