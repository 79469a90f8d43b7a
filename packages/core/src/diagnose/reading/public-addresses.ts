import type { DiagnoseOptions } from '../diagnosis.ts';

/** An address under which the receiver is known from outside. */
export interface PublicAddress {
  readonly url: string;
  readonly host: string;
  /** Path and query, `/` at the least. */
  readonly target: string;
}

/** The URLs that were named as public, and the hosts that were named with a path. Those that cannot be read are left out. */
export function publicAddresses({ publicUrls = [], publicHosts = [] }: DiagnoseOptions): PublicAddress[] {
  const withPath = publicHosts.filter((host) => host.includes('/') && !host.includes('://'));
  return [...publicUrls, ...withPath.map((host) => `https://${host}`)].flatMap((url) => {
    const match = /^\w+:\/\/([^/?#]+)([^#]*)/.exec(url);
    if (!match) return [];
    const [, host = '', target = ''] = match;
    return [{ url, host, target: target.startsWith('/') ? target : `/${target}` }];
  });
}

/** Every host under which the service is known from outside. */
export function publicHostsOf(options: DiagnoseOptions): string[] {
  const named = (options.publicHosts ?? []).filter((host) => !host.includes('/'));
  return [...new Set([...named, ...publicAddresses(options).map(({ host }) => host)])];
}
