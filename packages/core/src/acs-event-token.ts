import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';

export interface AcsEventTokenOptions {
  /** The immutable resource id of the ACS resource, which the token names as its audience. */
  readonly resourceId: string;
  /** Where the signing keys are published. Defaults to Azure's; a local server has its own. */
  readonly jwksUrl?: string | URL;
  /** Finds the key, in place of `jwksUrl`: for example jose's `createLocalJWKSet`. */
  readonly keys?: JWTVerifyGetKey;
  /** Defaults to the issuer of Call Automation. */
  readonly issuer?: string;
  /** How far clocks may be apart, in seconds. Defaults to 60; a token lives for 5 minutes. */
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

export type TokenVerification =
  | { readonly ok: true; readonly claims: JWTPayload }
  | { readonly ok: false; readonly code: TokenRefusalCode; readonly summary: string };

const azureIssuer = 'https://acscallautomation.communication.azure.com';
const azureKeys = `${azureIssuer}/calling/keys`;

/**
 * Verifies the token that Call Automation sends with every event (`Authorization: Bearer <JWT>`, RS256). Keys are fetched
 * when the first token comes and kept, so make one verifier and keep it.
 *
 * The token says who sent the event, not what it says: it covers neither the body nor the callback's URL.
 *
 * @see https://learn.microsoft.com/en-us/azure/communication-services/how-tos/call-automation/secure-webhook-endpoint
 * @returns a function of the Authorization header's value; it rejects when the keys cannot be fetched, which is no
 * fault of the sender: answer 503, so that the event is sent again
 */
export function acsEventTokenVerifier(
  options: AcsEventTokenOptions,
): (authorization: string | undefined) => Promise<TokenVerification> {
  const { resourceId, issuer = azureIssuer, clockToleranceSeconds: clockTolerance = 60, now } = options;
  if (resourceId === '')
    throw new TypeError('resourceId is empty: every token for any resource would be asked for none');
  const keys = options.keys ?? createRemoteJWKSet(new URL(options.jwksUrl ?? azureKeys));
  return async (authorization) => {
    if (authorization === undefined) return refuse('token/missing', 'the request has no Authorization header');
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (token === undefined) return refuse('token/malformed', 'the Authorization header is not "Bearer <token>"');
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['RS256'],
        issuer,
        audience: resourceId,
        clockTolerance,
        requiredClaims: ['exp'],
        ...(now && { currentDate: now() }),
      });
      return { ok: true, claims: payload };
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal) return refusal;
      throw error;
    }
  };
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
