import '../canonical/epoch-time.ts';
import '../parts/token-claims.ts';
import '../parts/token-header.ts';
import '../places/carriage.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Webhooks of Vonage's Voice and Messages APIs: a JSON Web Token (HS256) whose claim `payload_hash` is the SHA-256 of the body.
 * The key is the signature secret of the account, as text; the claim `api_key` says whose. A token without `payload_hash` is
 * taken only where there is no body: with one it would be good for any.
 *
 * Not covered: method, path, query, host, Content-Type, other headers.
 *
 * Reads in one way: the parts of a token hold no dot.
 *
 * To sign such a request, give `api_key` and `application_id` as `fields`.
 *
 * @see https://developer.vonage.com/en/getting-started/concepts/webhooks#decoding-signed-webhooks
 */
export const vonageWebhook: Scheme = {
  id: 'vonage-webhook',
  title: 'Vonage webhook (Voice, Messages)',
  documentation: 'https://developer.vonage.com/en/getting-started/concepts/webhooks#decoding-signed-webhooks',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'base64url' },
  contentHash: { algorithm: 'sha256', encoding: 'hex', claim: 'payload_hash', empty: 'optional' },
  // The token has no end: how old it may be is the receiver's to say.
  date: { headers: [], claim: 'iat', format: 'epoch-seconds', toleranceSeconds: 5 * 60 },
  authorization: { header: 'authorization', template: 'Bearer {header}.{claims}.{signature}', anyCaseWord: true },
  parts: [
    { name: 'header', source: { from: 'token-header' }, after: '.' },
    { name: 'claims', source: { from: 'token-claims', issuer: 'Vonage', nonce: 'jti' }, after: '' },
  ],
  nonce: 'claims',
};
