import { createRemoteJWKSet, jwtVerify } from 'jose';
import { headerValue } from '@countersign/core/message';
import type { CallbackReader, ReceivedCallback } from './callback-receiver.ts';

/** The issuer of ACS event tokens. The local server's tokens carry it too. */
const issuer = 'https://acscallautomation.communication.azure.com';
const metadataPath = '/calling/.well-known/acsopenidconfiguration';

/**
 * Reads ACS events: an array of CloudEvents, authenticated by a bearer token.
 *
 * @param origin whose OpenID metadata names the keys: the local server's, or Azure's own
 * @param audience the ACS resource id; without it the audience is not judged
 * @see https://learn.microsoft.com/en-us/azure/communication-services/how-tos/call-automation/secure-webhook-endpoint
 */
export function acsCallbackReader({
  origin = issuer,
  audience,
}: {
  origin?: string;
  audience?: string;
}): CallbackReader {
  let keys: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;
  const judge = async (authorization: string | undefined): Promise<ReceivedCallback['verification']> => {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return { ok: false, summary: 'no bearer token' };
    try {
      const found = await (keys ??= remoteKeys(origin));
      await jwtVerify(token, found, { issuer, algorithms: ['RS256'], ...(audience !== undefined && { audience }) });
      return { ok: true, summary: 'token verified' };
    } catch (error) {
      keys = undefined;
      return { ok: false, summary: `token refused: ${(error as Error).message}` };
    }
  };
  return async ({ headers, body }) => {
    const events = JSON.parse(Buffer.from(body).toString('utf8')) as { type: string; data: Record<string, unknown> }[];
    const verification = await judge(headerValue(headers, 'authorization'));
    const callbacks = events.map(({ type, data }) => ({
      event: type.replace(/^Microsoft\.Communication\./, ''),
      callId: String(data['callConnectionId'] ?? ''),
      data,
      verification,
    }));
    return { callbacks, status: verification.ok ? 200 : 401 };
  };
}

async function remoteKeys(origin: string): Promise<ReturnType<typeof createRemoteJWKSet>> {
  const response = await fetch(origin + metadataPath);
  if (!response.ok) throw new Error(`${origin + metadataPath} answers ${response.status}`);
  const { jwks_uri: address } = (await response.json()) as { jwks_uri: string };
  return createRemoteJWKSet(new URL(address));
}
