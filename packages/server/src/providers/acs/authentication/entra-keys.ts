import type { JWTVerifyGetKey } from 'jose';
import type { EntraIssuer } from '../accounts/account.ts';

/** How long an issuer may take to hand out its metadata or its keys, in milliseconds. */
const timeoutMs = 5000;

/**
 * The keys of an issuer, fetched when the first token comes and again as they are rolled over. Where they are is what
 * the configuration says, or else the `jwks_uri` of the issuer's OpenID metadata.
 *
 * @returns a function that throws a JOSEError when the keys cannot be had
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata
 */
export function entraKeys({ issuer, jwksUrl }: EntraIssuer): () => Promise<JWTVerifyGetKey> {
  let keys: JWTVerifyGetKey | undefined;
  return async () => {
    const { createRemoteJWKSet, errors } = await import('jose');
    if (keys) return keys;
    const url = jwksUrl ?? (await discover(issuer, (message) => new errors.JWKSInvalid(message)));
    // jose says of what fails underneath only that it did: the reader wants to know where.
    const remote = createRemoteJWKSet(new URL(url), { timeoutDuration: timeoutMs });
    keys = async (header, token) => {
      try {
        return await remote(header, token);
      } catch (error) {
        if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
        throw new errors.JWKSInvalid(`the keys at ${url} cannot be had: ${reasonOf(error)}`);
      }
    };
    return keys;
  };
}

async function discover(issuer: string, problem: (message: string) => Error): Promise<string> {
  const at = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  let metadata: unknown;
  try {
    const response = await fetch(at, { signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    metadata = await response.json();
  } catch (error) {
    throw problem(`the metadata at ${at} cannot be had: ${reasonOf(error)}`);
  }
  const { jwks_uri: url } = (metadata ?? {}) as { readonly jwks_uri?: unknown };
  if (typeof url !== 'string' || !URL.canParse(url)) throw problem(`the metadata at ${at} has no jwks_uri`);
  return url;
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
