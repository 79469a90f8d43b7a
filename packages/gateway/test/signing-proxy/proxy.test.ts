import { createHash, createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { startSigningProxy, type PassedRequest, type SigningProxyOptions } from '../../src/signing-proxy/proxy.ts';
import { answerWith, exchange, ok, rawServer, requestText, type RawServer } from '../guard/raw-server.ts';
import { credential, secret, webhooks } from '../guard/signed.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

const sinchSecret = 'JViE5vDor0Sw3WllZka15Q==';
const sinch = { keyId: 'my-application', secret: new Secret(sinchSecret, 'base64') };

interface Started {
  readonly url: string;
  readonly service: RawServer;
  readonly passed: PassedRequest[];
  /** Sends bytes, and gives back all of the answer. */
  send(line: string, headers?: readonly (readonly [string, string])[], body?: string): Promise<string>;
}

/** A proxy in front of a service that keeps what it gets. */
async function started(
  options: Partial<SigningProxyOptions> = {},
  respond: Parameters<typeof rawServer>[0] = answerWith(ok),
): Promise<Started> {
  const service = await rawServer(respond);
  open.push(service.close);
  const passed: PassedRequest[] = [];
  const proxy = await startSigningProxy({
    targets: [{ url: service.url, scheme: sinchApplication, credential: sinch }],
    listen: { port: 0 },
    onRequest: (one) => void passed.push(one),
    sleep: async () => undefined,
    ...options,
  });
  open.push(proxy.close);
  const { host } = new URL(proxy.url);
  return {
    url: proxy.url,
    service,
    passed,
    send: (line, headers = [], body = '') => exchange(proxy.url, requestText(line, [['Host', host], ...headers], body)),
  };
}

/** The Authorization header that Sinch's page describes, by hand, for what arrived as bytes. */
function expectedAuthorization(raw: string): string {
  const [head = '', body = ''] = raw.split(/\r\n\r\n(.*)/s);
  const [line = ''] = head.split('\r\n');
  const [method = '', target = ''] = line.split(' ');
  const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1] ?? '';
  const md5 = body === '' ? '' : createHash('md5').update(Buffer.from(body, 'latin1')).digest('base64');
  const text = [method, md5, header('content-type'), `x-timestamp:${header('x-timestamp')}`, target.split('?')[0]];
  const key = Buffer.from(sinchSecret, 'base64');
  return `application my-application:${createHmac('sha256', key).update(text.join('\n')).digest('base64')}`;
}

describe('the signing proxy', () => {
  it('signs the bytes that it sends, and changes nothing else of a request', async () => {
    const { send, service, passed } = await started();
    const answer = await send(
      'POST //a/../b%7e?x=1&x=2',
      [
        ['content-TYPE', 'application/json'],
        ['X-Twice', '1'],
        ['X-Twice', '2'],
        ['Authorization', 'Basic something=='],
        ['Content-Length', '9'],
      ],
      '{"a":"é"}'.slice(0, 9),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    const [raw = ''] = service.received;
    expect(raw).toMatch(
      /^POST \/\/a\/\.\.\/b%7e\?x=1&x=2 HTTP\/1\.1\r\nHost: 127\.0\.0\.1:\d+\r\ncontent-TYPE: application\/json\r\nX-Twice: 1\r\nX-Twice: 2\r\n/,
    );
    expect(raw).toContain(`Host: ${new URL(service.url).host}\r\n`);
    expect(/^authorization: (.*)$/im.exec(raw)?.[1]).toBe(expectedAuthorization(raw));
    expect(raw).not.toContain('Basic');
    expect(passed).toMatchObject([{ method: 'POST', path: '//a/../b%7e', status: 200, attempts: 1 }]);
  });

  it('hands on bytes in headers that are no text, and those that are', async () => {
    const { send, service } = await started();
    await send('GET /a', [
      ['X-Bytes', 'caf\xe9'],
      ['X-Text', 'caf\xc3\xa9'],
    ]);
    expect(service.received[0]).toContain('X-Bytes: caf\xe9\r\nX-Text: caf\xc3\xa9\r\n');
    expect(await send('GET /caf\xe9')).toMatch(/^HTTP\/1\.1 400/);
  });

  it('frames a body in chunks by its length, which is what was signed', async () => {
    const { send, service } = await started();
    await send('PUT /a', [['Transfer-Encoding', 'chunked']], '3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n');
    const [raw = ''] = service.received;
    expect(raw).toMatch(/\r\nContent-Length: 5\r\n[^]*\r\n\r\nabcde$/);
    expect(raw).not.toMatch(/transfer-encoding/i);
    expect(/^authorization: (.*)$/im.exec(raw)?.[1]).toBe(expectedAuthorization(raw));
  });

  it('adds a fresh nonce where the scheme has one, in place of the client’s', async () => {
    const targets = [{ url: '', scheme: webhooks, credential }];
    const service = await rawServer(answerWith(ok));
    open.push(service.close);
    const { send } = await started({ targets: targets.map((target) => ({ ...target, url: service.url })) });
    for (const _ of [1, 2])
      await send(
        'POST /hook',
        [
          ['X-Id', 'mine'],
          ['Content-Length', '2'],
        ],
        '{}',
      );
    const requests = service.received.join('').split(/(?=POST \/hook)/);
    expect(requests).toHaveLength(2);
    const ids = requests.map((raw) => {
      const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(raw)?.[1] ?? '';
      const id = header('x-id');
      const expected = createHmac('sha256', secret)
        .update(`${id}.${header('x-time')}.{}`)
        .digest('hex');
      expect(header('x-signature')).toBe(`v1=${expected}`);
      expect(raw.match(/^x-id:/gim)).toHaveLength(1);
      return id;
    });
    expect(new Set([...ids, 'mine']).size).toBe(3);
  });

  it('keeps connections, hands on HEAD without a body, and says 100 Continue before it takes one', async () => {
    const arrived: string[] = [];
    const service = await httpService((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        arrived.push(`${request.method} ${request.url} ${request.headers.expect} ${body}`);
        response.writeHead(200, { 'x-of-service': 'yes', 'content-length': 2 }).end('ok');
      });
    });
    const { url } = await started({ targets: [{ url: service, scheme: sinchApplication, credential: sinch }] });
    const { host, hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(`HEAD /a HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    const [first] = (await once(socket, 'data')) as [Buffer];
    expect(first.toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*x-of-service: yes\r\n[^]*\r\n\r\n$/);
    socket.write(`POST /b HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n`);
    const [second] = (await once(socket, 'data')) as [Buffer];
    expect(second.toString()).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    expect(arrived).toEqual(['HEAD /a undefined ']);
    socket.write('abc');
    await once(socket, 'data');
    socket.destroy();
    expect(arrived).toEqual(['HEAD /a undefined ', 'POST /b undefined abc']);
  });

  it('signs a large body by the hash of what it held in a file, and refuses one that is longer than it may be', async () => {
    const body = randomBytes(300_000);
    let arrived = Buffer.alloc(0);
    const service = await httpService((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        arrived = Buffer.concat(chunks);
        response.end(String(request.headers.authorization));
      });
    });
    const { url, passed } = await started({
      targets: [{ url: service, scheme: sinchApplication, credential: sinch }],
      limits: { bodyBytes: 400_000, spoolAboveBytes: 10_000 },
    });
    const answer = await fetch(`${url}/a`, { method: 'POST', body, headers: { 'content-type': 'x/y' } });
    expect(arrived.equals(body)).toBe(true);
    expect(await answer.text()).toMatch(/^application my-application:/);
    const tooLong = await fetch(`${url}/a`, { method: 'POST', body: Buffer.alloc(400_001) });
    expect([tooLong.status, await tooLong.text()]).toEqual([413, 'the body has more than 400000 bytes\n']);
    expect(passed.map(({ status }) => status)).toEqual([200, 413]);
  });

  it('tells who sends too much so, when all of it is sent', async () => {
    const { send, service } = await started({ limits: { bodyBytes: 1_000_000 } });
    for (let count = 0; count < 10; count++) {
      const answer = await send('POST /a', [['Content-Length', '3000000']], 'x'.repeat(3_000_000));
      expect(answer).toMatch(/^HTTP\/1\.1 413 [^]*the body has more than 1000000 bytes\n$/);
    }
    expect(service.received).toEqual([]);
  });

  it('asks the service one request of a connection at a time, however many are sent in a row', async () => {
    let answer: (() => void) | undefined;
    const { url, service } = await started({}, (_, socket) => {
      answer = () => void socket.write(ok);
    });
    const row = requestText('GET /a', [['Host', new URL(url).host]]);
    const answers = exchange(url, row.repeat(2), (text) => text.match(/HTTP\/1\.1 200/g)?.length === 2);
    for (const asked of [1, 2]) {
      await expect.poll(() => service.received.join('').match(/GET /g)?.length).toBe(asked);
      answer?.();
    }
    await answers;
  });

  it('finds the target by the first segment of the path, or by an absolute target, and goes nowhere else', async () => {
    const [one, two] = [await rawServer(answerWith(ok)), await rawServer(answerWith(ok))];
    open.push(one.close, two.close);
    const targets = [
      { name: 'one', url: one.url, scheme: sinchApplication, credential: sinch },
      { name: 'two', url: two.url, scheme: webhooks, credential },
    ];
    const { send, url } = await started({ targets });
    await send('GET /one/a?b=/two/');
    await send('GET /two');
    const { host } = new URL(two.url);
    expect(await exchange(url, requestText(`GET ${two.url}/c`, [['Host', host]]))).toMatch(/^HTTP\/1\.1 200/);
    expect(one.received.map((raw) => raw.split(' HTTP')[0])).toEqual(['GET /a?b=/two/']);
    expect(two.received.join('').match(/^GET \S+/gm)).toEqual(['GET /', 'GET /c']);
    for (const [line, at] of [
      ['GET /three/a', undefined],
      ['GET /', undefined],
      ['GET /%6fne/a', undefined],
      ['GET http://192.0.2.1/one/a', '192.0.2.1'],
      [`GET http://${host}.evil.test/`, `${host}.evil.test`],
    ] as const) {
      const answer = at === undefined ? await send(line) : await exchange(url, requestText(line, [['Host', at]]));
      expect(answer, line).toMatch(/^HTTP\/1\.1 403 [^]*this goes to none of the targets: \/one for 127/);
    }
    expect(await exchange(url, requestText(`GET ${two.url}/c`, [['Host', 'other.test']]))).toMatch(/^HTTP\/1\.1 400/);
    expect(await exchange(url, requestText('CONNECT 192.0.2.1:443', [['Host', '192.0.2.1:443']]))).toMatch(
      /^HTTP\/1\.1 405/,
    );
    expect(one.received.join('') + two.received.join('')).not.toMatch(/evil|192\.0/);
    expect([...one.received, ...two.received].join('').match(/^GET /gm)).toHaveLength(3);
  });

  it('does not guess which of two targets of one host an absolute target means, and says how each is asked for', async () => {
    const host = await rawServer(answerWith(ok));
    open.push(host.close);
    const targets = [
      { name: 'one', url: host.url, scheme: sinchApplication, credential: sinch },
      { name: 'two', url: host.url, scheme: webhooks, credential },
    ];
    const { send, url } = await started({ targets });
    const answer = await exchange(url, requestText(`GET ${host.url}/c`, [['Host', new URL(host.url).host]]));
    expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*several targets are at this host.*: ask for \/one\/ or \/two\//);
    expect(host.received).toEqual([]);
    expect(await send('GET /two/c')).toMatch(/^HTTP\/1\.1 200/);
  });

  it('is told at its start of targets that it cannot tell apart, or that are none', async () => {
    const target = { url: 'http://127.0.0.1:1', scheme: sinchApplication, credential: sinch };
    const start = (...targets: SigningProxyOptions['targets']): Promise<unknown> =>
      startSigningProxy({ targets, listen: { port: 0 } });
    await expect(start()).rejects.toThrow('there is no target');
    await expect(start(target, { ...target, name: 'b' })).rejects.toThrow('each needs a name');
    await expect(start({ ...target, name: 'a' }, { ...target, name: 'a' })).rejects.toThrow(
      'two targets are called "a"',
    );
    await expect(start({ ...target, name: 'a/b' })).rejects.toThrow('letters, digits');
    await expect(start({ ...target, url: 'http://127.0.0.1:1/v1' })).rejects.toThrow('scheme, host and port');
  });
});

describe('a web page', () => {
  it.each<[string, readonly (readonly [string, string])[], RegExp]>([
    ['of another origin', [['Origin', 'https://evil.test']], /Origin: \\?"https:\/\/evil\.test/],
    ['without an origin of its own', [['Origin', 'null']], /Origin/],
    ['at the proxy’s own address', [['Origin', 'http://127.0.0.1']], /Origin/],
    ['that loads a picture', [['Sec-Fetch-Site', 'cross-site']], /Sec-Fetch-Site: "cross-site"/],
    ['of a neighbouring port', [['Sec-Fetch-Site', 'same-site']], /same-site/],
    [
      'that says so twice',
      [
        ['Sec-Fetch-Site', 'none'],
        ['Sec-Fetch-Site', 'cross-site'],
      ],
      /cross-site/,
    ],
  ])('%s gets nothing signed', async (_, headers, why) => {
    const { send, service, passed } = await started();
    expect(await send('GET /a', headers)).toMatch(/^HTTP\/1\.1 403 /);
    expect(service.received).toEqual([]);
    expect(passed).toMatchObject([
      { status: 403, attempts: 0, to: undefined, note: expect.stringMatching(why) as string },
    ]);
  });

  it.each([
    'evil.test',
    'evil.test:7510',
    'localhost.evil.test',
    '127.0.0.1.evil.test',
    '192.168.0.1',
    '[fd00::1]',
    'a@localhost',
    '',
  ])('whose name %j was made to resolve to this machine gets nothing signed', async (host) => {
    const { url, service } = await started();
    expect(await exchange(url, requestText('GET /a', [['Host', host]]))).toMatch(/^HTTP\/1\.1 40[03] /);
    expect(service.received).toEqual([]);
  });

  it.each(['localhost:1', 'LOCALHOST', 'localhost.', 'a.localhost:80', '127.0.0.2', '[::1]:9', 'my-proxy:80'])(
    'is not meant by Host: %s, which is the proxy’s own',
    async (host) => {
      const { url } = await started({ names: ['my-proxy'] });
      expect(await exchange(url, requestText('GET /a', [['Host', host]]))).toMatch(/^HTTP\/1\.1 200 /);
    },
  );
});

describe('when the service', () => {
  it('refuses, the proxy says that the signature is right, and what else it may be', async () => {
    const now = new Date('2026-01-02T03:14:05Z');
    const date = 'Fri, 02 Jan 2026 03:04:05 GMT';
    const { send, passed } = await started(
      { now: () => now },
      answerWith(`HTTP/1.1 401 No\r\nDate: ${date}\r\nContent-Length: 4\r\n\r\nnope`),
    );
    const answer = await send('GET /a');
    expect(answer).toMatch(/^HTTP\/1\.1 401 No\r\n[^]*countersign-note: the signature is right [^]*\r\n\r\nnope$/);
    expect(passed[0]?.note).toMatch(/look at the resource.*the service's clock is 600 s behind this one/);
    expect(JSON.stringify(passed)).not.toContain(sinchSecret);
  });

  it('is not there, the proxy tries again, and says so', async () => {
    const gone = await rawServer(() => {});
    await gone.close();
    const { send, passed } = await started({
      targets: [{ url: gone.url, scheme: sinchApplication, credential: sinch }],
    });
    expect(await send('POST /a', [['Content-Length', '0']])).toMatch(
      /^HTTP\/1\.1 502 [^]*did not answer: connect ECONNREFUSED/,
    );
    expect(passed).toMatchObject([{ status: 502, attempts: 3 }]);
  });

  it('is busy, requests that may be sent twice are signed anew and sent again, as long as it asks; others are handed its answer', async () => {
    let count = 0;
    const busy = 'HTTP/1.1 503 Busy\r\nRetry-After: 3\r\nContent-Length: 0\r\n\r\n';
    const waits: number[] = [];
    let nowMs = Date.parse('2026-01-02T03:04:05Z');
    const clock = {
      now: () => new Date(nowMs),
      sleep: async (ms: number) => {
        waits.push(ms);
        nowMs += ms;
      },
    };
    const { send, service, passed } = await started(clock, (received, socket) => {
      if (received.endsWith('\r\n\r\n')) socket.write(++count % 2 === 1 ? busy : ok);
    });
    expect(await send('PUT /a', [['Content-Length', '0']])).toMatch(/^HTTP\/1\.1 200/);
    expect(waits).toEqual([3000]);
    const signatures = service.received.join('').match(/^authorization: .*$/gim) ?? [];
    expect(new Set(signatures).size).toBe(2);
    expect(await send('POST /a', [['Content-Length', '0']])).toMatch(/^HTTP\/1\.1 503/);
    expect(passed.map(({ attempts }) => attempts)).toEqual([2, 1]);
  });

  it.each<[string, string, RegExp]>([
    ['hangs up', '', /^HTTP\/1\.1 502 [^]*did not answer/],
    ['speaks no HTTP', 'SSH-2.0-OpenSSH\r\n', /^HTTP\/1\.1 502 [^]*did not answer/],
  ])('%s on a POST, it is not sent again', async (_, bytes, answer) => {
    const { send, service } = await started({}, (received, socket) => {
      if (received.endsWith('\r\n\r\n')) socket.end(bytes);
    });
    expect(await send('POST /a', [['Content-Length', '0']])).toMatch(answer);
    expect(service.received).toHaveLength(1);
  });

  it('breaks its answer off, the client’s is not whole either', async () => {
    const { send, passed } = await started({}, (received, socket) => {
      if (received.endsWith('\r\n\r\n')) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf');
    });
    const answer = await send('GET /a');
    expect(answer).toMatch(/\r\n\r\nhalf$/);
    expect(passed[0]?.note).toMatch(/the answer broke off/);
  });

  it('is silent, the proxy says so in time', async () => {
    const { send, service } = await started({ limits: { upstreamSeconds: 0.05, retries: 0 } }, () => {});
    expect(await send('GET /a')).toMatch(/^HTTP\/1\.1 504 [^]*silent for too long/);
    expect(service.received).toHaveLength(1);
  });
});

it('what cannot be signed, or is no request, is refused with the reason', async () => {
  const { send, url, service } = await started();
  expect(await send('GET /a', [['Content-Type', '']])).toMatch(/^HTTP\/1\.1 (?:200|400)/);
  expect(
    await send('GET /a', [
      ['Upgrade', 'websocket'],
      ['Connection', 'Upgrade'],
    ]),
  ).toMatch(/^HTTP\/1\.1 501/);
  expect(await exchange(url, 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/);
  const before = service.received.length;
  expect(
    await send(
      'POST /a',
      [
        ['Content-Length', '1'],
        ['Transfer-Encoding', 'chunked'],
      ],
      '1',
    ),
  ).toMatch(/^HTTP\/1\.1 400/);
  expect(service.received).toHaveLength(before);
});

it('a client that goes away within its body leaves nothing behind, and the next one is served', async () => {
  const { url, send, service } = await started();
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(`POST /a HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 10\r\n\r\nhalf`);
  await once(socket, 'ready');
  socket.destroy();
  expect(await send('GET /b')).toMatch(/^HTTP\/1\.1 200/);
  expect(service.received.join('')).not.toContain('POST /a');
});

async function httpService(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('an answer is handed on as it comes, not when it is whole', async () => {
  const service = await httpService((_, response) => void response.write('first'));
  const { url } = await started({ targets: [{ url: service, scheme: sinchApplication, credential: sinch }] });
  const request = httpRequest(`${url}/a`).end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const [chunk] = (await once(response, 'data')) as [Buffer];
  expect(chunk.toString()).toBe('first');
  request.destroy();
});

it('a redirect is handed on and not followed, wherever it leads', async () => {
  const elsewhere = await rawServer(answerWith(ok));
  open.push(elsewhere.close);
  const redirect = `HTTP/1.1 307 Temporary Redirect\r\nLocation: ${elsewhere.url}/taken\r\nContent-Length: 0\r\n\r\n`;
  const { send } = await started({}, answerWith(redirect));
  expect(await send('GET /a')).toMatch(/^HTTP\/1\.1 307 [^]*\r\nLocation: /);
  expect(elsewhere.received).toEqual([]);
});

it('what is no request, behind one that is being answered, ends up in no answer', async () => {
  let finish: (() => void) | undefined;
  const { url } = await started({}, (_, socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nbeg');
    finish = () => void socket.write('end');
  });
  const { host } = new URL(url);
  const text = await exchange(url, `${requestText('GET /a', [['Host', host]])}hello\r\n\r\n`, (got) => {
    if (got.endsWith('beg')) finish?.();
    return false;
  });
  expect(text).not.toMatch(/HTTP\/1\.1 400/);
});
