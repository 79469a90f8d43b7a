import { isIPv6 } from 'node:net';

/**
 * The IPv4 addresses that an IPv6 address stands for, where it is one that networks translate or tunnel: mapped and
 * compatible (RFC 4291), translated (RFC 2765), NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056), Teredo (RFC 4380) and ISATAP
 * (RFC 5214). Empty for every other address.
 *
 * @param address without brackets and zone
 */
export function embeddedIpv4(address: string): string[] {
  if (!isIPv6(address)) return [];
  const groups = groupsOf(address);
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups;
  const startsWithZeros = a === 0 && b === 0 && c === 0 && d === 0;
  const found: string[] = [];
  if (startsWithZeros && ((e === 0 && (f === 0 || f === 0xffff)) || (e === 0xffff && f === 0)))
    found.push(dotted(g, h));
  if (a === 0x64 && b === 0xff9b) {
    found.push(dotted(g, h));
    // A network's own prefix may be shorter, and then the address stands around the reserved octet.
    if (c === 1) found.push(dotted(d, ((e & 0xff) << 8) | (f >> 8)));
  }
  if (a === 0x2002) found.push(dotted(b, c));
  if (a === 0x2001 && b === 0) found.push(dotted(c, d), dotted(g ^ 0xffff, h ^ 0xffff));
  if ((e & 0xfdff) === 0 && f === 0x5efe) found.push(dotted(g, h));
  return found;
}

/** The eight groups; the URL parser writes addresses in one way, whatever their spelling. */
function groupsOf(address: string): number[] {
  const [start = '', end] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const left = numbers(start);
  const right = numbers(end ?? '');
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}

function numbers(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}

function dotted(high: number, low: number): string {
  return `${high >> 8}.${high & 0xff}.${low >> 8}.${low & 0xff}`;
}
