import type { ProviderHints } from '../../scheme.ts';

/** Whether a host is one of the provider's own, and none of its customers' with a webhook. */
export function isHostOf(provider: ProviderHints | undefined, host: string): boolean {
  const name = host.toLowerCase().replace(/:\d+$/, '');
  return provider?.hosts.some((ending) => name === ending || name.endsWith(ending)) ?? false;
}
