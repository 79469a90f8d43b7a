import '../canonical/epoch-time.ts';
import '../parts/token-claims.ts';
import '../parts/token-header.ts';
import '../places/carriage.ts';
import '../places/date.ts';
import '../places/mac-choice.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Webhooks of MessageBird's classic API: a JSON Web Token whose claims hold the SHA-256 of the public URL (`url_hash`) and, where
 * there is one, of the body (`payload_hash`). A body without the hash is refused, and so is the hash without a body. The key is
 * the signing key, as text. Tokens of `HS384` and `HS512` are taken by credentials that say so in `mac`: no request chooses. (Behind
 * the web door both need `@countersign/core/sha512`.)
 *
 * Not covered: method, Content-Type, other headers.
 *
 * Reads in one way: the parts of a token hold no dot.
 *
 * @see https://developers.messagebird.com/api/#verifying-http-requests
 */
export const messagebirdJwt: Scheme = {
  id: 'messagebird-jwt',
  title: 'MessageBird webhook (JWT)',
  documentation: 'https://developers.messagebird.com/api/#verifying-http-requests',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: {
    algorithm: 'sha256',
    encoding: 'base64url',
    choices: {
      HS256: { algorithm: 'sha256', encoding: 'base64url' },
      HS384: { algorithm: 'sha384', encoding: 'base64url' },
      HS512: { algorithm: 'sha512', encoding: 'base64url' },
    },
  },
  contentHash: { algorithm: 'sha256', encoding: 'hex', claim: 'payload_hash', empty: 'blank' },
  // Tokens live for a minute; MessageBird's own verifier lets clocks be five seconds apart.
  date: {
    headers: [],
    claim: 'exp',
    format: 'epoch-seconds',
    toleranceSeconds: 60,
    expires: true,
    leewaySeconds: 5,
  },
  authorization: { header: 'messagebird-signature-jwt', template: '{header}.{claims}.{signature}' },
  parts: [
    { name: 'header', source: { from: 'token-header' }, after: '.' },
    {
      name: 'claims',
      source: {
        from: 'token-claims',
        issuer: 'MessageBird',
        nonce: 'jti',
        urlHash: { claim: 'url_hash', algorithm: 'sha256', encoding: 'hex' },
      },
      after: '',
    },
  ],
  nonce: 'claims',
};
