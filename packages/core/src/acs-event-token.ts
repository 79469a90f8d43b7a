import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { checkDate, checkFunction, checkSeconds, checkText } from './option-checks.ts';

/** Whose events and streams are taken, and how their tokens are judged. */
export interface AcsEventTokenOptions {
  /** The immutable resource id of the ACS resource, which the token names as its audience. */
  readonly resourceId: string;
  /** Where the signing keys are published. Defaults to Azure's; a local server has its own. */
  readonly jwksUrl?: string | URL;
  /** Finds the key, in place of `jwksUrl`: for example jose's `createLocalJWKSet`. */
  readonly keys?: JWTVerifyGetKey;
  /** Defaults to the issuer of Call Automation. */
  readonly issuer?: string;
  /** How far clocks may be apart, in seconds. Defaults to 60; an event's token lives for 5 minutes, a WebSocket's for a day. */
  readonly clockToleranceSeconds?: number;
  /** The verifier's clock. Defaults to now. */
  readonly now?: () => Date;
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

const azureIssuer = 'https://acscallautomation.communication.azure.com';
const azureKeys = `${azureIssuer}/calling/keys`;

/**
 * Verifies the token that Call Automation sends with every event, and with every request that opens a WebSocket for media
 * streaming or transcription (`Authorization: Bearer <JWT>`, RS256). Keys are fetched when the first token comes and kept,
 * so make one verifier and keep it.
 *
 * The token says who sends, not what: it covers neither the body nor the URL, nor what comes over the WebSocket.
 *
 * @see https://learn.microsoft.com/en-us/azure/communication-services/how-tos/call-automation/secure-webhook-endpoint
 * @returns a function of the Authorization header's value; it rejects when the keys cannot be fetched, which is no
 * fault of the sender: answer 503, so that the event is sent again
 * @throws TypeError naming the option that is missing, empty or of another type than it has to be
 */
export function acsEventTokenVerifier(
  options: AcsEventTokenOptions,
): (authorization: string | undefined) => Promise<TokenVerification> {
  const { resourceId, issuer = azureIssuer, clockToleranceSeconds: clockTolerance = 60, now, keys: given } = options;
  // Without an audience a token for anybody's resource would do.
  checkText('resourceId', resourceId, 'the immutable id of the ACS resource');
  checkText('issuer', issuer, 'the "iss" of the tokens');
  checkSeconds('clockToleranceSeconds', clockTolerance);
  if (clockTolerance === Infinity)
    throw new TypeError('clockToleranceSeconds must be finite: tokens would never expire');
  if (now !== undefined) checkFunction('now', now, 'a function that returns a Date');
  if (given !== undefined)
    checkFunction('keys', given, 'a function that finds the key, such as createLocalJWKSet makes');
  const address = keysAddress(options.jwksUrl);
  const keys = given ?? createRemoteJWKSet(address);
  return async (authorization) => {
    if (typeof authorization !== 'string') return refuse('token/missing', 'the request has no Authorization header');
    const currentDate = now?.();
    // An invalid time is neither before nor after any: every token would be fresh.
    if (now) checkDate('now()', currentDate);
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (token === undefined) return refuse('token/malformed', 'the Authorization header is not "Bearer <token>"');
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['RS256'],
        issuer,
        audience: resourceId,
        clockTolerance,
        requiredClaims: ['exp'],
        ...(currentDate && { currentDate }),
      });
      return { ok: true, claims: payload };
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal) return refusal;
      throw error;
    }
  };
}

function keysAddress(jwksUrl: string | URL = azureKeys): URL {
  if (!(jwksUrl instanceof URL)) checkText('jwksUrl', jwksUrl, 'an http(s) URL');
  if (/^https?:/i.test(String(jwksUrl)) && URL.canParse(String(jwksUrl))) return new URL(jwksUrl);
  throw new TypeError('jwksUrl must be an http(s) URL');
}

/** What jose found wrong with the token; `undefined` for faults that are not the token's. */
function refusalOf(error: unknown): TokenVerification | undefined {
  if (error instanceof errors.JWTExpired) return refuse('token/expired', 'the token has expired');
  if (error instanceof errors.JWTClaimValidationFailed) {
    return refuse('token/claim', `the claim "${error.claim}" is not acceptable: ${error.reason}`);
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return refuse('token/signature', 'the signature is not that of the issuer’s key');
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return refuse('token/algorithm', 'the token is not signed with RS256');
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
