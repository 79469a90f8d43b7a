import type { CryptoKey } from 'jose';
import { eventSigningKey } from '../authentication/event-signing-key.ts';

/** What a token may be used for. */
export const tokenScopes = ['chat', 'voip', 'chat.join', 'chat.join.limited', 'voip.join'] as const;

export type TokenScope = (typeof tokenScopes)[number];

/** `CommunicationIdentityAccessToken`. */
export interface UserToken {
  readonly token: string;
  /** ISO 8601, UTC. */
  readonly expiresOn: string;
}

let signingKey: Promise<CryptoKey | Uint8Array> | undefined;

/**
 * Makes an access token for a user, in the form that chat and calling clients read: they look at its expiry.
 *
 * @param user the raw id of a user of the resource, or of Teams
 * @param now wall-clock time
 */
export async function userToken(
  user: { readonly id: string; readonly resourceId: string },
  scopes: readonly TokenScope[],
  lifetimeMinutes: number,
  now: Date,
): Promise<UserToken> {
  // Loaded here, so that a server listens before it.
  const { importJWK, SignJWT } = await import('jose');
  signingKey ??= importJWK(eventSigningKey);
  const nowSeconds = Math.floor(now.getTime() / 1000);
  const expiresSeconds = nowSeconds + lifetimeMinutes * 60;
  const token = await new SignJWT({
    skypeid: user.id.replace(/^8:/, ''),
    scp: 1792,
    csi: String(nowSeconds),
    acsScope: scopes.join(','),
    resourceId: user.resourceId,
  })
    .setProtectedHeader({ alg: eventSigningKey.alg, kid: eventSigningKey.kid, typ: 'JWT' })
    .setIssuedAt(nowSeconds)
    .setExpirationTime(expiresSeconds)
    .sign(await signingKey);
  return { token, expiresOn: new Date(expiresSeconds * 1000).toISOString() };
}
