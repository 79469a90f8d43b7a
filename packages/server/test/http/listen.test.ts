import { describe, expect, test } from 'vitest';
import { networkUrls } from '../../src/http/listen.ts';
import { startServer } from '../../src/server.ts';

const interfaces = {
  lo: [
    { address: '127.0.0.1', internal: true },
    { address: '::1', internal: true },
  ],
  eth0: [
    { address: '192.168.1.7', internal: false },
    { address: '2001:db8::7', internal: false },
    { address: 'fe80::7', internal: false },
  ],
  off: undefined,
};

describe('the addresses under which others reach a server', () => {
  test.each([
    ['0.0.0.0', ['http://192.168.1.7:7509']],
    ['::', ['http://192.168.1.7:7509', 'http://[2001:db8::7]:7509']],
    ['192.168.1.7', ['http://192.168.1.7:7509']],
    ['my-machine', ['http://my-machine:7509']],
  ])('bound to %s', (host, urls) => {
    expect(networkUrls('http', host, 7509, interfaces)).toEqual(urls);
  });

  test('are told by a server that is bound to more than loopback, and by no other', async () => {
    const open = await startServer({ port: 0, host: '0.0.0.0', clock: 'virtual' });
    const closed = await startServer({ port: 0, clock: 'virtual' });
    await Promise.all([open.close(), closed.close()]);
    expect(open.network).toMatchObject({ boundTo: '0.0.0.0' });
    expect(closed).not.toHaveProperty('network');
  });
});
