import { signatureAlgorithms, type KeyKind, type SignatureAlgorithm } from './digest/signature-algorithms.ts';
import { frozenCopy } from './frozen-copy.ts';
import { requestMembers, requestProblems, type RequestRules } from './request-rules.ts';
import type { Scheme } from './scheme.ts';
import { memberProblems, type Expected, type Members } from './rule-members.ts';

/** How a signature is made by a private key, and how its bytes are written. */
export interface PublicKeyRule {
  readonly algorithm: SignatureAlgorithm;
  /** Base64 is RFC 4648 §4 with padding, base64url §5 without, hex is lower case. */
  readonly encoding: SignatureEncoding;
  /** How the two numbers of an ECDSA signature are written: as DER (ASN.1), or behind each other. Of ECDSA only. */
  readonly form?: 'der' | 'p1363';
}

/** How the bytes of a signature are written as text. */
export type SignatureEncoding = 'base64' | 'base64url' | 'hex';

/**
 * A signature scheme whose requests are signed by a private key and verified by its public one, as data: the same as a
 * `Scheme` but for the key. `verifyAsync` and `signAsync` read it.
 */
export interface PublicKeyScheme extends RequestRules {
  readonly publicKey: PublicKeyRule;
}

/** A scheme of either kind: with a shared secret, or with a pair of keys. */
export type AnyScheme = Scheme | PublicKeyScheme;

/** A rule, whose own members are looked at one by one. */
const checkedByMembers: Expected = { wanted: 'an object', fits: () => true };

// Functions, because a bundler keeps what is computed.
function schemeMembers(): Members<PublicKeyScheme> {
  return { ...requestMembers, publicKey: checkedByMembers };
}

function keyMembers(): Members<PublicKeyRule> {
  return {
    algorithm: Object.keys(signatureAlgorithms),
    encoding: ['base64', 'base64url', 'hex'] satisfies SignatureEncoding[],
    form: { wanted: "'der' or 'p1363'", fits: (value) => value === 'der' || value === 'p1363', optional: true },
  };
}

/**
 * Checks a public-key scheme of your own and returns a frozen copy of it, as `defineScheme` does.
 *
 * @throws TypeError naming the first inconsistency and what was expected
 */
export function definePublicKeyScheme(given: PublicKeyScheme): PublicKeyScheme {
  const scheme = frozenCopy(given);
  const [problem] = requestProblems(scheme, keyProblems(scheme));
  if (problem !== undefined) throw new TypeError(`scheme ${JSON.stringify(scheme?.id)}: ${problem}`);
  return scheme;
}

function* keyProblems(scheme: PublicKeyScheme): Generator<string> {
  yield* memberProblems('it', scheme, schemeMembers());
  const { publicKey } = scheme;
  yield* memberProblems('publicKey', publicKey, keyMembers());
  const isEcdsa = publicKey.algorithm.startsWith('ecdsa-');
  if (isEcdsa !== (publicKey.form !== undefined)) yield '`publicKey.form` is there for ECDSA, and for nothing else';
  // Their algorithm is checked against the secret's.
  if (scheme.parts?.some(({ source }) => source?.from.startsWith('token-')))
    yield 'the parts of a token are for schemes with a shared secret';
}

/** The kind of key that a scheme's signatures are verified with. */
export function keyKindOf({ publicKey }: Pick<PublicKeyScheme, 'publicKey'>): KeyKind {
  return signatureAlgorithms[publicKey.algorithm].kind;
}

/** Whether a scheme's requests are signed by a private key; else it is one with a shared secret. */
export function hasPublicKeys<Other extends RequestRules>(scheme: Other | PublicKeyScheme): scheme is PublicKeyScheme {
  return 'publicKey' in scheme;
}
