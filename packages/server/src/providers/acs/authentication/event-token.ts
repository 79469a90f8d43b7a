import type { CryptoKey, JWK, JWTPayload } from 'jose';
import type { TokenKey } from '../../ready-event.ts';
import { eventSigningKey } from './event-signing-key.ts';

/** The issuer of the tokens that real events and streams carry; receivers compare it, so it is the same here. */
export const eventTokenIssuer = 'https://acscallautomation.communication.azure.com';

/** What the token is called where schemes are named. */
export const eventTokenId = 'acs-event-token';

/** How long the token of an event holds, in seconds. */
const eventLifetimeSeconds = 5 * 60;

/** How long the token of a WebSocket connection holds, in seconds. */
const connectionLifetimeSeconds = 24 * 60 * 60;

/** Keys that were read before. */
const imported = new WeakMap<TokenKey, Promise<CryptoKey | Uint8Array>>();

/**
 * Makes the `Authorization` header of one delivery of an event: a fresh RS256 JWT.
 *
 * @param resourceId the immutable id of the ACS resource, which is the audience
 * @param now wall-clock time
 * @param key the development account's, unless said
 * @see https://learn.microsoft.com/en-us/azure/communication-services/how-tos/call-automation/secure-webhook-endpoint
 */
export async function eventAuthorization(
  resourceId: string,
  now: Date,
  key: TokenKey = eventSigningKey,
): Promise<string> {
  return authorization({ aud: resourceId }, now, eventLifetimeSeconds, key);
}

/**
 * Makes the `Authorization` header with which one WebSocket connection is opened: as for an event, for a day.
 *
 * @param id what tells the token from that of any other connection
 */
export async function connectionAuthorization(resourceId: string, now: Date, id: string): Promise<string> {
  return authorization({ aud: resourceId, jti: id }, now, connectionLifetimeSeconds, eventSigningKey);
}

async function authorization(claims: JWTPayload, now: Date, lifetimeSeconds: number, key: TokenKey): Promise<string> {
  // Loaded here, so that a server listens before it.
  const { importJWK, SignJWT } = await import('jose');
  const signingKey = imported.get(key) ?? importJWK(key as JWK);
  imported.set(key, signingKey);
  const nowSeconds = Math.floor(now.getTime() / 1000);
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'JWT' })
    .setIssuer(eventTokenIssuer)
    .setNotBefore(nowSeconds)
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + lifetimeSeconds)
    .sign(await signingKey);
  return `Bearer ${token}`;
}
