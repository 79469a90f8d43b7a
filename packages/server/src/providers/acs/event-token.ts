import type { CryptoKey, JWTPayload } from 'jose';
import { eventSigningKey } from './event-signing-key.ts';

/** The issuer of the tokens that real events and streams carry; receivers compare it, so it is the same here. */
export const eventTokenIssuer = 'https://acscallautomation.communication.azure.com';

/** How long the token of an event holds, in seconds. */
const eventLifetimeSeconds = 5 * 60;

/** How long the token of a WebSocket connection holds, in seconds. */
const connectionLifetimeSeconds = 24 * 60 * 60;

let signingKey: Promise<CryptoKey | Uint8Array> | undefined;

/**
 * Makes the `Authorization` header of one delivery of an event: a fresh RS256 JWT.
 *
 * @param resourceId the immutable id of the ACS resource, which is the audience
 * @param now wall-clock time
 * @see https://learn.microsoft.com/en-us/azure/communication-services/how-tos/call-automation/secure-webhook-endpoint
 */
export async function eventAuthorization(resourceId: string, now: Date): Promise<string> {
  return authorization({ aud: resourceId }, now, eventLifetimeSeconds);
}

/**
 * Makes the `Authorization` header with which one WebSocket connection is opened: as for an event, for a day.
 *
 * @param id what tells the token from that of any other connection
 */
export async function connectionAuthorization(resourceId: string, now: Date, id: string): Promise<string> {
  return authorization({ aud: resourceId, jti: id }, now, connectionLifetimeSeconds);
}

async function authorization(claims: JWTPayload, now: Date, lifetimeSeconds: number): Promise<string> {
  // Loaded here, so that a server listens before it.
  const { importJWK, SignJWT } = await import('jose');
  signingKey ??= importJWK(eventSigningKey);
  const nowSeconds = Math.floor(now.getTime() / 1000);
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: eventSigningKey.alg, kid: eventSigningKey.kid, typ: 'JWT' })
    .setIssuer(eventTokenIssuer)
    .setNotBefore(nowSeconds)
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + lifetimeSeconds)
    .sign(await signingKey);
  return `Bearer ${token}`;
}
