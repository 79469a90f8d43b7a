import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { checkDate, checkFunction, checkSeconds, checkText } from './option-checks.ts';
import { readToken } from './places/token.ts';

/** The algorithms of tokens that are verified with a public key (RFC 7518 §3.1, RFC 8037). */
export const asymmetricAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;

/** One of `asymmetricAlgorithms`. */
export type AsymmetricAlgorithm = (typeof asymmetricAlgorithms)[number];

/** Whose tokens are taken, and how they are judged. */
export interface TokenVerifierOptions {
  /** What `iss` must be. */
  readonly issuer: string;
  /** What `aud` must be, or have among others. Without it a token for anybody would do, so say `null` where a provider sends none. */
  readonly audience: string | null;
  /** Where the signing keys are published (a JSON Web Key Set). */
  readonly jwksUrl?: string | URL | undefined;
  /** Finds the key, in place of `jwksUrl`: for example jose's `createLocalJWKSet`. */
  readonly keys?: JWTVerifyGetKey | undefined;
  /** The algorithms that the issuer uses; what the token says of itself chooses among them at the most. Defaults to RS256. */
  readonly algorithms?: readonly AsymmetricAlgorithm[];
  /** How far clocks may be apart, in seconds. Defaults to 60. */
  readonly clockToleranceSeconds?: number;
  /** The verifier's clock. Defaults to now. */
  readonly now?: (() => Date) | undefined;
}

/** Why a token was refused. */
export type TokenRefusalCode =
  | 'token/missing'
  | 'token/malformed'
  | 'token/algorithm'
  | 'token/key-unknown'
  | 'token/signature'
  | 'token/expired'
  | 'token/claim';

/** The verdict on a token, with its claims when it holds. */
export type TokenVerification =
  | { readonly ok: true; readonly claims: JWTPayload }
  | { readonly ok: false; readonly code: TokenRefusalCode; readonly summary: string };

/**
 * Verifies tokens (JWT) of an issuer that publishes its keys: read as strictly as those of the schemes (base64url without
 * padding, JSON that names no member twice), then by jose, which is an optional peer of this package. Keys are fetched when
 * the first token comes and kept, so make one verifier and keep it.
 *
 * @returns a function of the Authorization header's value (`Bearer <token>`); it rejects when the keys cannot be fetched, which
 * is no fault of the sender: answer 503
 * @throws TypeError naming the option that is missing, empty or of another type than it has to be
 */
export function tokenVerifier(
  options: TokenVerifierOptions,
): (authorization: string | undefined) => Promise<TokenVerification> {
  const { issuer, audience, clockToleranceSeconds: clockTolerance = 60, now, keys: given } = options;
  const algorithms = checkedAlgorithms(options.algorithms);
  checkText('issuer', issuer, 'the "iss" of the tokens');
  if (audience !== null) checkText('audience', audience, 'the "aud" of the tokens, or null where they have none');
  checkSeconds('clockToleranceSeconds', clockTolerance);
  if (clockTolerance === Infinity)
    throw new TypeError('clockToleranceSeconds must be finite: tokens would never expire');
  if (now !== undefined) checkFunction('now', now, 'a function that returns a Date');
  if (given !== undefined)
    checkFunction('keys', given, 'a function that finds the key, such as createLocalJWKSet makes');
  const keys = given ?? createRemoteJWKSet(keysAddress(options.jwksUrl));
  return async (authorization) => {
    if (typeof authorization !== 'string') return refuse('token/missing', 'the request has no Authorization header');
    const currentDate = now?.();
    // An invalid time is neither before nor after any: every token would be fresh.
    if (now) checkDate('now()', currentDate);
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (token === undefined) return refuse('token/malformed', 'the Authorization header is not "Bearer <token>"');
    const malformed = strictProblem(token);
    if (malformed) return malformed;
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms,
        issuer,
        ...(audience !== null && { audience }),
        clockTolerance,
        requiredClaims: ['exp'],
        ...(currentDate && { currentDate }),
      });
      return { ok: true, claims: payload };
    } catch (error) {
      const refusal = refusalOf(error, algorithms);
      if (refusal) return refusal;
      throw error;
    }
  };
}

function checkedAlgorithms(given: readonly AsymmetricAlgorithm[] = ['RS256']): AsymmetricAlgorithm[] {
  const isKnown = (name: unknown): boolean => asymmetricAlgorithms.some((known) => known === name);
  // With a shared secret among them, a public key would be one.
  if (!Array.isArray(given) || given.length === 0 || !given.every(isKnown))
    throw new TypeError(`algorithms must be a list of some of ${asymmetricAlgorithms.join(', ')}`);
  return [...(given as readonly AsymmetricAlgorithm[])];
}

/** Why a token cannot be read in one way alone. */
function strictProblem(token: string): TokenVerification | undefined {
  const [header = '', claims = '', signature, ...more] = token.split('.');
  if (signature === undefined || more.length > 0) return refuse('token/malformed', 'the token is not of three parts');
  const read = readToken({ header, claims });
  return 'code' in read ? refuse('token/malformed', read.summary) : undefined;
}

function keysAddress(jwksUrl: string | URL | undefined): URL {
  if (!(jwksUrl instanceof URL)) checkText('jwksUrl', jwksUrl, 'an http(s) URL');
  if (/^https?:/i.test(String(jwksUrl)) && URL.canParse(String(jwksUrl))) return new URL(jwksUrl);
  throw new TypeError('jwksUrl must be an http(s) URL');
}

/** What jose found wrong with the token; `undefined` for faults that are not the token's. */
function refusalOf(error: unknown, algorithms: readonly string[]): TokenVerification | undefined {
  if (error instanceof errors.JWTExpired) return refuse('token/expired', 'the token has expired');
  if (error instanceof errors.JWTClaimValidationFailed) {
    return refuse('token/claim', `the claim "${error.claim}" is not acceptable: ${error.reason}`);
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return refuse('token/signature', 'the signature is not that of the issuer’s key');
  }
  if (error instanceof errors.JOSEAlgNotAllowed)
    return refuse('token/algorithm', `the token is not signed with ${algorithms.join(' or ')}`);
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
    return refuse('token/key-unknown', 'the token names no key that the issuer publishes');
  }
  const malformed = [errors.JWSInvalid, errors.JWTInvalid, errors.JOSENotSupported];
  if (malformed.some((kind) => error instanceof kind)) {
    return refuse('token/malformed', 'the token is not a JWT of a kind that is understood');
  }
  return undefined;
}

function refuse(code: TokenRefusalCode, summary: string): TokenVerification {
  return { ok: false, code, summary };
}
