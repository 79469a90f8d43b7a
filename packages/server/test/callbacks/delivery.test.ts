import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import type { CallbackRequest } from '../../src/contract/delivery-policy.ts';
import { Courier } from '../../src/callbacks/delivery.ts';
import { developmentCertificate } from '../../src/tls/development-certificate.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

function courierOf(): Courier {
  const courier = new Courier();
  ends.push(() => courier.close());
  return courier;
}

async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  ends.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** Receives bytes as they come; `answer` gets each request whole, and writes whatever it likes. */
async function receiveBytes(answer: (socket: Socket, nth: number) => void, host?: string) {
  const requests: string[] = [];
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    let received = '';
    ends.push(() => socket.destroy());
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      // Whoever has ended a connection lets what comes after go by.
      if (!socket.writable) return;
      received += bytes.toString('latin1');
      const length = Number(/^content-length: (\d+)/im.exec(received)?.[1]);
      if (received.length < received.indexOf('\r\n\r\n') + 4 + length) return;
      requests.push(received);
      received = '';
      answer(socket, requests.length);
    });
  });
  return { port: await listen(server, host), requests, connections: () => connections };
}

function callbackTo(url: string | number, fields: Partial<CallbackRequest> = {}): CallbackRequest {
  const address = typeof url === 'string' ? url : `http://127.0.0.1:${url}/`;
  return { method: 'POST', url: address, headers: [], body: Buffer.from('{}'), ...fields };
}

function bodyOf(request: string): string {
  return request.slice(request.indexOf('\r\n\r\n') + 4);
}

/** Numbers from 0 to 1, the same ones each time (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** After so many turns of the event loop. */
function afterTurns(turns: number, then: (value?: unknown) => void): void {
  if (turns === 0) then();
  else setImmediate(() => afterTurns(turns - 1, then));
}

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const okAndClosed = 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok';
const okAndKept = 'HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok';

describe('the request', () => {
  test('is written with the headers as they are given, in their case and order, and asks for no content coding', async () => {
    const { port, requests } = await receiveBytes((socket) => socket.write(ok));
    await courierOf().deliver(
      callbackTo(`http://localhost:${port}/a/%7Eb?c=d%20e#f`, {
        headers: [
          ['x-B', '1'],
          ['X-a', 'zwei  "=ü'],
          ['x-B', '2'],
        ],
        body: Buffer.from('{"ü":1}'),
      }),
      5000,
    );
    expect(requests).toEqual([
      `POST /a/%7Eb?c=d%20e HTTP/1.1\r\nHost: localhost:${port}\r\nx-B: 1\r\nX-a: zwei  "=ü\r\nx-B: 2\r\n` +
        `Content-Length: 8\r\nConnection: keep-alive\r\n\r\n${Buffer.from('{"ü":1}').toString('latin1')}`,
    ]);
  });

  const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));
  test.skipIf(!hasIpv6)('goes to an address of IPv6, which its Host names in brackets', async () => {
    const { port, requests } = await receiveBytes((socket) => socket.write(ok), '::1');
    expect(await courierOf().deliver(callbackTo(`http://[::1]:${port}/`), 5000)).toMatchObject({ status: 200 });
    expect(requests[0]).toContain(`\r\nHost: [::1]:${port}\r\n`);
  });

  test('that HTTP cannot carry is a failure, and nothing is sent', async () => {
    const { port, connections } = await receiveBytes((socket) => socket.write(ok));
    const callback = callbackTo(port, { headers: [['X-Name', 'a\r\nX-Other: b']] });
    expect(await courierOf().deliver(callback, 5000)).toEqual({
      failure: 'network',
      detail: 'Invalid character in header content ["X-Name"]',
    });
    expect(connections()).toBe(0);
  });
});

describe('the answer', () => {
  test.each([
    ['chunked', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na\xc3\xbc\r\n1\r\nb\r\n0\r\n\r\n', 'aüb'],
    ['that ends with the connection', 'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nbye', 'bye'],
    ['of HTTP/1.0', 'HTTP/1.0 200 OK\r\n\r\nold', 'old'],
    ['after one that is preliminary', `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${ok}`, 'ok'],
    ['with a byte order mark', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n\xef\xbb\xbf{}', '{}'],
    ['without a body', 'HTTP/1.1 204 No Content\r\n\r\n', ''],
  ])('%s is read to its end', async (_title, bytes, body) => {
    const { port } = await receiveBytes((socket) => {
      socket.write(bytes, 'latin1');
      if (body === 'bye' || body === 'old') socket.end();
    });
    const outcome = await courierOf().deliver(callbackTo(port), 5000);
    expect(outcome).toMatchObject({ status: body === '' ? 204 : 200, body });
  });

  test.each([
    ['a length that counts characters where bytes count', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"}'],
    ['more than an answer that ends the connection', `${okAndClosed}more`],
    ['a second answer', `${ok}${ok}`],
  ])('with %s counts as far as it goes', async (_title, bytes) => {
    const { port, requests } = await receiveBytes((socket) => socket.write(bytes));
    expect(await courierOf().deliver(callbackTo(port), 5000)).toMatchObject({ status: 200, body: 'ok' });
    expect(requests).toHaveLength(1);
  });

  test('keeps each header line of its own, names in lower case', async () => {
    const { port } = await receiveBytes((socket) =>
      socket.write('HTTP/1.1 202 Accepted\r\nX-Two: 2\r\nSet-Cookie: a=1\r\nx-two: 1\r\nContent-Length: 0\r\n\r\n'),
    );
    expect(await courierOf().deliver(callbackTo(port), 5000)).toEqual({
      status: 202,
      headers: [
        ['x-two', '2'],
        ['set-cookie', 'a=1'],
        ['x-two', '1'],
        ['content-length', '0'],
      ],
      body: '',
    });
  });

  test.each([
    [
      'is cut off',
      'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf',
      'the connection was closed in the middle of the answer',
    ],
    ['does not come', '', 'socket hang up'],
    ['is not HTTP', 'hello', expect.stringMatching(/^Parse Error/)],
    [
      'wants another protocol',
      'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n',
      'the receiver answered with 101 Switching Protocols',
    ],
  ])('that %s is a failure of the network', async (_title, bytes, detail) => {
    const { port, requests } = await receiveBytes((socket) => socket.end(bytes));
    expect(await courierOf().deliver(callbackTo(port), 5000)).toEqual({ failure: 'network', detail });
    expect(requests).toHaveLength(1);
  });
});

describe('connections', () => {
  test('are kept for the callbacks that follow', async () => {
    const { port, requests, connections } = await receiveBytes((socket) => socket.write(ok));
    const courier = courierOf();
    for (let n = 0; n < 3; n += 1) await courier.deliver(callbackTo(port), 5000);
    expect([requests.length, connections()]).toEqual([3, 1]);
  });

  test('that a receiver closes after each answer, saying nothing, lose no callback and send none twice', async () => {
    const { port, requests } = await receiveBytes((socket) => socket.end(ok));
    const courier = courierOf();
    const bodies = Array.from({ length: 20 }, (_, n) => `{"n":${n}}`);
    for (const body of bodies) {
      const outcome = await courier.deliver(callbackTo(port, { body: Buffer.from(body) }), 5000);
      expect(outcome).toMatchObject({ status: 200 });
    }
    expect(requests.map(bodyOf)).toEqual(bodies);
  });

  test('that a receiver closes whenever it likes, saying nothing, lose no callback and send none twice', async () => {
    const random = randomNumbers(20260726);
    const { port, requests, connections } = await receiveBytes((socket) => {
      socket.write(ok);
      // Some before the next callback, some after it left, some after it arrived: its bytes are thrown away unread.
      const close = random() < 0.5 ? () => socket.end() : () => socket.destroy();
      const turns = Math.floor(random() * 8);
      if (random() < 0.8) afterTurns(turns, close);
    });
    const courier = courierOf();
    const sent = Array.from({ length: 400 }, (_, n) => `{"n":${n}}`);
    const lanes = Array.from({ length: 4 }, async (_, lane) => {
      for (const body of sent.filter((_body, n) => n % 4 === lane)) {
        const outcome = await courier.deliver(callbackTo(port, { body: Buffer.from(body) }), 5000);
        expect(outcome).toMatchObject({ status: 200 });
        await new Promise((resolve) => afterTurns(Math.floor(random() * 4), resolve));
      }
    });
    await Promise.all(lanes);
    expect(requests.map(bodyOf).toSorted()).toEqual(sent.toSorted());
    expect(connections()).toBeGreaterThan(100);
  });

  test('that break in the middle of an answer fail the callback, which is not sent again', async () => {
    const { port, requests } = await receiveBytes((socket, nth) => {
      if (nth === 1) socket.write(ok);
      else
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf', () =>
          afterTurns(8, () => socket.resetAndDestroy()),
        );
    });
    const courier = courierOf();
    expect(await courier.deliver(callbackTo(port), 5000)).toMatchObject({ status: 200 });
    expect(await courier.deliver(callbackTo(port), 5000)).toMatchObject({ failure: 'network' });
    expect(requests).toHaveLength(2);
  });

  test('that a receiver breaks off after it said that it keeps them fail the callback, which is not sent again', async () => {
    const { port, requests, connections } = await receiveBytes((socket, nth) => {
      if (nth === 1) socket.write(okAndKept);
      else socket.destroy();
    });
    const courier = courierOf();
    expect(await courier.deliver(callbackTo(port), 5000)).toMatchObject({ status: 200 });
    expect(await courier.deliver(callbackTo(port), 5000)).toEqual({ failure: 'network', detail: 'socket hang up' });
    expect([requests.length, connections()]).toEqual([2, 1]);
  });

  test('are closed with the courier, after which nothing is sent', async () => {
    let received = (): void => {};
    const arrived = new Promise<void>((resolve) => (received = resolve));
    const { port, connections } = await receiveBytes(() => received());
    const courier = courierOf();
    const waiting = courier.deliver(callbackTo(port), 5000);
    await arrived;
    courier.close();
    expect(await waiting).toMatchObject({ failure: 'closed' });
    expect(await courier.deliver(callbackTo(port), 5000)).toMatchObject({ failure: 'closed' });
    expect(connections()).toBe(1);
  });

  test('by https go to receivers whose certificate is trusted, also by NODE_EXTRA_CA_CERTS, and to no others', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'countersign-courier-'));
    ends.push(() => rm(folder, { recursive: true }));
    const { cert, key, authorityFile } = await developmentCertificate(folder, [], new Date());
    const receiver = createHttps({ cert, key }, (request, response) =>
      request.resume().on('end', () => response.end('hi')),
    );
    const url = `https://localhost:${await listen(receiver)}/`;
    expect(await courierOf().deliver(callbackTo(url), 5000)).toMatchObject({ failure: 'tls' });

    const { stdout } = await promisify(execFile)(
      process.execPath,
      [fileURLToPath(new URL('delivery/post.mjs', import.meta.url)), url],
      { env: { ...process.env, NODE_EXTRA_CA_CERTS: authorityFile } },
    );
    expect(JSON.parse(stdout)).toMatchObject({ status: 200, body: 'hi' });
  });
});
