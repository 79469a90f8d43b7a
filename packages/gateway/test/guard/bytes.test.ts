import { afterEach, describe, expect, it } from 'vitest';
import { startGuard, type GuardOptions, type RunningGuard } from '../../src/guard/guard.ts';
import { answerWith, exchange, hasBody, ok, rawServer, requestText, type RawServer } from './raw-server.ts';
import { credential, signedHeaders, webhooks } from './signed.ts';

let app: RawServer | undefined;
let guard: RunningGuard | undefined;
afterEach(async () => {
  await guard?.close();
  await app?.close();
});

async function start(answer = ok, options: Partial<GuardOptions> = {}): Promise<[RunningGuard, RawServer]> {
  app = await rawServer(answerWith(answer));
  const route = { scheme: webhooks, credentials: credential, upstream: app.url };
  guard = await startGuard({ routes: [route], listen: { port: 0 }, limits: { drainSeconds: 1 }, ...options });
  return [guard, app];
}

/** What the application got, without what belongs to its own connection and what the guard says. */
function forwarded({ received }: RawServer): string {
  const [bytes = ''] = received;
  return bytes.replace(/^(?:connection: keep-alive|countersign-verified: .*)\r\n/gim, '');
}

/** What the client got, without what belongs to its own connection. */
const ofApp = (answer: string): string => answer.replace(/^(?:connection: keep-alive|keep-alive: .*)\r\n/gim, '');

describe('what was verified reaches the application byte for byte', () => {
  it.each([
    '/',
    '//double//slash',
    '/a/../b/./c',
    '/%7Euser/%2e%2E/%zz?x=%20+%C3%A9',
    '/?a=1&a=2&&=&b',
    "/semi;colon=1,2/@:!$'()*",
    '/?q=[1]{2}|3^4`"5\\6<7>',
    '*',
    'http://app.example.com/absolute?x',
  ])('the target %s', async (target) => {
    const [{ url }, to] = await start();
    const text = requestText(`OPTIONS ${target}`, [['Host', 'app.example.com'], ...signedHeaders()]);
    expect(ofApp(await exchange(url, text))).toBe(ok);
    expect(forwarded(to)).toBe(text);
  });

  it('names in their case, lines in their order, repeated ones, odd values', async () => {
    const [{ url }, to] = await start();
    const lines: [string, string][] = [
      ['hOST', 'App.Example.com:8080'],
      ['X-B', '2'],
      ['x-a', '1'],
      ['X-B', ' spaces  inside'.trim()],
      ['Cookie', 'a=1; b=2'],
      ['cookie', 'c=3'],
      ['X-Empty', ''],
      ['X-Latin', 'caf\xe9'],
      ['X_Under', 'kept'],
      ['Accept-Encoding', 'gzip, br;q=0.5'],
      ['User-Agent', 'Sender/1.0 (test)'],
      ['X-Forwarded-For', '203.0.113.7'],
      ['Content-Length', '0'],
      ...signedHeaders(),
    ];
    const text = requestText('POST /hooks', lines);
    expect(ofApp(await exchange(url, text))).toBe(ok);
    expect(forwarded(to)).toBe(text);
  });

  it.each(['GET', 'HEAD', 'DELETE', 'PATCH', 'PUT', 'PROPFIND', 'M-SEARCH'])(
    'the method %s, with a body',
    async (method) => {
      const [{ url }, to] = await start(method === 'HEAD' ? 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n' : ok);
      const body = '\x00\xff{"a" : 1}\r\n';
      const bytes = Buffer.from(body, 'latin1');
      const lines: [string, string][] = [
        ['Host', 'a'],
        ['Content-Length', String(bytes.length)],
        ...signedHeaders(bytes),
      ];
      const text = requestText(`${method} /x`, lines, body);
      const answer = await exchange(url, text, (said) =>
        method === 'HEAD' ? said.includes('\r\n\r\n') : hasBody(said),
      );
      expect(answer).toMatch(/^HTTP\/1.1 200 OK\r\n/);
      expect(forwarded(to)).toBe(text);
    },
  );

  it('a request without a body and without a word on it, which is announced as empty where methods usually have one', async () => {
    const [{ url }, to] = await start();
    await exchange(url, requestText('POST /x', [['Host', 'a'], ...signedHeaders()]));
    expect(forwarded(to)).toMatch(/\r\nContent-Length: 0\r\n\r\n$/);
  });

  it('a body in chunks, with trailers', async () => {
    const [{ url }, to] = await start();
    const lines: [string, string][] = [
      ['Host', 'a'],
      ['Transfer-Encoding', 'chunked'],
      ['Trailer', 'X-Checksum'],
      ...signedHeaders('hello, world'),
    ];
    const chunks = '5\r\nhello\r\n7\r\n, world\r\n0\r\nX-Checksum: abc\r\nx-checksum: def\r\n\r\n';
    expect(ofApp(await exchange(url, requestText('POST /x', lines, chunks)))).toBe(ok);
    const [head, body] = forwarded(to)
      .split('\r\n\r\n', 1)
      .concat(forwarded(to).split('\r\n\r\n').slice(1).join('\r\n\r\n'));
    expect(`${head}\r\n\r\n`).toBe(requestText('POST /x', lines));
    expect(body?.replace(/[0-9a-f]+\r\n([^\r]+)\r\n/g, '$1')).toMatch(/^hello, world/);
    expect(forwarded(to)).toMatch(/0\r\nX-Checksum: abc\r\nx-checksum: def\r\n\r\n$/);
  });

  it('a request that waits to be told to go on', async () => {
    const [{ url }, to] = await start();
    const lines: [string, string][] = [
      ['Host', 'a'],
      ['Expect', '100-continue'],
      ['Content-Length', '5'],
      ...signedHeaders('hello'),
    ];
    const text = requestText('POST /x', lines, 'hello');
    expect(ofApp(await exchange(url, text))).toBe(`HTTP/1.1 100 Continue\r\n\r\n${ok}`);
    expect(forwarded(to)).toBe(text);
  });

  it.each([256, 15_900, 16_384, 17_000])(
    'every byte, in a body of %i bytes beside a header that is no ASCII',
    async (length) => {
      const [{ url }, to] = await start();
      const bytes = Buffer.from(Array.from({ length }, (_, at) => at % 256));
      const lines: [string, string][] = [
        ['Host', 'a'],
        ['X-Bytes', 'caf\xe9 caf\xc3\xa9'],
        ['Content-Length', String(length)],
        ...signedHeaders(bytes),
      ];
      const text = requestText('POST /x', lines, bytes.toString('latin1'));
      expect(ofApp(await exchange(url, text))).toBe(ok);
      expect(forwarded(to)).toBe(text);
    },
  );

  it('a long body, which waits in a file, byte for byte', async () => {
    const [{ url }, to] = await start(ok, { limits: { spoolAboveBytes: 1000, drainSeconds: 1 } });
    const bytes = Buffer.alloc(300_000, 'abc\xff\x00\n', 'latin1');
    const lines: [string, string][] = [
      ['Host', 'a'],
      ['Content-Length', String(bytes.length)],
      ...signedHeaders(bytes),
    ];
    expect(ofApp(await exchange(url, requestText('POST /x', lines, bytes.toString('latin1'))))).toBe(ok);
    expect(forwarded(to)).toBe(requestText('POST /x', lines, bytes.toString('latin1')));
  });
});

describe('an answer comes back byte for byte', () => {
  it.each([
    [
      'names, order and repeated lines',
      'HTTP/1.1 299 Odd Reason\r\nSet-Cookie: a=1\r\nX-b: 2\r\nset-cookie: b=2\r\nContent-Length: 3\r\n\r\nabc',
    ],
    ['no date of the guard’s own', 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'],
    [
      'chunks with trailers',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n3\r\nabc\r\n0\r\nX-T: 1\r\n\r\n',
    ],
    ['no body', 'HTTP/1.1 204 No Content\r\nETag: "x"\r\n\r\n'],
  ])('%s', async (_, answer) => {
    const [{ url }] = await start(answer);
    const got = await exchange(url, requestText('POST /x', [['Host', 'a'], ...signedHeaders()]));
    expect(ofApp(got)).toBe(answer);
  });
});

describe('what the application is told', () => {
  const said = ({ received }: RawServer): string[] => received.join('').match(/^.*countersign.verified.*$/gim) ?? [];

  it('is who signed, when, and whether it is a repeat', async () => {
    const [{ url }, to] = await start();
    const at = Date.parse('2100-01-01T00:00:00Z');
    await guard?.close();
    guard = await startGuard({
      routes: [{ scheme: webhooks, credentials: { ...credential, name: 'ké"y' }, upstream: to.url }],
      listen: { port: 0 },
      now: () => new Date(at),
    });
    await exchange(guard.url, requestText('POST /x', [['Host', 'a'], ...signedHeaders('', { at })]));
    expect(url).not.toBe(guard.url);
    expect(said(to)).toEqual([
      expect.stringMatching(
        /^countersign-verified: id="[\w-]{36}", scheme="test-webhooks", key="k%C3%A9\\"y", signed=4102444800, replay="unchecked"\r?$/,
      ),
    ]);
  });

  it.each([
    'countersign-verified',
    'Countersign-Verified',
    'COUNTERSIGN_VERIFIED',
    'countersign_verified',
    'countersign.verified',
  ])('comes from the guard alone: %s of a sender is taken away', async (name) => {
    const [{ url }, to] = await start();
    const lines: [string, string][] = [[name, 'forged'], ['Host', 'a'], [name, 'forged'], ...signedHeaders()];
    await exchange(url, requestText('POST /x', lines));
    expect(said(to)).toHaveLength(1);
    expect(to.received.join('')).not.toContain('forged');
  });

  it('is not told by trailers', async () => {
    const [{ url }, to] = await start();
    const lines: [string, string][] = [['Host', 'a'], ['Transfer-Encoding', 'chunked'], ...signedHeaders('')];
    await exchange(url, requestText('POST /x', lines, '0\r\ncountersign-verified: forged\r\n\r\n'));
    expect(said(to)).toHaveLength(1);
    expect(to.received.join('')).not.toContain('forged');
  });
});
