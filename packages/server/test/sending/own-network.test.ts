import { describe, expect, it } from 'vitest';
import { reach } from '../../src/sending/own-network.ts';

const nobody = async (): Promise<readonly string[]> => {
  throw new Error('ENOTFOUND');
};
const has =
  (...addresses: string[]) =>
  async (): Promise<readonly string[]> =>
    addresses;
/** As a URL has a host, whatever its spelling. */
const hostOf = (authority: string): string => new URL(`http://${authority}/`).hostname;

describe('an event may be sent to', () => {
  it.each([
    '127.0.0.1',
    '127.255.0.9',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '10.0.0.9',
    '172.16.0.1',
    '192.168.178.1',
    '[fd12:3456::1]',
  ])('%s', async (authority) => {
    expect(await reach(hostOf(authority), [], nobody)).toHaveProperty('lookup');
  });

  it('a name of which all addresses are such, and then to these addresses, whatever the name is a moment later', async () => {
    const reached = await reach('app.test', [], has('127.0.0.1', '::1'));
    if (!('lookup' in reached)) throw new Error(reached.problem);
    const found = await new Promise((resolve) =>
      reached.lookup('app.test', { all: true }, (_, addresses) => resolve(addresses)),
    );
    expect(found).toEqual([
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]);
  });

  it('a host elsewhere that the configuration names', async () => {
    expect(await reach('hooks.example.com', ['Hooks.example.com'], has('93.184.216.34'))).toHaveProperty('lookup');
  });
});

describe('no event is sent to', () => {
  it.each([
    '93.184.216.34',
    '1572395042',
    '0.0.0.0',
    '[::]',
    '172.32.0.1',
    '192.169.0.1',
    '100.64.0.1',
    '[2606:2800:220:1::1]',
    '[::ffff:93.184.216.34]',
    '[64:ff9b::5db8:d822]',
    '169.254.169.254',
    '0xa9fea9fe',
    '[::ffff:169.254.169.254]',
    '[64:ff9b::a9fe:a9fe]',
    '[fe80::1]',
    '[fd00:ec2::254]',
  ])('%s', async (authority) => {
    expect(await reach(hostOf(authority), [], nobody)).toHaveProperty('problem');
  });

  it.each<[string, string[]]>([
    ['of which one address is elsewhere', ['127.0.0.1', '93.184.216.34']],
    ['of which one address is a metadata service', ['127.0.0.1', '169.254.169.254']],
    ['without an address', []],
  ])('a name %s', async (_, addresses) => {
    expect(await reach('app.test', [], has(...addresses))).toHaveProperty('problem');
  });

  it('a metadata service, although the configuration names it', async () => {
    expect(await reach('metadata.google.internal', ['metadata.google.internal'], has('10.0.0.1'))).toHaveProperty(
      'problem',
    );
    expect(await reach('169.254.169.254', ['169.254.169.254'], nobody)).toHaveProperty('problem');
  });
});
