import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { memoryStore } from '../../src/stores/memory.ts';
import { answerWith, exchange, hasBody, ok, requestText } from './raw-server.ts';
import { secret, signedHeaders } from './signed.ts';
import { started, statusOf, type Started } from './started.ts';

let running: Started | undefined;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await running?.close();
  running = undefined;
});
const start = async (...options: Parameters<typeof started>): Promise<Started> => (running = await started(...options));

type Lines = [string, string][];
const host: Lines = [['Host', 'a']];
const chunked: Lines = [...host, ['Transfer-Encoding', 'chunked']];

/** Opens a connection that stays. */
async function opened(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Also by a reset. */
const ended = (socket: Socket): Promise<unknown> => new Promise((resolve) => void socket.once('close', resolve));

describe('a rightly signed request that an application could read in another way', () => {
  it.each<[string, Lines]>([
    ['an underscore for a hyphen of a signed header', [['X_Id', 'forged']]],
    ['a dot', [['x.id', 'forged']]],
    ['an underscore in the date', [['X_Time', '1']]],
    ['an underscore in the signature', [['X_SIGNATURE', 'v1=00']]],
  ])('has %s beside the right one: refused, and not claimed', async (_, more) => {
    const { guard, app, log } = await start({ replay: { store: memoryStore() } });
    const signed = [...host, ...signedHeaders('')];
    expect(statusOf(await exchange(guard.url, requestText('POST /x', [...signed, ...more])))).toBe(400);
    expect(log.at(-1)).toMatchObject({ event: 'refused', code: 'framing/ambiguous' });
    expect(app.received).toEqual([]);
    // The sender's own request is still fresh.
    expect(statusOf(await exchange(guard.url, requestText('POST /x', signed)))).toBe(200);
  });

  it('has other headers with underscores: those are handed on', async () => {
    const { guard, app } = await start();
    const lines: Lines = [...host, ['X_Ids', '1'], ['Request_Id', '2'], ...signedHeaders('')];
    expect(statusOf(await exchange(guard.url, requestText('POST /x', lines)))).toBe(200);
    expect(app.received.join('')).toContain('X_Ids: 1\r\nRequest_Id: 2\r\n');
  });

  it.each([
    'X-Id',
    'x_id',
    'X-Signature',
    'Content-Type',
    'Content-Length',
    'Transfer-Encoding',
    'Authorization',
    'Host',
  ])('has a trailer %s', async (name) => {
    const { guard, app } = await start();
    const text = requestText(
      'POST /x',
      [...chunked, ...signedHeaders('hello')],
      `5\r\nhello\r\n0\r\n${name}: 1\r\n\r\n`,
    );
    expect(statusOf(await exchange(guard.url, text))).toBe(400);
    expect(app.received.join('')).toBe('');
  });

  it.each<[string, string]>([
    ['ends its lines with LF alone', `POST /x HTTP/1.1\nHost: a\n\n`],
    ['ends one line with LF alone', `POST /x HTTP/1.1\r\nHost: a\nX-A: 1\r\n\r\n`],
    ['has a chunk that is longer than it says', requestText('POST /x', chunked, '5\r\nhelloX\r\n0\r\n\r\n')],
    ['has a blank in front of the length of a chunk', requestText('POST /x', chunked, ' 5\r\nhello\r\n0\r\n\r\n')],
    ['has a chunk of negative length', requestText('POST /x', chunked, '-5\r\nhello\r\n0\r\n\r\n')],
    ['has a chunk of endless length', requestText('POST /x', chunked, 'fffffffffffffffff\r\n')],
    [
      'has LF within what stands behind the length of a chunk',
      requestText('POST /x', chunked, '5;a\nb\r\nhello\r\n0\r\n\r\n'),
    ],
    ['ends the length of a chunk with LF alone', requestText('POST /x', chunked, '5\nhello\r\n0\r\n\r\n')],
    ['ends a chunk with LF alone', requestText('POST /x', chunked, '5\r\nhello\n0\r\n\r\n')],
    [
      'says chunked behind a tab',
      requestText('POST /x', [...host, ['Transfer-Encoding', '\tchunked\t,']], '0\r\n\r\n'),
    ],
    [
      'says chunked twice in one line',
      requestText('POST /x', [...host, ['Transfer-Encoding', 'chunked, chunked']], '0\r\n\r\n'),
    ],
    [
      'says chunked under a name with a blank',
      requestText('POST /x', [...host, ['Transfer-Encoding ', 'chunked']], '0\r\n\r\n'),
    ],
    ['begins with a line that is no request', `\x00POST /x HTTP/1.1\r\nHost: a\r\n\r\n`],
    ['has two versions', `POST /x HTTP/1.1 HTTP/1.0\r\nHost: a\r\n\r\n`],
    ['has a name without a colon', `POST /x HTTP/1.1\r\nHost: a\r\nX-A\r\n\r\n`],
    ['has a blank line of a header', `POST /x HTTP/1.1\r\nHost: a\r\n: 1\r\n\r\n`],
    ['has a header line of 100 kB', requestText('POST /x', [...host, ['X-A', 'a'.repeat(100_000)]])],
    ['has a target of 100 kB', requestText(`POST /${'a'.repeat(100_000)}`, host)],
    [
      'has 100,000 headers',
      requestText('POST /x', [...host, ...Array.from({ length: 20_000 }, (): [string, string] => ['a', ''])]),
    ],
    [
      'has 100 kB behind the length of a chunk',
      requestText('POST /x', chunked, `5;${'a'.repeat(100_000)}\r\nhello\r\n0\r\n\r\n`),
    ],
    ['is an absolute target with a user', requestText('POST http://a@b/', host)],
    ['is an absolute target of another scheme', requestText('POST ftp://a/', host)],
  ])('%s: nothing of it arrives', async (_, text) => {
    const { guard, app } = await start();
    const lines = signedHeaders('hello').map((pair) => `${pair.join(': ')}\r\n`);
    const signed = text.replace('Host: a\r\n', `Host: a\r\n${lines.join('')}`);
    expect([400, 404, 413, 431]).toContain(statusOf(await exchange(guard.url, signed)));
    expect(app.received.join('')).toBe('');
  });

  it('has words behind the length of a chunk: the body arrives without them', async () => {
    const { guard, app } = await start();
    const text = requestText('POST /x', [...chunked, ...signedHeaders('hello')], '5;a=b\r\nhello\r\n0;c\r\n\r\n');
    expect(statusOf(await exchange(guard.url, text))).toBe(200);
    expect(app.received.join('')).toContain('\r\n\r\n5\r\nhello\r\n0\r\n\r\n');
  });
});

describe('requests in a row on one connection', () => {
  it('are each judged by themselves, and answered in their order', async () => {
    const { guard, app } = await start();
    const signed = (path: string): string => requestText(`GET ${path}`, [...host, ...signedHeaders()]);
    const row = [signed('/1'), requestText('GET /forged', host), signed('/2'), signed('/3')].join('');
    const text = await exchange(guard.url, row, (got) => (got.match(/HTTP\/1\.1/g) ?? []).length === 4);
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 401', 'HTTP/1.1 200', 'HTTP/1.1 200']);
    expect(
      app.received
        .join('')
        .match(/GET \S+/g)
        ?.toSorted(),
    ).toEqual(['GET /1', 'GET /2', 'GET /3']);
  });
});

describe('a client that does not wait for answers', () => {
  const signed = (path: string): string => requestText(`GET ${path}`, [...host, ...signedHeaders()]);

  it('asks the application one request at a time', async () => {
    let answer: (() => void) | undefined;
    const { guard, app } = await start({}, {}, (_, socket) => {
      answer = () => void socket.write(ok);
    });
    const socket = await opened(guard.url);
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.write([1, 2, 3].map((at) => signed(`/${at}`)).join(''));
    for (const at of [1, 2, 3]) {
      await expect.poll(() => app.received.join('').match(/GET \S+/g)?.length).toBe(at);
      answer?.();
      await expect.poll(() => text.match(/HTTP\/1\.1 200/g)?.length).toBe(at);
    }
    expect(app.received.join('').match(/GET \S+/g)).toEqual(['GET /1', 'GET /2', 'GET /3']);
  });

  it('and sends a hundred more is cut off, and others are served', async () => {
    const { guard, app, log, post } = await start({}, {}, (received, socket) => {
      if (received.startsWith('POST')) answerWith(ok)(received, socket);
    });
    const socket = await opened(guard.url);
    socket.write(signed('/held'));
    await expect.poll(() => app.received).toHaveLength(1);
    socket.write(signed('/').repeat(1000));
    await ended(socket);
    expect(log.filter(({ code }) => code === 'framing/crowded')).toHaveLength(1);
    expect(app.received).toHaveLength(1);
    expect((await post()).status).toBe(200);
  });

  it('opens no WebSocket behind a request that is being answered', async () => {
    const { guard, app } = await start({}, {}, () => undefined);
    const socket = await opened(guard.url);
    const upgrade: Lines = [...host, ['Connection', 'Upgrade'], ['Upgrade', 'websocket'], ...signedHeaders()];
    socket.write(signed('/held') + requestText('GET /socket', upgrade));
    await ended(socket);
    expect(app.received.join('')).not.toContain('/socket');
  });
});

describe('many senders of long bodies', () => {
  it('fill no disk: beyond the room for files they are told to come again, and what ends gives its room back', async () => {
    const limits = { spoolAboveBytes: 1000, spoolBytes: 250_000 };
    const { guard, log, post } = await start({}, { limits });
    // Each begins a body, as anybody can who knows what a signature looks like, and does not end it.
    const begun = requestText(
      'POST /x',
      [...host, ['Content-Length', '200000'], ...signedHeaders('')],
      'x'.repeat(100_000),
    );
    const long = (): Promise<number> => post('y'.repeat(100_000)).then(({ status }) => status);
    await expect
      .poll(async () => {
        // Some of them find no room themselves, and give back what they had.
        (await opened(guard.url)).write(begun);
        return long();
      })
      .toBe(503);
    expect(log).toContainEqual(expect.objectContaining({ code: 'body/no-room', status: 503 }));
    // Who sends little is served.
    expect((await post('{}')).status).toBe(200);
    for (const socket of sockets.splice(0)) socket.destroy();
    await expect.poll(long).toBe(200);
    // A body that was forwarded gives its room back as well.
    for (let count = 0; count < 5; count++) expect((await post('y'.repeat(200_000))).status).toBe(200);
  });
});

describe('a sender of a long body that is refused by its head', () => {
  it.each<[string, Lines, number]>([
    ['nothing is signed', [], 401],
    ['it is longer than it may be', signedHeaders(''), 413],
  ])('finds the answer when it has sent all of it: %s', async (_, lines, status) => {
    const { guard, app } = await start({}, { limits: { bodyBytes: 1_000_000 } });
    const head: Lines = [...host, ['Content-Length', '3000000'], ...lines];
    for (let count = 0; count < 10; count++) {
      const text = await exchange(guard.url, requestText('POST /x', head, 'x'.repeat(3_000_000)));
      expect(statusOf(text)).toBe(status);
      expect(text).toMatch(/^connection: close\r$/im);
    }
    expect(app.received).toEqual([]);
  });
});

describe('a slow client', () => {
  it('that does not end its request is told so', async () => {
    const { guard } = await start({}, { limits: { requestSeconds: 0.1 } });
    const socket = await opened(guard.url);
    socket.write('POST /x HTTP/1.1\r\nHost: a\r\n');
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    await once(socket, 'close');
    expect(statusOf(text)).toBe(408);
  });

  it('that takes nothing of its answer is not waited for, and the application’s is read to its end', async () => {
    const body = 'x'.repeat(8_000_000);
    // Time passes by turns of the event loop: however slow the machine, what is on its way comes in a few of them.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const limits = { upstreamSeconds: 30, requestSeconds: 30 };
    const { guard, log } = await start({}, { limits }, (received, socket) => {
      if (hasBody(received)) socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    });
    const socket = await opened(guard.url);
    socket.pause();
    socket.write(requestText('GET /', [...host, ...signedHeaders()]));
    while (log.length === 0) {
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => void setImmediate(resolve));
      await vi.advanceTimersByTimeAsync(100);
    }
    vi.useRealTimers();
    expect(log).toEqual([expect.objectContaining({ event: 'accepted', status: 200 })]);
    expect((await fetch(guard.url)).status).toBe(401);
  });
});

it('what a sender calls the guard’s own header never arrives, however it is spelled', async () => {
  const { guard, app } = await start();
  const names = [
    'Countersign-Verified',
    'COUNTERSIGN_VERIFIED',
    'countersign.verified',
    'countersign~verified',
    'Countersign-verified',
  ];
  const id = randomUUID();
  const time = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', secret).update(`${id}.${time}.`).digest('hex');
  const lines: Lines = [...names.map((name): [string, string] => [name, 'forged']), ['X-Id', id], ['X-Time', time]];
  const text = await exchange(guard.url, requestText('GET /', [...host, ...lines, ['X-Signature', `v1=${signature}`]]));
  expect(text).toContain(ok.slice(0, 15));
  expect(app.received.join('')).not.toContain('forged');
});
