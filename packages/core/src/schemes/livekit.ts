import '../canonical/epoch-time.ts';
import '../parts/token-claims.ts';
import '../parts/token-header.ts';
import '../places/carriage.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Webhooks of LiveKit (rooms, SIP participants, egress): a JSON Web Token (HS256), without the word `Bearer` before it, whose claim
 * `sha256` is the hash of the body in base64. The key is the API secret as text, and `iss` names the API key. A token without the
 * hash is refused even where there is no body: the tokens by which people join rooms are signed with the same key.
 *
 * The body's type is `application/webhook+json`: a parser for JSON that does not take it leaves an empty body.
 *
 * Not covered: method, path, query, host, Content-Type, other headers.
 *
 * Reads in one way: the parts of a token hold no dot.
 *
 * @see https://docs.livekit.io/home/server/webhooks/
 */
export const livekit: Scheme = {
  id: 'livekit',
  title: 'LiveKit webhook',
  documentation: 'https://docs.livekit.io/home/server/webhooks/',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'base64url' },
  contentHash: { algorithm: 'sha256', encoding: 'base64', claim: 'sha256', empty: 'hashed' },
  // LiveKit's own verifier lets clocks be ten seconds apart.
  date: {
    headers: [],
    claim: 'exp',
    format: 'epoch-seconds',
    toleranceSeconds: 5 * 60,
    expires: true,
    leewaySeconds: 10,
  },
  authorization: {
    header: 'authorization',
    template: '{header}.{claims}.{signature}',
    keyHeader: { header: '', claim: 'iss', template: '{keyId}' },
  },
  parts: [
    { name: 'header', source: { from: 'token-header' }, after: '.' },
    { name: 'claims', source: { from: 'token-claims' }, after: '' },
  ],
};
