import { ownMember } from '../canonical/strict-json.ts';
import type { MacAlgorithm } from '../digest/algorithms.ts';
import type { Refusal } from '../errors.ts';
import { readToken } from '../places/token.ts';
import { provideReader } from './readers.ts';
import type { SourceRow } from './source.ts';

/** The header of a JSON Web Token as it stands in the template's `{header}`, in base64url: it names the algorithm. */
export interface TokenHeaderSource {
  readonly from: 'token-header';
}

/** What tokens call the MACs that keys may be used with (RFC 7518 §3.1). */
export const macNamesInTokens: Partial<Record<MacAlgorithm, string>> = {
  sha256: 'HS256',
  sha384: 'HS384',
  sha512: 'HS512',
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
    if (!/^HS\d{3}$/.test(String(algorithm)))
      return refuse(
        `the token says ${shown(algorithm)}, which no shared secret makes; this scheme takes HS256 and its like`,
      );
    // An extension that has to be understood, and none is (RFC 7515 §4.1.11).
    if (ownMember(token.header, 'crit') === undefined) return undefined;
    return { code: 'token/malformed', summary: 'the token has extensions that must be understood ("crit")' };
  },
  checkMac(_, { fields = {} }, { algorithm }) {
    const token = readToken(fields);
    if ('code' in token) return token;
    const said = ownMember(token.header, 'alg');
    const own = macNamesInTokens[algorithm];
    return said === own ? undefined : refuse(`the token says ${shown(said)}, and the key is used with ${own}`);
  },
};

function refuse(summary: string): Refusal {
  return { code: 'token/algorithm', summary };
}

function shown(algorithm: unknown): string {
  return typeof algorithm === 'string' ? `alg ${JSON.stringify(algorithm.slice(0, 20))}` : 'no algorithm';
}
