import { matchesHost } from '../../providers/host-match.ts';
import type { ProviderHints } from '../../scheme.ts';

/** Whether a host is one of the provider's own, and none of its customers' with a webhook. */
export function isHostOf(provider: ProviderHints | undefined, host: string): boolean {
  return matchesHost(provider?.hosts ?? [], host);
}

/** The provider's hosts as people write them: `*.communication.azure.com`. */
export function hostPatterns({ hosts }: ProviderHints): string {
  return hosts.map((known) => (known.startsWith('.') ? `*${known}` : known)).join(', ');
}
