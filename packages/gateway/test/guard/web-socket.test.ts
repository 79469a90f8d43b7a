import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { startGuard, type RunningGuard } from '../../src/guard/guard.ts';
import type { LogEntry } from '../../src/log/log.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { exchange, requestText } from './raw-server.ts';
import { credential, signedHeaders, webhooks } from './signed.ts';
import { statusOf } from './started.ts';

const log: LogEntry[] = [];
const seen: (string | undefined)[] = [];
let app: Server;
let guard: RunningGuard;
afterEach(async () => {
  await guard.close();
  app.closeAllConnections();
  app.close();
});

async function start(accepts = true): Promise<void> {
  log.length = seen.length = 0;
  app = createServer((_, response) => response.writeHead(426).end('no'));
  if (accepts) {
    const sockets = new WebSocketServer({ server: app });
    sockets.on('connection', (socket, request) => {
      seen.push(request.headers['countersign-verified'] as string | undefined);
      socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    });
  }
  await once(app.listen(0, '127.0.0.1'), 'listening');
  guard = await startGuard({
    routes: [
      {
        scheme: webhooks,
        credentials: credential,
        upstream: `http://127.0.0.1:${(app.address() as AddressInfo).port}`,
        replay: { store: memoryStore() },
      },
    ],
    listen: { port: 0 },
    limits: { drainSeconds: 0.2 },
    log: (entry) => void log.push(entry),
  });
}

const dial = (headers: readonly (readonly [string, string])[]): WebSocket =>
  new WebSocket(guard.url.replace('http', 'ws'), { headers: Object.fromEntries(headers) });

describe('a WebSocket through the guard', () => {
  it('opens with a signed handshake, and carries messages both ways', async () => {
    await start();
    const socket = dial(signedHeaders());
    await once(socket, 'open');
    for (const message of ['hello', 'x'.repeat(100_000)]) {
      socket.send(message);
      const [data] = (await once(socket, 'message')) as [Buffer];
      expect(data.toString()).toBe(message);
    }
    socket.close();
    await once(socket, 'close');
    expect(seen).toEqual([expect.stringContaining('replay="fresh"')]);
    expect(log).toEqual([expect.objectContaining({ event: 'accepted', status: 101 })]);
  });

  it('does not open with an unsigned, a forged or a repeated one', async () => {
    await start();
    const right = signedHeaders();
    const first = dial(right);
    await once(first, 'open');
    for (const [headers, status] of [
      [[], 401],
      [signedHeaders('', { key: 'another' }), 401],
      [right, 403],
    ] as const) {
      const socket = dial(headers);
      socket.on('error', () => undefined);
      const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
      expect(response.statusCode).toBe(status);
    }
    expect(seen).toHaveLength(1);
    first.close();
    await once(first, 'close');
  });

  it('that the application does not want has its answer, and nothing that stands behind the handshake reaches it', async () => {
    await start(false);
    const lines: [string, string][] = [
      ['Host', 'a'],
      ['Connection', 'Upgrade'],
      ['Upgrade', 'websocket'],
      ['Sec-WebSocket-Version', '13'],
      ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
      ...signedHeaders(),
    ];
    let requests = 0;
    app.on('request', () => requests++);
    const behind = requestText('POST /smuggled', [['Host', 'a']]);
    const text = await exchange(guard.url, requestText('GET /', lines) + behind, () => false);
    expect(statusOf(text)).toBe(426);
    expect(text.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(requests).toBe(1);
  });

  it('whose client went away before the application took it leaves no connection to the application', async () => {
    await start(false);
    const taken = new Promise<import('node:stream').Duplex>((resolve) => {
      app.on('upgrade', (_, socket) => resolve(socket));
    });
    const socket = dial(signedHeaders());
    socket.on('error', () => undefined);
    const upstream = await taken;
    const ended = once(upstream.resume(), 'end');
    socket.terminate();
    upstream.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await ended;
  });

  it('keeps the guard from ending no longer than its time to drain', async () => {
    await start();
    const socket = dial(signedHeaders());
    await once(socket, 'open');
    const closed = once(socket, 'close');
    await guard.close();
    await closed;
  });
});
