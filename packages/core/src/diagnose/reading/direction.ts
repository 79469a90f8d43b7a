import type { Evidence } from './evidence.ts';
import { isHostOf } from './provider-host.ts';

/**
 * Whether the provider sent the request and the user receives it: then the user's code verifies, and what it does otherwise
 * is done to what arrived.
 */
export function isReceived({
  scheme,
  provider,
  host,
  route,
}: Pick<Evidence, 'scheme' | 'provider' | 'host' | 'route'>): boolean {
  if (scheme.signer === 'provider') return true;
  // Beside the requests that users send to the provider's own API.
  return provider?.signsCallbacks === true && host !== undefined && !route && !isHostOf(provider, host);
}
