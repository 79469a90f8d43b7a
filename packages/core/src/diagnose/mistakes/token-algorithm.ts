import { ownMember } from '../../canonical/strict-json.ts';
import { algorithmsInTokens } from '../../parts/token-header.ts';
import { receivedToken } from '../reading/received-token.ts';
import { tokenFixes } from '../fixes/token.ts';
import { carriesToken } from '../reading/lenient-token.ts';
import type { MistakeClass } from '../search/mistake-class.ts';
import { secretText } from '../text/secret-text.ts';
import { visible } from '../text/visible.ts';

interface Algorithm {
  readonly kind: 'none' | 'asymmetric' | 'other HMAC' | 'unknown';
  readonly said: string;
  readonly own: string;
  /** The way to sign that the account would have chosen. */
  readonly choice: string | undefined;
  /** Whether the secret given is no secret, but a public key. */
  readonly isPublicKey: boolean;
}

/** The token names another algorithm than its key is used with: none, one of key pairs, or HMAC over another hash. */
export const tokenAlgorithm: MistakeClass<Algorithm> = {
  id: 'token/algorithm',
  rank: 14,
  needs: 'token',
  finding: 'alone',
  lint: ({ scheme, authorization, credential }) => {
    const token = receivedToken({ authorization });
    if (!carriesToken(scheme) || !token) return undefined;
    const said = ownMember(token.header, 'alg');
    const own = algorithmsInTokens[scheme.mac.algorithm] ?? '';
    if (said === own) return undefined;
    const text = typeof said === 'string' ? visible(said.slice(0, 20)) : '';
    const choice = Object.keys(scheme.mac.choices ?? {}).find((name) => name === said);
    const isPublicKey = publicKey.test(secretText(credential.secret));
    return {
      detail: { kind: kindOf(text), said: text, own, choice, isPublicKey },
      part: 'token',
      yours: text,
      expected: own,
    };
  },
  say({ kind, said, own, choice, isPublicKey }) {
    switch (kind) {
      case 'none':
        return `The token says that it is not signed (alg "${said}"): anybody can make such a one, and whoever accepts it has no protection at all.`;
      case 'asymmetric':
        return `The token says ${said}, which is made with a private key and verified with the public one; this scheme's tokens are made with a shared secret (${own}).${isPublicKey ? ' What was given as the secret is a public key: never verify by HMAC with it, for anybody has it.' : ''}`;
      case 'other HMAC':
        return `The token says ${said}, and its key is used with ${own}.${choice === undefined ? '' : ` Where the account signs so, the key has to say it: mac: '${choice}'.`}`;
      case 'unknown':
        return `The token says ${said === '' ? 'no algorithm' : `alg "${said}"`}, and ${own} belongs there.`;
    }
  },
  notes: function* ({ scheme, credential }) {
    if (!carriesToken(scheme)) return;
    const text = secretText(credential.secret);
    if (privateKey.test(text))
      yield 'What was given as the secret is a private key: tokens of this scheme are signed with a shared secret, which both sides know. A private key belongs on no other side.';
    if (publicKey.test(text))
      yield 'What was given as the secret is a public key or a certificate, which anybody may have: a token that HMAC verifies with it proves nothing.';
  },
  fixes: tokenFixes,
};

const privateKey = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/;
const publicKey = /-----BEGIN (?:RSA )?(?:PUBLIC KEY|CERTIFICATE)-----/;

function kindOf(said: string): Algorithm['kind'] {
  if (/^none$/i.test(said)) return 'none';
  if (/^(?:[RPE]S\d{3}|ES256K|EdDSA|Ed25519)$/.test(said)) return 'asymmetric';
  return /^HS\d{3}$/.test(said) ? 'other HMAC' : 'unknown';
}
