import { eventSigningKey } from './event-signing-key.ts';

/** The audience of Entra ID tokens for Communication Services. */
export const bearerAudience = 'https://communication.azure.com';

/**
 * The issuer of development tokens, which stands for a tenant of Microsoft Entra ID. Its key is the public one of the
 * development account: whoever has this file can sign as anybody, on a developer's machine.
 */
export const developmentIssuer = 'https://sts.countersign.localhost/c0157e51-0000-4000-8000-0000000000aa/';

/** A token that the local server takes from the development account instead of a signature. */
export interface DevelopmentToken {
  /** A JWT, for `Authorization: Bearer …`. */
  readonly token: string;
  readonly issuer: string;
  readonly audience: string;
  /** ISO 8601, UTC, whole seconds. */
  readonly expiresAt: string;
}

/** Choices about a development token. */
export interface DevelopmentTokenOptions {
  /** Wall-clock time; now, unless said. */
  readonly now?: Date;
  /** How long it holds; an hour unless said, as Entra ID's. */
  readonly lifetimeSeconds?: number;
}

/**
 * Mints a development bearer token, as a managed identity or an app registration would get one from Entra ID.
 *
 *     const { token } = await developmentToken();
 *     await fetch(url, { headers: { authorization: `Bearer ${token}` } });
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/authentication
 * @throws TypeError (as a rejection) when `now` is no valid Date, or `lifetimeSeconds` no number above 0
 */
export async function developmentToken(options: DevelopmentTokenOptions = {}): Promise<DevelopmentToken> {
  // Loaded here, so that a server listens before it.
  const { importJWK, SignJWT } = await import('jose');
  const { now = new Date(), lifetimeSeconds = 3600 } = options;
  if (!(now instanceof Date) || Number.isNaN(now.getTime())) throw new TypeError('now must be a valid Date');
  if (!Number.isFinite(lifetimeSeconds) || lifetimeSeconds <= 0) {
    throw new TypeError('lifetimeSeconds must be a number of seconds above 0');
  }
  const nowSeconds = Math.floor(now.getTime() / 1000);
  const expiresSeconds = nowSeconds + lifetimeSeconds;
  const token = await new SignJWT({
    oid: 'c0157e51-0000-4000-8000-0000000000ab',
    appid: 'c0157e51-0000-4000-8000-0000000000ac',
  })
    .setProtectedHeader({ alg: eventSigningKey.alg, kid: eventSigningKey.kid, typ: 'JWT' })
    .setIssuer(developmentIssuer)
    .setAudience(bearerAudience)
    .setNotBefore(nowSeconds)
    .setIssuedAt(nowSeconds)
    .setExpirationTime(expiresSeconds)
    .sign(await importJWK(eventSigningKey));
  const expiresAt = new Date(expiresSeconds * 1000).toISOString().replace('.000Z', 'Z');
  return { token, issuer: developmentIssuer, audience: bearerAudience, expiresAt };
}
