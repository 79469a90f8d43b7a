import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { genesysAudiohook } from '@countersign/core/schemes/genesys-audiohook';
import { Secret } from '@countersign/core/secret';
import { afterEach, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { startGuard, type RunningGuard } from '../../src/guard/guard.ts';
import type { LogEntry } from '../../src/log/log.ts';
import { memoryStore } from '../../src/stores/memory.ts';

// AudioHook signs its handshake by HTTP Message Signatures; here with node:crypto alone.

const keyId = 'SGVsbG8sIEkgYW0gdGhlIEFQSSBrZXkh';
const secret = 'TXlTdXBlclNlY3JldEtleVRlbGxOby0xITJAMyM0JDU=';
const log: LogEntry[] = [];
let app: Server;
let guard: RunningGuard;

afterEach(async () => {
  await guard.close();
  app.closeAllConnections();
  app.close();
});

function handshake(
  authority: string,
  change: { readonly session?: string; readonly key?: string } = {},
): Record<string, string> {
  const headers = {
    'audiohook-organization-id': 'd7934305-0972-4844-938e-9060eef73d05',
    'audiohook-session-id': '30b0e395-84d3-4570-ac13-9a62d8f514c0',
    'audiohook-correlation-id': 'e160e428-53e2-487c-977d-96989bf5c99d',
    'x-api-key': keyId,
  };
  const lines = [
    '"@request-target": /voice',
    `"@authority": ${authority}`,
    ...Object.entries(headers).map(([name, value]) => `"${name}": ${value}`),
  ];
  const created = Math.floor(Date.now() / 1000);
  const parameters = `(${lines.map((line) => line.split(':', 1)[0]).join(' ')});keyid="${keyId}";nonce="${randomBytes(18).toString('base64')}";alg="hmac-sha256";created=${created};expires=${created + 30}`;
  const base = [...lines, `"@signature-params": ${parameters}`].join('\n');
  const signature = createHmac('sha256', Buffer.from(change.key ?? secret, 'base64'))
    .update(base)
    .digest('base64');
  return {
    ...headers,
    ...(change.session !== undefined && { 'audiohook-session-id': change.session }),
    'signature-input': `sig1=${parameters}`,
    signature: `sig1=:${signature}:`,
  };
}

it('lets a signed handshake of a voice stream through once, and no other', async () => {
  app = createServer((_, response) => response.writeHead(426).end());
  new WebSocketServer({ server: app }).on('connection', (socket) => socket.on('message', (data) => socket.send(data)));
  await once(app.listen(0, '127.0.0.1'), 'listening');
  guard = await startGuard({
    routes: [
      {
        scheme: genesysAudiohook,
        credentials: { keyId, secret: new Secret(secret, 'base64') },
        upstream: `http://127.0.0.1:${(app.address() as AddressInfo).port}`,
        replay: { store: memoryStore() },
      },
    ],
    listen: { port: 0 },
    limits: { drainSeconds: 0.2 },
    log: (entry) => void log.push(entry),
  });
  const { host } = new URL(guard.url);
  const dial = (headers: Record<string, string>): WebSocket => new WebSocket(`ws://${host}/voice`, { headers });
  const statusOf = async (headers: Record<string, string>): Promise<number> => {
    const socket = dial(headers);
    socket.on('error', () => undefined);
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    return response.statusCode;
  };

  const right = handshake(host);
  const socket = dial(right);
  await once(socket, 'open');
  socket.send('hello');
  const [data] = (await once(socket, 'message')) as [Buffer];
  expect(data.toString()).toBe('hello');
  socket.close();

  expect(await statusOf(right)).toBe(403);
  expect(await statusOf({})).toBe(401);
  expect(await statusOf(handshake(host, { session: 'another' }))).toBe(401);
  expect(await statusOf(handshake(host, { key: 'bm9ib2R5' }))).toBe(401);
  expect(await statusOf(handshake('other.example.com'))).toBe(401);
  expect(JSON.stringify(log)).not.toContain(secret);
});
