import { hashOf } from '../../digest/algorithms.ts';
import { authorizationShapes } from '../../providers/authorization-shapes.ts';
import type { Scheme } from '../../scheme.ts';
import type { AuthorizationFields } from '../../places/authorization.ts';
import { basicPair, type BasicPair } from './basic-pair.ts';
import { carriesToken } from './lenient-token.ts';
import { schemeWord } from './leading-word.ts';
import { digestReadings } from './received-signature.ts';

/** What stands in the header of the signature and begins with a word that is not the scheme's. */
export interface ForeignAuthorization {
  /** Basic authentication and bearer tokens are no signatures. */
  readonly kind: 'basic' | 'bearer' | 'signature';
  /** In words, for example `AWS Signature Version 4`. */
  readonly shape: string;
  /** The first word of the value: it is no secret. */
  readonly word: string;
  /** What stands behind it. */
  readonly rest: string;
  /** What follows the word of Basic authentication: a pair, if it is one. */
  readonly pair?: BasicPair | undefined;
}

/** Recognizes it by its shape; `undefined` where the header begins with the scheme's own word, or with an unknown one. */
export function foreignAuthorization(scheme: Scheme, sent: string): ForeignAuthorization | undefined {
  const value = sent.trim();
  const word = /^\S*/.exec(value)?.[0] ?? '';
  const own = schemeWord(scheme);
  if (own !== '' && word.replace(/[:,;]$/, '').toLowerCase() === own.toLowerCase()) return undefined;
  const rest = value.slice(word.length).trim();
  if (/^Basic$/i.test(word)) {
    return { kind: 'basic', shape: 'Basic authentication', word, rest, pair: basicPair(rest) };
  }
  // A token in the place of one is the scheme's, whatever it says.
  if (carriesToken(scheme) && (jwt.test(value) || jwt.test(rest))) return undefined;
  if (jwt.test(value)) return { kind: 'bearer', shape: 'a JWT without a word before it', word: 'ey', rest: value };
  if (/^Bearer$/i.test(word)) {
    return { kind: 'bearer', shape: jwt.test(rest) ? 'a bearer token (JWT)' : 'a bearer token', word, rest };
  }
  const shape = authorizationShapes.find(([pattern]) => pattern.test(value))?.[1];
  return shape === undefined ? undefined : { kind: 'signature', shape, word, rest };
}

/** What is a token, a pair or the very secret is read as nothing else; a signature behind the wrong word is. */
export function holdsNoSignature(foreign: ForeignAuthorization, { mac }: Scheme, secret: string): boolean {
  const { kind, pair, rest } = foreign;
  if (secret !== '' && (rest.includes(secret) || pair?.password.includes(secret))) return true;
  if (kind === 'bearer') return jwt.test(rest);
  if (kind !== 'basic' || !pair) return false;
  const own = hashOf(mac.algorithm);
  return !digestReadings(pair.password, own, mac.encoding).some(
    ({ extent, algorithm }) => extent === 'whole' && algorithm === own,
  );
}

/** Whether what was read as a signature stands behind a word of something else, without the marks of this scheme. */
export function isDoubtfulSignature(
  foreign: ForeignAuthorization | undefined,
  { keyId, signedHeaders }: AuthorizationFields,
): boolean {
  return foreign !== undefined && (foreign.kind !== 'bearer' || (keyId ?? signedHeaders) === undefined);
}

const jwt = /^ey[\w-]+\.[\w-]+\.[\w-]*$/;
