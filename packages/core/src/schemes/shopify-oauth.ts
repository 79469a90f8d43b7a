import '../canonical/epoch-time.ts';
import '../parts/parameters.ts';
import '../places/carriage.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Requests by which Shopify sends a browser to an app (installation, OAuth's redirect): HMAC-SHA256 of the query's parameters,
 * sorted, in the parameter `hmac`. The key is the app's client secret, as text. Shopify's pages leave open how characters
 * beyond letters, digits, `-`, `.` and `_` are written; here they are percent-encoded, as in Shopify's packages. Requests of
 * app proxies, which carry `signature`, are signed in another way.
 *
 * Not covered: method, path, query, host, other headers. Of a request with a form the query is not signed, and a body that is
 * not a form by its Content-Type is refused.
 *
 * Reads in one way: names and values are escaped, so neither holds what separates them.
 *
 * To sign such a request, give it its `timestamp` parameter first.
 *
 * @see https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/authorization-code-grant
 */
export const shopifyOauth: Scheme = {
  id: 'shopify-oauth',
  title: 'Shopify OAuth redirect',
  documentation:
    'https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/authorization-code-grant',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'hex' },
  // What the provider's own package allows.
  date: { headers: [], parameter: 'timestamp', format: 'epoch-seconds', toleranceSeconds: 90 },
  authorization: { header: '', parameter: 'hmac', template: '{signature}' },
  parts: [
    {
      name: 'parameters',
      source: {
        from: 'parameters',
        // Where a form could bring another time than the query that is signed, the query alone would not do.
        in: 'form-or-query',
        except: ['hmac'],
        pair: '{name}={value}',
        separator: '&',
        writing: 'percent-encoded',
      },
      after: '',
    },
  ],
};
