import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { acsBounds } from '../../../src/providers/acs/protocol/bounds.ts';
import { OutboundGuard } from '../../../src/outbound/outbound-guard.ts';
import { openStream } from '../../../src/providers/acs/streaming/stream-socket.ts';

/** What the buffers of the operating system take, on both sides; they are not the server's. */
const buffersBytes = 10_000_000;

test('an application that never reads its stream leaves no more unsent than a stream may, and hears so', async () => {
  const application = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  const accepted = once(application, 'connection') as Promise<[WebSocket]>;
  await once(application, 'listening');
  const { port } = application.address() as AddressInfo;
  const listeners = { message: () => {}, lost: () => {} };
  const socket = await openStream(`ws://127.0.0.1:${port}`, {}, listeners, new OutboundGuard());
  const [deaf] = await accepted;
  deaf.pause();
  let sent = 0;
  while (sent < 250 && socket.send({ data: 'x'.repeat(100_000) })) sent += 1;
  expect(sent * 100_000).toBeLessThanOrEqual(acsBounds['stream-sockets'].bytes + buffersBytes);
  expect(sent).toBeGreaterThan(5);
  deaf.terminate();
  await socket.close();
  application.close();
});
