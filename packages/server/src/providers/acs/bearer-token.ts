import type { errors } from 'jose';
import { eventSigningKey, eventVerificationKey } from './event-signing-key.ts';

/** The audience of Entra ID tokens for Communication Services. */
export const bearerAudience = 'https://communication.azure.com';

/**
 * The issuer of development tokens, which stands for a tenant of Microsoft Entra ID. Its key is the public one of the
 * development account: whoever has this file can sign as anybody, on a developer's machine.
 */
export const developmentIssuer = 'https://sts.countersign.localhost/c0157e51-0000-4000-8000-0000000000aa/';

/**
 * Mints a development bearer token, as a managed identity or an app registration would get one from Entra ID.
 *
 * @param now wall-clock time
 * @param lifetimeSeconds an hour unless said, as Entra ID's
 */
export async function mintBearerToken(now: Date, lifetimeSeconds = 3600): Promise<string> {
  const { importJWK, SignJWT } = await import('jose');
  const nowSeconds = Math.floor(now.getTime() / 1000);
  return new SignJWT({ oid: 'c0157e51-0000-4000-8000-0000000000ab', appid: 'c0157e51-0000-4000-8000-0000000000ac' })
    .setProtectedHeader({ alg: eventSigningKey.alg, kid: eventSigningKey.kid, typ: 'JWT' })
    .setIssuer(developmentIssuer)
    .setAudience(bearerAudience)
    .setNotBefore(nowSeconds)
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + lifetimeSeconds)
    .sign(await importJWK(eventSigningKey));
}

/** What a bearer token is worth. */
export type BearerVerdict =
  { readonly ok: true } | { readonly ok: false; readonly code: string; readonly summary: string };

/** Verifies a bearer token: signature, issuer, audience and time. */
export async function verifyBearerToken(token: string, now: Date): Promise<BearerVerdict> {
  // Loaded here, so that a server listens before it.
  const { errors, importJWK, jwtVerify } = await import('jose');
  try {
    await jwtVerify(token, await importJWK(eventVerificationKey), {
      algorithms: [eventVerificationKey.alg],
      issuer: developmentIssuer,
      audience: [bearerAudience, `${bearerAudience}/`],
      currentDate: now,
    });
    return { ok: true };
  } catch (error) {
    if (error instanceof errors.JOSEError)
      return { ok: false, code: `token/${reasonOf(error)}`, summary: error.message };
    throw error;
  }
}

function reasonOf({ code }: errors.JOSEError): string {
  return reasons[code] ?? 'malformed';
}

/** By the codes of jose's errors. */
const reasons: Readonly<Record<string, string>> = {
  ERR_JWT_EXPIRED: 'expired',
  ERR_JWT_CLAIM_VALIDATION_FAILED: 'claim',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'signature',
};
