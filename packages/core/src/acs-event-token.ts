import type { JWTVerifyGetKey } from 'jose';
import { checkText } from './option-checks.ts';
import { tokenVerifier, type TokenVerification } from './token-verifier.ts';

export type { TokenRefusalCode, TokenVerification } from './token-verifier.ts';

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
  const { resourceId, issuer = azureIssuer, jwksUrl = azureKeys, ...rest } = options;
  // Without an audience a token for anybody's resource would do.
  checkText('resourceId', resourceId, 'the immutable id of the ACS resource');
  return tokenVerifier({ ...rest, issuer, audience: resourceId, jwksUrl });
}
