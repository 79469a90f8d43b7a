import { afterEach, describe, expect, it } from 'vitest';
import { answerWith, exchange, hasBody, ok, requestText } from './raw-server.ts';
import { credential, secret, signedHeaders, webhooks } from './signed.ts';
import { started, statusOf, type Started } from './started.ts';

let running: Started | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});
const start = async (...options: Parameters<typeof started>): Promise<Started> => (running = await started(...options));
const whole = (text: string): boolean => hasBody(text);

describe('a refused request', () => {
  it.each([
    ['without a signature', [['Host', 'a']], 401, 'authorization/missing'],
    ['with a forged one', [['Host', 'a'], ...signedHeaders('{}', { key: 'another' })], 401, 'signature/mismatch'],
    ['over another body', [['Host', 'a'], ...signedHeaders('{ }')], 401, 'signature/mismatch'],
    ['without its date', [['Host', 'a'], ...signedHeaders('{}').slice(0, 2)], 401, 'date/missing'],
    ['too old', [['Host', 'a'], ...signedHeaders('{}', { at: Date.now() - 400_000 })], 403, 'date/expired'],
    ['of the future', [['Host', 'a'], ...signedHeaders('{}', { at: Date.now() + 400_000 })], 403, 'date/future'],
    [
      'with two signatures',
      [['Host', 'a'], ...signedHeaders('{}'), ['x-signature', 'v1=00']],
      400,
      'authorization/duplicate',
    ],
    ['with two dates', [['Host', 'a'], ...signedHeaders('{}'), ['x-time', '1']], 400, 'date/duplicate'],
    ['with a signed header twice', [['Host', 'a'], ...signedHeaders('{}'), ['X-ID', '2']], 400, 'header/duplicate'],
  ] as [string, [string, string][], number, string][])(
    '%s is told an id and nothing else, and the log the reason',
    async (_, lines, status, code) => {
      const { guard, app, log } = await start();
      const text = await exchange(
        guard.url,
        requestText('POST /hooks?token=t', [...lines, ['Content-Length', '2']], '{}'),
      );
      expect(statusOf(text)).toBe(status);
      const [, id] = /\r\n\r\n([\w-]{36})$/.exec(text) ?? [];
      expect(log.filter(({ event }) => event === 'refused')).toEqual([
        expect.objectContaining({ id, code, status, path: '/hooks', method: 'POST', scheme: 'test-webhooks' }),
      ]);
      expect(app.received.join('')).toBe('');
      const names = text.split('\r\n').flatMap((line) => /^([\w-]+):/.exec(line)?.[1]?.toLowerCase() ?? []);
      expect(['connection', 'content-length', 'content-type', 'date', 'keep-alive', 'www-authenticate']).toEqual(
        expect.arrayContaining(names),
      );
    },
  );

  it.each([
    ['by its length', [['Content-Length', '1001']], ''],
    ['by its chunks', [['Transfer-Encoding', 'chunked']], `3e9\r\n${'x'.repeat(1001)}\r\n`],
  ] as [string, [string, string][], string][])('that is too long %s ends there', async (_, lines, body) => {
    const { guard, app, log } = await start({}, { limits: { bodyBytes: 1000 } });
    const text = await exchange(guard.url, requestText('POST /x', [['Host', 'a'], ...lines, ...signedHeaders()], body));
    expect(statusOf(text)).toBe(413);
    expect(text.toLowerCase()).toContain('connection: close');
    expect(log).toEqual([expect.objectContaining({ code: 'body/too-long' })]);
    expect(app.received).toEqual([]);
  });

  it('puts no key into the log, in whatever form a sender brings it', async () => {
    const { guard, log } = await start();
    const forms = [
      secret,
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('hex'),
      encodeURIComponent(secret),
    ];
    for (const form of forms) {
      await exchange(
        guard.url,
        requestText(`POST /${form}/x?${form}`, [
          ['Host', form],
          ['X-Id', form],
          ['X-Time', form],
          ['X-Signature', `v1=${form}`],
        ]),
      );
    }
    expect(log).toHaveLength(forms.length);
    const written = JSON.stringify(log);
    for (const form of forms) expect(written).not.toContain(form);
  });
});

describe('what could be read in two ways', () => {
  const signed = signedHeaders('');
  const lines = (more: [string, string][]): [string, string][] => [['Host', 'a'], ...signed, ...more];
  it.each([
    [
      'two lengths',
      requestText(
        'POST /',
        lines([
          ['Content-Length', '0'],
          ['content-length', '5'],
        ]),
      ),
    ],
    [
      'one length twice',
      requestText(
        'POST /',
        lines([
          ['Content-Length', '0'],
          ['Content-Length', '0'],
        ]),
      ),
    ],
    ['a length that is a list', requestText('POST /', lines([['Content-Length', '0, 0']]))],
    ['a length with a sign', requestText('POST /', lines([['Content-Length', '+0']]))],
    [
      'a length beside chunks',
      requestText(
        'POST /',
        lines([
          ['Content-Length', '5'],
          ['Transfer-Encoding', 'chunked'],
        ]),
        '0\r\n\r\n',
      ),
    ],
    [
      'chunks beside a length',
      requestText(
        'POST /',
        lines([
          ['Transfer-Encoding', 'chunked'],
          ['Content-Length', '5'],
        ]),
        '0\r\n\r\n',
      ),
    ],
    [
      'another encoding than chunked',
      requestText('POST /', lines([['Transfer-Encoding', 'gzip, chunked']]), '0\r\n\r\n'),
    ],
    [
      'chunked twice',
      requestText(
        'POST /',
        lines([
          ['Transfer-Encoding', 'chunked'],
          ['Transfer-Encoding', 'chunked'],
        ]),
        '0\r\n\r\n',
      ),
    ],
    ['chunked, hidden', requestText('POST /', lines([['Transfer-Encoding', '\x0bchunked']]), '0\r\n\r\n')],
    ['identity', requestText('POST /', lines([['Transfer-Encoding', 'identity']]))],
    ['a blank in front of the colon', requestText('POST /', lines([['Content-Length ', '0']]))],
    ['a folded line', `POST / HTTP/1.1\r\nHost: a\r\nX-A: 1\r\n X-Signature: 2\r\n\r\n`],
    ['NUL in a value', requestText('POST /', lines([['X-A', 'a\0b']]))],
    ['CR alone', `POST / HTTP/1.1\r\nHost: a\rX-A: 1\r\n\r\n`],
    ['two hosts', requestText('POST /', lines([['host', 'b']]))],
    ['no host', requestText('POST /', signed)],
    ['Connection that names a header', requestText('POST /', lines([['Connection', 'close, X-Signature']]))],
    ['Connection that names the guard’s own', requestText('POST /', lines([['Connection', 'countersign-verified']]))],
    ['a host in the target that is not the header’s', requestText('POST http://b/', lines([]))],
    ['a target that is no path', requestText('POST hooks', lines([]))],
    ['a fragment', requestText('POST /#x', lines([]))],
    ['raw bytes in the target', requestText('POST /caf\xe9', lines([]))],
    ['CONNECT', requestText('CONNECT a:443', lines([]))],
    [
      'chunks with a size that is none',
      requestText('POST /', lines([['Transfer-Encoding', 'chunked']]), '0x5\r\nhello\r\n0\r\n\r\n'),
    ],
    [
      'HTTP/1.0 with chunks',
      requestText('POST /', lines([['Transfer-Encoding', 'chunked']]), '0\r\n\r\n').replace('HTTP/1.1', 'HTTP/1.0'),
    ],
    [
      'an upgrade to HTTP/2',
      requestText(
        'GET /',
        lines([
          ['Connection', 'Upgrade'],
          ['Upgrade', 'h2c'],
        ]),
      ),
    ],
    [
      'a WebSocket with a body',
      requestText(
        'GET /',
        lines([
          ['Connection', 'Upgrade'],
          ['Upgrade', 'websocket'],
          ['Content-Length', '5'],
        ]),
        'hello',
      ),
    ],
    ['no HTTP', 'hello\r\n\r\n'],
  ])('ends in 400: %s', async (_, bytes) => {
    const { guard, app, log } = await start();
    const text = await exchange(guard.url, bytes, whole);
    expect(statusOf(text)).toBe(400);
    expect(text).toMatch(/\r\n\r\n[\w-]{36}$/);
    expect(app.received.join('')).toBe('');
    expect(log.at(-1)).toMatchObject({ event: 'refused', status: 400 });
  });

  it('also while observing', async () => {
    const { guard, app } = await start({ observe: true });
    const text = requestText(
      'POST /',
      lines([
        ['Content-Length', '0'],
        ['content-length', '5'],
      ]),
    );
    expect(statusOf(await exchange(guard.url, text))).toBe(400);
    expect(app.received).toEqual([]);
  });

  it('puts no second answer into the one that is on its way', async () => {
    const { guard } = await start({}, {}, (received, socket) => {
      if (whole(received)) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf');
    });
    const first = requestText('GET /', [['Host', 'a'], ...signedHeaders()]);
    const text = await exchange(guard.url, `${first}no HTTP\r\n\r\n`, () => false);
    expect(text).not.toContain('400');
  });

  it('hides no second request behind one that is refused', async () => {
    const { guard, app } = await start();
    const second = requestText('POST /second', [['Host', 'a'], ['Content-Length', '2'], ...signedHeaders('ok')], 'ok');
    const signedOnce = (path: string): string => requestText(`POST ${path}`, [['Host', 'a'], ...signedHeaders()]);
    const unsigned = requestText('POST /first', [
      ['Host', 'a'],
      ['Content-Length', String(second.length)],
    ]);
    const text = await exchange(guard.url, unsigned + second + signedOnce('/third'), (said) => said.includes('200 OK'));
    // The second is the body of the first, and was never a request.
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 401', 'HTTP/1.1 200']);
    expect(app.received.map((request) => request.split('\r\n', 1)[0])).toEqual(['POST /third HTTP/1.1']);
  });
});

describe('observing', () => {
  it('forwards what would be refused, without a word that it was verified, and logs why', async () => {
    const { app, log, post } = await start({ observe: true });
    expect((await post('{}', { key: 'another' })).status).toBe(200);
    expect((await post('{}')).status).toBe(200);
    expect(log.map(({ event, code }) => [event, code])).toEqual([
      ['observed', 'signature/mismatch'],
      ['accepted', undefined],
    ]);
    expect(app.received.join('').match(/countersign-verified/g)).toHaveLength(1);
  });
});

describe('several routes', () => {
  it('each verify by their own scheme and key, and the longest path that fits is meant', async () => {
    const second = await started();
    const other = { ...webhooks, id: 'other-webhooks' };
    const { guard, app, close } = await started({}, {});
    await guard.close();
    const { startGuard } = await import('../../src/guard/guard.ts');
    const { Secret } = await import('@countersign/core/secret');
    const routes = [
      { path: '/a', scheme: webhooks, credentials: credential, upstream: app.url },
      {
        path: '/a/b',
        scheme: other,
        credentials: { secret: new Secret('other key', 'utf8') },
        upstream: second.app.url,
      },
    ];
    const both = await startGuard({ routes, listen: { port: 0 }, limits: { drainSeconds: 0.2 } });
    const send = async (target: string, key: string): Promise<number> =>
      statusOf(await exchange(both.url, requestText(`POST ${target}`, [['Host', 'a'], ...signedHeaders('', { key })])));
    expect(await send('/a', secret)).toBe(200);
    expect(await send('/a/x?y', secret)).toBe(200);
    expect(await send('/a/b', 'other key')).toBe(200);
    expect(await send('/a/b/c', 'other key')).toBe(200);
    expect(await send('/a/b', secret)).toBe(401);
    expect(await send('/a/bc', secret)).toBe(200);
    expect(await send('/ab', secret)).toBe(404);
    expect(await send('/', secret)).toBe(404);
    // What an application could take for the path of another route.
    for (const target of ['/a/../b', '/a/x/%2e%2E/b', '/a//b', '/a/x%2fb', '/a/..;/b', '/a\\b', '/a/.']) {
      expect(await send(target, secret), target).toBe(400);
    }
    await both.close();
    await second.close();
    await close();
  });

  it.each([
    [[], /no route/],
    [[{ path: '/a' }, { path: '/a/' }], /two routes/],
    [[{ path: 'a' }], /path/],
    [[{ path: '/a/../b' }], /path/],
    [[{ upstream: 'http://127.0.0.1:1/path' }], /upstream/],
    [[{ upstream: 'ftp://127.0.0.1' }], /upstream/],
    [[{ credentials: [] }], /credentials/],
    [[{ publicUrl: 'nowhere' }], /publicUrl/],
  ])('that cannot be meant do not start: %j', async (routes, problem) => {
    const { startGuard } = await import('../../src/guard/guard.ts');
    const complete = routes.map((route) => ({
      scheme: webhooks,
      credentials: credential,
      upstream: 'http://127.0.0.1:1',
      ...route,
    }));
    await expect(startGuard({ routes: complete, listen: { port: 0 } })).rejects.toThrow(problem);
  });
});

describe('a prefix that a proxy in front cut off', () => {
  it('is put back for schemes that sign the path, and the target goes on as it came', async () => {
    const { defineScheme } = await import('@countersign/core/scheme');
    const { createHmac } = await import('node:crypto');
    const scheme = defineScheme({
      ...webhooks,
      id: 'signed-paths',
      parts: [
        ...webhooks.parts.slice(0, 2),
        { name: 'target', source: { from: 'target', form: 'as-sent' }, after: '\n' },
        webhooks.parts[2]!,
      ],
    });
    const { guard, app } = await start({ scheme, publicUrl: 'https://app.example.com/hooks' }, {}, answerWith(ok));
    const time = Math.floor(Date.now() / 1000);
    const signature = createHmac('sha256', secret).update(`7.${time}./hooks/x?y\n`).digest('hex');
    const lines: [string, string][] = [
      ['Host', 'internal'],
      ['X-Id', '7'],
      ['X-Time', String(time)],
      ['X-Signature', `v1=${signature}`],
    ];
    expect(statusOf(await exchange(guard.url, requestText('POST /x?y', lines)))).toBe(200);
    expect(app.received.join('')).toMatch(/^POST \/x\?y HTTP\/1.1\r\nHost: internal\r\n/);
  });
});
