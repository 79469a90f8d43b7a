import { ownMember } from '../canonical/strict-json.ts';
import type { Refusal } from '../errors.ts';
import { readToken } from '../places/token.ts';
import { provideReader } from './readers.ts';
import type { SourceRow } from './source.ts';

/** The header of a JSON Web Token as it stands in the template's `{header}`, in base64url: it names the algorithm. */
export interface TokenHeaderSource {
  readonly from: 'token-header';
}

/** What tokens call the ways to sign (RFC 7518 §3.1, RFC 8037). */
export const algorithmsInTokens: Readonly<Record<string, string>> = {
  sha256: 'HS256',
  sha384: 'HS384',
  sha512: 'HS512',
  'rsa-v1_5-sha256': 'RS256',
  'rsa-v1_5-sha384': 'RS384',
  'rsa-v1_5-sha512': 'RS512',
  'rsa-pss-sha256': 'PS256',
  'rsa-pss-sha384': 'PS384',
  'rsa-pss-sha512': 'PS512',
  'ecdsa-p256-sha256': 'ES256',
  'ecdsa-p384-sha384': 'ES384',
  ed25519: 'EdDSA',
};

provideReader<TokenHeaderSource>('token-header', (_, _message, { fields }) => fields?.['header'] ?? '');

/** All that is to be known of it. */
export const tokenHeader: SourceRow<TokenHeaderSource> = {
  members: {},
  holds: () => /[\w-]/,
  words: () => 'the token’s header, which names the algorithm',
  signs: () => ['token'],
  fieldsOf: () => ['header'],
  check(_, _message, { fields = {} }) {
    const token = readToken(fields);
    if ('code' in token) return token;
    const algorithm = ownMember(token.header, 'alg');
    if (algorithm === 'none') return refuse('the token says that it is not signed (alg "none")');
    // An extension that has to be understood, and none is (RFC 7515 §4.1.11).
    if (ownMember(token.header, 'crit') === undefined) return undefined;
    return { code: 'token/malformed', summary: 'the token has extensions that must be understood ("crit")' };
  },
  checkAlgorithm(_, { fields = {} }, algorithm) {
    const token = readToken(fields);
    if ('code' in token) return token;
    const said = ownMember(token.header, 'alg');
    const own = algorithmsInTokens[algorithm];
    if (said === own) return undefined;
    const [isShared, saysShared] = [own, said].map((name) => /^HS\d{3}$/.test(String(name)));
    if (isShared && !saysShared)
      return refuse(`the token says ${shown(said)}, which no shared secret makes; the key is used with ${own}`);
    // The public key would be the secret, and everybody has it.
    if (saysShared && !isShared)
      return refuse(
        `the token says ${shown(said)}, which a shared secret makes; the key is a public one, used with ${own}`,
      );
    return refuse(`the token says ${shown(said)}, and the key is used with ${own}`);
  },
};

function refuse(summary: string): Refusal {
  return { code: 'token/algorithm', summary };
}

function shown(algorithm: unknown): string {
  return typeof algorithm === 'string' ? `alg ${JSON.stringify(algorithm.slice(0, 20))}` : 'no algorithm';
}
