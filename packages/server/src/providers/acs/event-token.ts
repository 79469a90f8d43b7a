import type { CryptoKey } from 'jose';
import { eventSigningKey } from './event-signing-key.ts';

/** The issuer of the tokens that real events carry; receivers compare it, so it is the same here. */
export const eventTokenIssuer = 'https://acscallautomation.communication.azure.com';

/** How long a token holds, in seconds. */
const eventTokenLifetimeSeconds = 300;

let signingKey: Promise<CryptoKey | Uint8Array> | undefined;

/**
 * Makes the `Authorization` header of one delivery of an event: a fresh RS256 JWT.
 *
 * @param resourceId the immutable id of the ACS resource, which is the audience
 * @param now wall-clock time
 * @see https://learn.microsoft.com/en-us/azure/communication-services/how-tos/call-automation/secure-webhook-endpoint
 */
export async function eventAuthorization(resourceId: string, now: Date): Promise<string> {
  // Loaded here, so that a server listens before it.
  const { importJWK, SignJWT } = await import('jose');
  signingKey ??= importJWK(eventSigningKey);
  const nowSeconds = Math.floor(now.getTime() / 1000);
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: eventSigningKey.alg, kid: eventSigningKey.kid, typ: 'JWT' })
    .setIssuer(eventTokenIssuer)
    .setAudience(resourceId)
    .setNotBefore(nowSeconds)
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + eventTokenLifetimeSeconds)
    .sign(await signingKey);
  return `Bearer ${token}`;
}
