import { BlockList, isIP } from 'node:net';
import { embeddedIpv4 } from './embedded-ipv4.ts';

/** Alibaba Cloud, the host of an Azure machine, Oracle Cloud Classic. */
const addresses4: ReadonlySet<string> = new Set(['100.100.100.200', '168.63.129.16', '192.0.0.192']);

const addresses6 = new BlockList();
addresses6.addSubnet('fe80::', 10, 'ipv6');
// What AWS serves at link-local addresses, over IPv6; the metadata of Google and of Scaleway over IPv6.
addresses6.addSubnet('fd00:ec2::', 32, 'ipv6');
addresses6.addSubnet('fd20:ce::', 32, 'ipv6');
addresses6.addAddress('fd00:42::42', 'ipv6');

const names: ReadonlySet<string> = new Set([
  'metadata.google.internal',
  'metadata.goog',
  'instance-data.ec2.internal',
  'metadata.tencentyun.com',
]);

/**
 * Whether an address is a link-local one or a cloud machine's metadata service, which hands out the machine's
 * credentials to whoever can make it send a request: written as IPv4, as IPv6, or as an IPv6 address that stands for one.
 *
 * @param address without brackets; a zone (`%eth0`) may follow
 */
export function isOffLimits(address: string): boolean {
  const [plain = ''] = address.split('%');
  const family = isIP(plain);
  if (family === 4) return isOffLimits4(plain);
  return family === 6 && (addresses6.check(plain, 'ipv6') || embeddedIpv4(plain).some(isOffLimits4));
}

/** Link-local: the metadata of AWS, Azure, Google, Oracle and most others, and the credentials of ECS tasks. */
function isOffLimits4(address: string): boolean {
  return address.startsWith('169.254.') || addresses4.has(address);
}

/** Whether a name is that of a metadata service. (Others are told by the addresses that they have.) */
export function isOffLimitsName(name: string): boolean {
  return names.has(name.toLowerCase().replace(/\.$/, ''));
}
