import type { Scheme } from '../scheme.ts';
import { providers, type ProviderEntry } from './catalog.ts';
import { isLoopback } from './loopback.ts';

/** What is known of a request whose secret is looked for. */
export interface CredentialPurpose {
  /** Its authority, with or without a port. */
  readonly host: string | undefined;
  /** The key id that a received request names: the development account's own gives it away wherever it was sent. */
  readonly claimedKeyId?: string;
}

/** The development account's public credential, where a request can only be the local server's. */
export function developmentCredential(
  { id }: Pick<Scheme, 'id'>,
  { host, claimedKeyId }: CredentialPurpose,
): ProviderEntry['development'] | undefined {
  const development = providers.find(({ scheme }) => scheme.id === id)?.development;
  if (!development) return undefined;
  const isDevelopmentKey = claimedKeyId !== undefined && claimedKeyId === development.keyId;
  return isDevelopmentKey || (host !== undefined && isLoopback(host)) ? development : undefined;
}
