import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { embeddedIpv4 } from '../../src/outbound/embedded-ipv4.ts';
import { isOffLimits, isOffLimitsName } from '../../src/outbound/off-limits.ts';

describe('off limits', () => {
  test.each([
    ['169.254.169.254', 'AWS, Azure, Google, Oracle'],
    ['169.254.170.2', 'tasks of ECS'],
    ['169.254.0.0', 'the first link-local one'],
    ['169.254.255.255', 'the last'],
    ['100.100.100.200', 'Alibaba Cloud'],
    ['168.63.129.16', 'the host of an Azure machine'],
    ['192.0.0.192', 'Oracle Cloud Classic'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local, with its zone'],
    ['febf:ffff::1', 'the end of the link-local block'],
    ['FE80:0:0:0:0:0:0:1', 'written otherwise'],
    ['fd00:ec2::254', 'AWS over IPv6'],
    ['fd00:0ec2:0::23', 'AWS over IPv6, pods'],
    ['fd20:ce::254', 'Google over IPv6'],
    ['fd00:42::42', 'Scaleway over IPv6'],
    ['::ffff:169.254.169.254', 'mapped'],
    ['::ffff:a9fe:a9fe', 'mapped, in hexadecimal'],
    ['0:0:0:0:0:ffff:a9fe:a9fe', 'mapped, written out'],
    ['::169.254.169.254', 'compatible'],
    ['::ffff:0:169.254.169.254', 'translated'],
    ['64:ff9b::169.254.169.254', 'NAT64'],
    ['64:ff9b::6464:64c8', 'NAT64 to Alibaba Cloud'],
    ['64:ff9b:1::169.254.169.254', 'NAT64 with a prefix of the network’s own'],
    ['64:ff9b:1:a9fe:a9:fe00::', 'the same, around the reserved octet'],
    ['2002:a9fe:a9fe::1', '6to4'],
    ['2001:0:a9fe:a9fe::', 'a Teredo server'],
    ['2001::5601:5601', 'a Teredo client, inverted'],
    ['2001:db8::5efe:169.254.169.254', 'ISATAP'],
  ])('is %s: %s', (address) => {
    expect(isOffLimits(address)).toBe(true);
  });

  test.each([
    '127.0.0.1',
    '10.0.0.1',
    '192.168.1.10',
    '172.16.0.1',
    '169.253.255.255',
    '169.255.0.0',
    '100.100.100.199',
    '8.8.8.8',
    '::1',
    '::',
    'fd00::1',
    'fec0::1',
    'fe00::1',
    '2001:db8::1',
    '::ffff:127.0.0.1',
    '64:ff9b::8.8.8.8',
    'localhost',
    '',
  ])('is not %s', (address) => {
    expect(isOffLimits(address)).toBe(false);
  });

  test('names of metadata services are, whatever their case and with the dot that ends a name', () => {
    expect(isOffLimitsName('Metadata.Google.Internal.')).toBe(true);
    expect(isOffLimitsName('metadata.goog')).toBe(true);
    expect(isOffLimitsName('metadata.google.internal.example.com')).toBe(false);
  });
});

test('an address that is mapped, translated or compatible stands for the IPv4 address at its end', () => {
  const octet = fc.integer({ min: 0, max: 255 });
  const prefixes = fc.constantFrom('::ffff:', '::', '::ffff:0:', '64:ff9b::');
  fc.assert(
    fc.property(prefixes, fc.tuple(octet, octet, octet, octet), (prefix, octets) => {
      expect(embeddedIpv4(`${prefix}${octets.join('.')}`)).toContain(octets.join('.'));
    }),
  );
});
