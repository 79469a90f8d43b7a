import type { FastifyInstance } from 'fastify';
import { eventVerificationKey } from './event-signing-key.ts';
import { eventTokenIssuer } from './event-token.ts';

/**
 * Serves what a receiver needs to verify event tokens: the OpenID metadata and the key set, at the paths they have in
 * Azure. Nobody has to authenticate to read them.
 *
 * @param serverUrl the server's own base URL, where the metadata says the keys are
 */
export function registerOpenId(http: FastifyInstance, serverUrl: () => string): void {
  http.get('/calling/.well-known/acsopenidconfiguration', async () => ({
    issuer: eventTokenIssuer,
    jwks_uri: new URL('/calling/keys', serverUrl()).href,
    id_token_signing_alg_values_supported: [eventVerificationKey.alg],
    subject_types_supported: ['public'],
    response_types_supported: ['token'],
  }));
  http.get('/calling/keys', async () => ({ keys: [eventVerificationKey] }));
}
