import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OwnNames } from '../../src/http/own-names.ts';

describe('a server on loopback', () => {
  const names = new OwnNames({
    others: ['Dev.Example.com', 'tunnel.example:443', 'contoso.communication.azure.com', '2001:db8::7'],
  });

  test.each([
    'localhost',
    'localhost:7509',
    'LOCALHOST.',
    'app.localhost:1',
    'my-app.dev.localhost.',
    'localhost:0',
    'localhost:65535',
    'localhost:',
    '127.0.0.1',
    '127.255.0.3:7509',
    '[::1]',
    '[::1]:7509',
    '[0:0:0:0:0:0:0:1]:7509',
    '[::ffff:127.0.0.1]',
    'dev.example.com:7509',
    'DEV.example.com.',
    'tunnel.example',
    'contoso.communication.azure.com',
    '[2001:db8::7]:80',
  ])('answers to %s', (authority) => {
    expect(names.has(authority)).toBe(true);
  });

  test.each([
    '',
    'evil.example',
    'localhost.evil.example:7509',
    'notlocalhost',
    '127.0.0.1.evil.example',
    '127.1',
    '2130706433',
    '0.0.0.0',
    '192.168.1.7:7509',
    '203.0.113.7',
    '[fe80::1]',
    '[::ffff:203.0.113.7]',
    'other.communication.azure.com',
    'localhost, evil.example',
    'localhost evil.example',
    'evil.example@localhost',
    'localhost@evil.example',
    'localhost:7509:7509',
    'localhost/x',
    'localhost\\evil.example',
    'evil.example#.localhost',
    'evil.example?.localhost',
    'localhost:evil',
    '[::1',
    '::1',
    '[localhost]',
    '[::1].evil.example',
    'evil.example,.localhost',
    'evil.example?.localhost',
    'evil.example#.localhost',
    'evil.example%00.localhost',
    'evil..localhost',
    '.localhost',
    '*.localhost',
    'localhost:65536',
    '127.0.0.1:99999999999',
  ])('does not answer to "%s"', (authority) => {
    expect(names.has(authority)).toBe(false);
  });

  test('answers to nothing that is made of a name of its own and more', () => {
    const own = fc.constantFrom('localhost', '127.0.0.1', '[::1]', 'dev.example.com', 'tunnel.example');
    const more = fc.stringMatching(/^[a-z0-9@:/\\ ,.[\]%-]{0,3}[a-z][a-z0-9.-]{0,8}$/);
    fc.assert(
      fc.property(own, more, (name, rest) => {
        expect(names.has(`${name}.${rest}`)).toBe(false);
        expect(names.has(`${rest}@${name}`)).toBe(false);
      }),
    );
  });
});

test.each(['0.0.0.0', '::', '192.168.1.7'])('a server that is bound to %s is known by addresses, too', (boundTo) => {
  const names = new OwnNames({ boundTo });
  for (const authority of ['localhost:1', '192.168.1.7:7509', '[2001:db8::7]:7509', '0.0.0.0:7509']) {
    expect(names.has(authority), authority).toBe(true);
  }
  for (const authority of ['evil.example', 'my-machine', '192.168.1.7.evil.example', '']) {
    expect(names.has(authority), authority).toBe(false);
  }
});

test('a server that is bound to a name answers to it', () => {
  expect(new OwnNames({ boundTo: 'My-Machine' }).has('my-machine:7509')).toBe(true);
});
