import { isIP } from 'node:net';
import type { RawHead } from '../wire/framing.ts';
import { valuesOf } from '../wire/framing.ts';

/** Where a proxy listens, and under which names it is known. */
export interface OwnPlace {
  /** The address or name that it is bound to. */
  readonly host: string;
  /** Further names that Host may say. */
  readonly names: readonly string[];
}

/**
 * Why a request may be one that a web page has a browser send; `undefined` where it cannot be. The proxy signs with real
 * keys and serves no page, so no page has any business with it: neither one of another origin, nor one whose name was made
 * to resolve to this machine, nor one that is followed by a link.
 */
export function webPageProblem({ url = '', rawHeaders }: RawHead, own: OwnPlace): string | undefined {
  const [origin] = valuesOf(rawHeaders, 'origin');
  if (origin !== undefined) return `it comes from a web page (Origin: ${shown(origin)})`;
  // What a person types into the address bar comes from nowhere.
  const sites = valuesOf(rawHeaders, 'sec-fetch-site').filter((site) => site !== 'none');
  if (sites.length > 0) return `it comes from a web page (Sec-Fetch-Site: ${shown(sites.join())})`;
  // Where the target names a service, Host does as well; which services there are is looked at elsewhere.
  if (!url.startsWith('/')) return undefined;
  const stranger = valuesOf(rawHeaders, 'host').find((host) => !isOwn(host, own));
  return stranger === undefined ? undefined : `Host says ${shown(stranger)}, which is not this proxy`;
}

function isOwn(authority: string, { host, names }: OwnPlace): boolean {
  const [, address, name = ''] =
    /^(?:\[([0-9a-f:.]+)\]|([^:@/?#\\\s[\]]+?)\.?)(?::\d{1,5})?$/.exec(authority.toLowerCase()) ?? [];
  const known = address ?? name;
  if (known === 'localhost' || known.endsWith('.localhost') || isLoopbackAddress(known)) return true;
  if ([host, ...names].some((own) => own.toLowerCase() === known)) return true;
  // Nobody can have an address resolve to another one.
  return isIP(known) !== 0 && !isLoopbackHost(host);
}

/** Whether what listens there is reached from this machine alone. */
function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || isLoopbackAddress(host);
}

function isLoopbackAddress(host: string): boolean {
  return host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function shown(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
