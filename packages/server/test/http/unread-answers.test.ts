import { EventEmitter, once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { bounds } from '../../src/bounded/bounds.ts';
import { Journal } from '../../src/exchanges/journal.ts';
import { createHttpApp } from '../../src/http/app.ts';
import { UnreadAnswers } from '../../src/http/unread-answers.ts';

const { bytes: limit } = bounds['unread-answers'];

function answers() {
  const unread = new UnreadAnswers();
  const cut: number[] = [];
  const add = (number: number, length: number | 'streamed'): EventEmitter => {
    const response = Object.assign(new EventEmitter(), {
      req: { socket: { destroy: () => void cut.push(number) } },
    });
    unread.add(response as unknown as ServerResponse, length);
    return response;
  };
  return { unread, cut, add };
}

test('answers that nobody reads are bounded together: the one that waits for the longest time is cut off', () => {
  const { unread, cut, add } = answers();
  const taken = Array.from({ length: 100 }, (_, number) => add(number, 1_000_000));
  expect(unread.bytes).toBeLessThanOrEqual(limit);
  expect(cut).toEqual(Array.from({ length: 100 - Math.floor(limit / 1_000_000) }, (_, number) => number));
  for (const response of taken) response.emit('finish');
  expect(unread.bytes).toBe(0);
});

test('whoever reads is not cut off, however much goes out, and one answer alone may be long', () => {
  const { unread, cut, add } = answers();
  for (let number = 0; number < 100; number++) add(number, 1_000_000).emit('finish');
  add(100, limit * 3);
  expect(cut).toEqual([]);
  // Audio that is made while it is read weighs little, but not nothing.
  for (let number = 200; number < 400; number++) add(number, 'streamed');
  expect(unread.bytes).toBeLessThanOrEqual(limit);
  expect(cut[0]).toBe(100);
});

test('a server lets go of those who ask for much and read nothing', async () => {
  const app = createHttpApp({
    journal: new Journal(() => new Date()),
    bodyLimitBytes: 1_000,
    onInternalError: () => {},
  });
  // More than the operating system takes for a connection.
  const long = Buffer.alloc(24_000_000);
  app.get('/long', async () => long);
  const url = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
  const ask = async (): Promise<[ours: Socket, theirs: Socket]> => {
    const accepted = once(app.server, 'connection') as Promise<[Socket]>;
    const socket = connect(Number(url.port), url.hostname).pause();
    socket.on('error', () => {});
    socket.write('GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n');
    return [(await accepted)[0], socket];
  };
  const [first, deaf] = await ask();
  const [, other] = await ask();
  await once(first, 'close');
  const read = await (await fetch(`${url.href}long`)).arrayBuffer();
  expect(read.byteLength).toBe(long.length);
  deaf.destroy();
  other.destroy();
  await app.close();
});
