import { targetForm } from '../../canonical/request-target.ts';
import type { Message } from '../../message.ts';
import type { Scheme } from '../../scheme.ts';
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

/**
 * The message as it was addressed, for schemes that sign the absolute URL, where it does not say that itself: at the first
 * URL named as public, which is the request's own or one that its path stands behind.
 */
export function atPublicUrl({ parts }: Scheme, message: Message, options: DiagnoseOptions): Message {
  const [address] = publicAddresses(options);
  const signsUrl = parts.some(({ source }) => source.from === 'url' || source.from === 'url-with-hash');
  if (!signsUrl || !address || message.origin !== undefined) return message;
  const origin = /^\w+:\/\/[^/?#]+/.exec(address.url)?.[0] ?? '';
  const path = targetForm(address.target, 'path').replace(/\/$/, '');
  const isOwn = targetForm(message.target, 'path').replace(/\/$/, '') === path;
  return { ...message, origin, target: isOwn ? message.target : path + message.target };
}
