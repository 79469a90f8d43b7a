import { lookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { isOffLimits, isOffLimitsName } from '../outbound/off-limits.ts';

/** This machine, and networks that are not routed on the internet. */
const own = new BlockList();
own.addSubnet('127.0.0.0', 8, 'ipv4');
own.addSubnet('10.0.0.0', 8, 'ipv4');
own.addSubnet('172.16.0.0', 12, 'ipv4');
own.addSubnet('192.168.0.0', 16, 'ipv4');
own.addAddress('::1', 'ipv6');
own.addSubnet('fc00::', 7, 'ipv6');

/** Finds all addresses of a name. */
export type FindAddresses = (host: string) => Promise<readonly string[]>;

/** Why nothing is sent to a host, or how it is looked up: with the addresses that were checked, and no others. */
export type Reached = { readonly problem: string } | { readonly lookup: LookupFunction };

/**
 * Looks a host up. It has to be this machine's or of a private network, whatever the spelling, or named by the
 * configuration; link-local addresses and metadata services it never is.
 *
 * @param hostname as a URL has it: an IPv6 address in brackets
 * @param allowed hosts, by name or address, that may be elsewhere
 */
export async function reach(
  hostname: string,
  allowed: readonly string[],
  find: FindAddresses = systemAddresses,
): Promise<Reached> {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (isOffLimitsName(host)) return { problem: `${host} is a metadata service` };
  let addresses: readonly string[];
  try {
    addresses = isIP(host) ? [host] : await find(host);
  } catch {
    return { problem: `the host ${host} is not known` };
  }
  const [first] = addresses;
  if (first === undefined) return { problem: `the host ${host} is not known` };
  const bad = addresses.find(isOffLimits);
  if (bad !== undefined) return { problem: `${host} is ${bad}, a link-local address or a metadata service` };
  const isAllowed = allowed.some((name) => name.toLowerCase().replace(/^\[|\]$/g, '') === host);
  const stranger = isAllowed ? undefined : addresses.find((address) => !isOwn(address));
  if (stranger !== undefined)
    return {
      problem:
        `${host} is ${stranger === host ? '' : `${stranger}, `}neither this machine nor in a private network; ` +
        '"sendEventsTo" in the configuration names hosts elsewhere',
    };
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  return {
    lookup: (_name, { all }, callback) => {
      if (all) callback(null, found);
      else callback(null, first, isIP(first));
    },
  };
}

function isOwn(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && own.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

const systemAddresses: FindAddresses = async (host) =>
  (await lookup(host, { all: true })).map(({ address }) => address);
