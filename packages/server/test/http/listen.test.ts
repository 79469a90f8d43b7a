import { describe, expect, test } from 'vitest';
import { isLoopback, networkUrls, plainHost, serverUrl } from '../../src/http/listen.ts';
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

describe('a host to bind', () => {
  test.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.1',
    '127.0.0.2',
    'LOCALHOST',
    '::1',
    '0:0:0:0:0:0:0:1',
    '::ffff:127.0.0.1',
  ])('that is %s is reached by this machine only', (host) => expect(isLoopback(plainHost(host))).toBe(true));

  test.each([
    '0.0.0.0',
    '0',
    '::',
    '0::0',
    '192.168.1.7',
    '::ffff:192.168.1.7',
    'my-machine',
    '127.evil.example',
    '[::1]x',
  ])('that is %s is reached by others', (host) => expect(isLoopback(plainHost(host))).toBe(false));

  test.each([
    ['127.1', 'http://localhost:7509'],
    ['0', 'http://localhost:7509'],
    ['0:0:0:0:0:0:0:1', 'http://localhost:7509'],
    // `localhost` leads to 127.0.0.1, where such a server does not listen.
    ['127.0.0.2', 'http://127.0.0.2:7509'],
    ['192.168.1.7', 'http://192.168.1.7:7509'],
  ])('that is %s gives the URL %s', (host, url) => {
    expect(serverUrl('http', plainHost(host), 7509)).toBe(url);
  });
});

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
