import { BlockList, isIP } from 'node:net';
import { isLoopback } from './listen.ts';

/** The names that a server accepts besides loopback names. */
export interface OwnNamesOptions {
  /** The address or name that it is bound to. 127.0.0.1. */
  readonly boundTo?: string;
  /** Further names, with or without a port, which counts for nothing. */
  readonly others?: readonly string[];
}

/** `host`, `host:port`, `[address]` or `[address]:port`. */
const authorityForm = /^(?:\[([0-9a-f:.]+)\]|([^:@/?#\\\s]+))(?::(\d*))?$/;

/** `localhost` and the names below it (RFC 6761). */
const loopbackName = /^(?:[a-z0-9_-]+\.)*localhost$/;

/** As IPv6 has it; a list of blocks also knows the IPv4 addresses that are mapped there. */
const loopback6 = new BlockList();
loopback6.addSubnet('127.0.0.0', 8);
loopback6.addAddress('::1', 'ipv6');

/**
 * The names under which a server may be addressed. A web page can have its own name resolve to this machine (DNS
 * rebinding); the browser then takes the server for the page's own, and tells it that name.
 *
 * Loopback names are always the server's own. Bound to more than loopback it is known by addresses, too, which nobody
 * can make resolve to something else.
 */
export class OwnNames {
  readonly #names: ReadonlySet<string>;
  readonly #hasAddresses: boolean;
  /** What was asked last and is a name of the server: clients ask for the same one again and again. */
  #latest: string | undefined;

  constructor({ boundTo = '127.0.0.1', others = [] }: OwnNamesOptions = {}) {
    const names = [...others, ...(isIP(boundTo) === 0 ? [boundTo] : [])];
    this.#names = new Set(names.map((name) => nameIn(bracketed(name)) ?? name.toLowerCase()));
    this.#hasAddresses = !isLoopback(boundTo);
  }

  /** @param authority as `Host` and absolute request targets have it; one that cannot be read is nobody's */
  has(authority: string): boolean {
    if (authority === this.#latest) return true;
    const has = this.#isOwn(authority);
    if (has) this.#latest = authority;
    return has;
  }

  #isOwn(authority: string): boolean {
    const name = nameIn(authority);
    if (name === undefined) return false;
    if (loopbackName.test(name) || this.#names.has(name)) return true;
    const family = isIP(name);
    if (family === 0) return false;
    return this.#hasAddresses || (family === 4 ? name.startsWith('127.') : loopback6.check(name, 'ipv6'));
  }
}

/** Host name or address, in lower case, without brackets, port and the dot that may end a name. */
function nameIn(authority: string): string | undefined {
  const match = authorityForm.exec(authority.toLowerCase());
  if (Number(match?.[3]) > 65_535) return undefined;
  return match?.[1] ?? match?.[2]?.replace(/\.$/, '');
}

function bracketed(name: string): string {
  return isIP(name) === 6 ? `[${name}]` : name;
}
