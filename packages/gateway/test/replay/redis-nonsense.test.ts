import { createServer, type AddressInfo, type Server } from 'node:net';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { afterEach, expect, it } from 'vitest';
import type { Accepted } from '@countersign/core/verify';
import { replayGuard } from '../../src/replay/replay-guard.ts';
import type { ReplayStore } from '../../src/replay/replay-store.ts';
import { redisStore } from '../../src/stores/redis.ts';
import { webhooks } from '../guard/signed.ts';

let server: Server | undefined;
let client: Redis | undefined;
afterEach(async () => {
  client?.disconnect();
  server?.close();
  await Promise.resolve();
});

/** Something at a port that answers every command alike, or nothing that is Redis at all. */
async function claimAt(answer: (command: string) => string): Promise<unknown> {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      // ioredis sends several commands in a row; each begins with the number of its words.
      for (const command of bytes.toString().split(/(?=\*\d+\r\n\$)/)) socket.write(answer(command.toUpperCase()));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  client = new Redis(port, '127.0.0.1', {
    enableReadyCheck: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    disableClientInfo: true,
  });
  const replays = replayGuard(redisStore(client), { scheme: webhooks, onRepeat: 'repeat-outcome', deadlineMs: 500 });
  return replays.claim({ ok: true, replayKey: 'a'.repeat(64) } as Accepted);
}

const set = (then: string) => (command: string) => (command.includes('$3\r\nSET\r\n') ? '$-1\r\n' : then);
const text = (value: string): string => `$${Buffer.byteLength(value)}\r\n${value}\r\n`;

it.each<[string, (command: string) => string]>([
  ['a number for everything', () => ':1\r\n'],
  ['nothing for everything', () => '$-1\r\n'],
  ['an error for everything', () => '-ERR no\r\n'],
  ['a list for everything', () => '*1\r\n:1\r\n'],
  ['what is no RESP', () => 'HTTP/1.1 400 Bad Request\r\n\r\n'],
  ['bytes without an end', () => '$1000000\r\nx'],
  ['text that is no claim', set(text('hello'))],
  ['a claim without a time', set(text('x owner 1'))],
  ['an outcome that is no JSON', set(text(`${Date.now()} owner 1\n{`))],
  ['an outcome without headers', set(text(`${Date.now()} owner 1\n{"status":200,"body":""}`))],
  [
    'an outcome with a status that is none',
    set(text(`${Date.now()} owner 1\n{"status":99999,"headers":[],"body":""}`)),
  ],
  [
    'an outcome with a header of two lines',
    set(text(`${Date.now()} owner 1\n{"status":200,"headers":[["a","b\\r\\nc: d"]],"body":""}`)),
  ],
])('a Redis that answers %s lets nobody in, and is called unavailable', async (_, answer) => {
  expect(await claimAt(answer)).toMatchObject({ ok: false, code: 'replay/unavailable' });
});

it.each<[string, unknown]>([
  ['undefined', undefined],
  ['true', true],
  ['a claim seen at no time', { fresh: false, firstSeenAt: new Date(NaN) }],
  ['a claim seen at a text', { fresh: false, firstSeenAt: 'yesterday' }],
])('a store of one’s own that says %s lets nobody in', async (_, claim) => {
  const store = { claim: () => claim } as unknown as ReplayStore;
  const verdict = await replayGuard(store, { scheme: webhooks }).claim({ ok: true, replayKey: 'k' } as Accepted);
  expect(verdict).toMatchObject({ ok: false, code: 'replay/unavailable' });
});
