import { lookup as resolveName } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import type { AskOptions } from './ask-endpoint.ts';

/** Finds the addresses of a name. */
export type FindAddresses = (host: string) => Promise<readonly string[]>;

/** This machine, and networks that are not routed on the internet. Link-local addresses, where clouds keep secrets, are none of them. */
const own = new BlockList();
own.addSubnet('127.0.0.0', 8, 'ipv4');
own.addSubnet('10.0.0.0', 8, 'ipv4');
own.addSubnet('172.16.0.0', 12, 'ipv4');
own.addSubnet('192.168.0.0', 16, 'ipv4');
own.addAddress('::1', 'ipv6');
own.addSubnet('fc00::', 7, 'ipv6');

/** Metadata services of clouds that have a private address over IPv6. */
const metadata = new BlockList();
metadata.addSubnet('fd00:ec2::', 32, 'ipv6');
metadata.addSubnet('fd20:ce::', 32, 'ipv6');
metadata.addAddress('fd00:42::42', 'ipv6');

/** Whether an address is this machine's or one of a private network. */
function isOwnAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 6 && metadata.check(address, 'ipv6')) return false;
  return family !== 0 && own.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

const systemAddresses: FindAddresses = async (host) =>
  (await resolveName(host, { all: true })).map(({ address }) => address);

/**
 * A look-up that gives the addresses of this host as they are now, where all of them are loopback or private; so that a
 * name cannot lead elsewhere a moment later. `undefined` where it is elsewhere.
 *
 * @param host without a port; an IPv6 address without brackets
 * @throws Error as the system's resolver does, for a name that is not known
 */
export async function ownNetworkLookup(
  host: string,
  find: FindAddresses = systemAddresses,
): Promise<NonNullable<AskOptions['lookup']> | undefined> {
  const addresses = isIP(host) ? [host] : await find(host);
  const [first] = addresses;
  if (first === undefined || !addresses.every(isOwnAddress)) return undefined;
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_, { all }, callback) => {
    if (all) callback(null, found);
    else callback(null, first, isIP(first));
  };
}
