import { message, splitUrl } from '@countersign/core/message';
import { describe, expect, test } from 'vitest';

describe('a message from a URL', () => {
  test.each([
    ['https://h/a/../b', '/a/../b', 'h'],
    ['https://h/%7E?q=%7e', '/%7E?q=%7e', 'h'],
    ['https://H.Example:443/', '/', 'H.Example:443'],
    ['http://h', '/', 'h'],
    ['http://h?x=1', '/?x=1', 'h'],
    ['http://h/a?', '/a?', 'h'],
    ['http://h/a#fragment?x', '/a', 'h'],
    ['http://user:word@h:8080/a', '/a', 'h:8080'],
    ['http://[::1]:3978/x', '/x', '[::1]:3978'],
    ['HTTPS://h/a b', '/a b', 'h'],
  ])('%s keeps its target as written', (url, target, host) => {
    expect(message({ url })).toEqual({
      origin: `${url.split('//', 1)[0]}//${host}`,
      method: 'GET',
      target,
      headers: [['Host', host]],
      body: new Uint8Array(),
    });
  });

  test('leaves a Host header that is given, in any case', () => {
    expect(message({ url: 'http://h/', headers: { HOST: 'proxy' } }).headers).toEqual([['HOST', 'proxy']]);
  });

  test('takes a path alone, with its fragment dropped', () => {
    expect(message({ url: '/a?b#c' })).toMatchObject({ target: '/a?b', headers: [] });
  });

  test.each(['', 'a/b', 'ftp://h/', 'http:///a', '//h/a'.slice(1, 0), 'mailto:x'])('refuses %j', (url) => {
    expect(() => message({ url })).toThrow(/not an http\(s\) URL or a path beginning with "\/"/);
  });
});

test('headers are pairs, an object, or WHATWG Headers', () => {
  const headers = [['Content-Type', 'a/b']] as const;
  for (const given of [headers, { 'Content-Type': 'a/b' }, new Map(headers)]) {
    expect(message({ url: '/', headers: given }).headers).toEqual(headers);
  }
  expect(
    message({ url: '/', headers: new Headers([...headers].map(([name, value]): [string, string] => [name, value])) })
      .headers,
  ).toEqual([['content-type', 'a/b']]);
});

test('text is its UTF-8 bytes', () => {
  expect(message({ url: '/', body: 'é' }).body).toEqual(Uint8Array.of(0xc3, 0xa9));
});

test('splitting a URL changes nothing in it', () => {
  expect(splitUrl('https://H:1/%2f?a#b')).toEqual({
    origin: 'https://H:1',
    authority: 'H:1',
    target: '/%2f?a',
  });
});
