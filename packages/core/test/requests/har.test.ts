import { describe, expect, test } from 'vitest';
import { readHar } from '../../src/requests/har.ts';

const har = (...entries: unknown[]): Uint8Array => Buffer.from(JSON.stringify({ log: { version: '1.2', entries } }));
const entry = (request: object, status = 401): object => ({
  startedDateTime: '2024-05-27T09:08:07.000Z',
  request: { method: 'POST', url: 'https://contoso.example/a?b=%20c', headers: [], ...request },
  response: { status },
});
const bodyOf = (request: object): string =>
  Buffer.from(readHar(har(entry(request)))[0]?.message.body as Uint8Array).toString('latin1');

describe('a HAR entry', () => {
  test('keeps method, target, headers, status and time', () => {
    const headers = [
      { name: 'Host', value: 'contoso.example' },
      { name: 'X', value: 'y' },
    ];
    expect(readHar(har(entry({ headers }, 403)))).toMatchObject([
      {
        index: 0,
        url: 'https://contoso.example/a?b=%20c',
        status: 403,
        startedAt: '2024-05-27T09:08:07.000Z',
        message: {
          method: 'POST',
          target: '/a?b=%20c',
          headers: [
            ['Host', 'contoso.example'],
            ['X', 'y'],
          ],
        },
      },
    ]);
  });

  test('of HTTP/2 gets its Host from :authority', () => {
    const headers = [
      { name: ':authority', value: 'contoso.example' },
      { name: ':path', value: '/a' },
    ];
    expect(readHar(har(entry({ headers })))[0]?.message.headers).toEqual([['Host', 'contoso.example']]);
  });

  test('without a Host header gets it from its URL', () => {
    expect(readHar(har(entry({})))[0]?.message.headers).toEqual([['Host', 'contoso.example']]);
  });

  test('holds its body as text, in UTF-8', () => {
    expect(bodyOf({ postData: { mimeType: 'text/plain', text: 'é\r\n' } })).toBe('\xc3\xa9\r\n');
  });

  test('holds its body in base64 where it says so', () => {
    expect(bodyOf({ postData: { mimeType: 'x/y', text: '/wAB', encoding: 'base64' } })).toBe('\xff\x00\x01');
  });

  test('with form parameters only is written again, with a note', () => {
    const postData = {
      mimeType: 'application/x-www-form-urlencoded',
      params: [{ name: 'a b', value: 'c&d' }, { name: 'e' }],
    };
    expect(bodyOf({ postData })).toBe('a+b=c%26d&e=');
    expect(readHar(har(entry({ postData })))[0]?.notes).toMatchObject([{ id: 'input/har-form' }]);
  });
});

describe('what is no HAR is refused', () => {
  test.each([
    ['not JSON', '{', /is not JSON/],
    ['other JSON', '{"log":{}}', /has no log.entries/],
    ['null', 'null', /has no log.entries/],
    ['an entry without a request', '{"log":{"entries":[{}]}}', /log.entries\[0\] has no request/],
    [
      'an entry with another URL',
      '{"log":{"entries":[{"request":{"method":"GET","url":"ws://a"}}]}}',
      /"ws:\/\/a" is not an http/,
    ],
  ])('%s', (_, text, message) => {
    expect(() => readHar(Buffer.from(text))).toThrow(
      expect.objectContaining({ code: 'input/har', message: expect.stringMatching(message) as string }),
    );
  });
});

describe('a HAR with something else in an entry’s place', () => {
  test.each([[null], [1], ['text'], [[]], [{ request: null }], [{ request: { method: 'GET', url: 3 } }]])(
    'is refused, with the place: %j',
    (found) => {
      expect(() => readHar(har(entry({}), found))).toThrow(
        /^log\.entries\[1\] has no request with a method and a URL$/,
      );
    },
  );

  test.each([
    [{ headers: null }],
    [{ headers: [null, 'x', { name: 1 }] }],
    [{ postData: 3 }],
    [{ postData: { params: [null] } }],
  ])('is read without it where no request depends on it: %j', (request) => {
    expect(readHar(har(entry(request)))).toHaveLength(1);
  });
});
