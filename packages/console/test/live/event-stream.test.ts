import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { until } from '../../../../tools/until.ts';
import { followEvents, type FeedStatus } from '../../src/live/event-stream.ts';

/** A server whose event stream is scripted: each connection is handed to the test. */
async function scriptedServer(): Promise<{
  url: string;
  connections: { lastEventId: string | undefined; stream: ServerResponse }[];
  server: Server;
}> {
  const connections: { lastEventId: string | undefined; stream: ServerResponse }[] = [];
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    connections.push({ lastEventId: request.headers['last-event-id'] as string | undefined, stream: response });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/events`, connections, server };
}

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

async function following() {
  const { url, connections, server } = await scriptedServer();
  const seen: string[] = [];
  const states: FeedStatus[] = [];
  const stop = followEvents({
    url,
    retryAfterMs: [1],
    onFresh: () => seen.push('fresh'),
    onFact: (fact) => seen.push(fact.type === 'clock' ? `clock ${fact.nowMs}` : fact.type),
    onConnection: (connection) => states.push(connection),
  });
  stops.push(stop, () => {
    server.closeAllConnections();
    server.close();
  });
  const connection = async (number: number) => {
    await expect.poll(() => connections[number]).toBeDefined();
    return connections[number] as (typeof connections)[number];
  };
  return { connection, seen, states };
}

const clock = (id: string, nowMs: number): string =>
  `id: ${id}\nevent: clock\ndata: {"type":"clock","nowMs":${nowMs}}\n\n`;

describe('following the server’s events', () => {
  it('reads the state again once the stream has a place, and follows from there', async () => {
    const { connection, seen, states } = await following();
    const first = await connection(0);
    expect(first.lastEventId).toBeUndefined();
    first.stream.write(`: connected\nid: a-4\n\n${clock('a-5', 5)}`);
    await expect.poll(() => seen).toEqual(['fresh', 'clock 5']);
    expect(states).toContain('live');
  });

  it('asks after a drop for what came after the last event, and takes nothing twice', async () => {
    const { connection, seen, states } = await following();
    const first = await connection(0);
    first.stream.write(`id: a-4\n\n${clock('a-5', 5)}`);
    await expect.poll(() => seen).toHaveLength(2);
    first.stream.destroy();
    const second = await connection(1);
    expect(second.lastEventId).toBe('a-5');
    second.stream.write(`: connected\nid: a-5\n\n${clock('a-5', 5)}${clock('a-6', 6)}`);
    await expect.poll(() => seen).toEqual(['fresh', 'clock 5', 'clock 6']);
    expect(states).toContain('lost');
    expect(states.at(-1)).toBe('live');
  });

  it('drops half an event that a broken connection left, and gets it whole', async () => {
    const { connection, seen } = await following();
    const first = await connection(0);
    first.stream.write(`id: a-1\n\nid: a-2\nevent: clock\ndata: {"type":"clo`);
    await expect.poll(() => seen).toEqual(['fresh']);
    first.stream.destroy();
    const second = await connection(1);
    expect(second.lastEventId).toBe('a-1');
    second.stream.write(clock('a-2', 2));
    await expect.poll(() => seen).toEqual(['fresh', 'clock 2']);
  });

  it('reads everything again when the server says reset, and follows the new server’s ids', async () => {
    const { connection, seen } = await following();
    const first = await connection(0);
    first.stream.write(`id: a-900\n\n`);
    await expect.poll(() => seen).toEqual(['fresh']);
    first.stream.destroy();
    const second = await connection(1);
    second.stream.write(`id: b-2\nevent: reset\ndata: {"type":"reset"}\n\n${clock('b-3', 3)}`);
    await expect.poll(() => seen).toEqual(['fresh', 'fresh', 'clock 3']);
  });

  it('gives a stream up that shows no sign of life', async () => {
    const { connection, seen, states } = await following();
    const first = await connection(0);
    // From here on: the timers of the connection itself are not the test's.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldClearNativeTimers: true });
    onTestFinished(() => void vi.useRealTimers());
    first.stream.write('id: a-1\n\n');
    await until(() => seen.length > 0);
    await vi.advanceTimersByTimeAsync(39_999);
    expect(states).toEqual(['connecting', 'live']);
    await vi.advanceTimersByTimeAsync(1);
    await until(() => states.at(-1) === 'lost');
    // The moment before the next attempt.
    await vi.advanceTimersByTimeAsync(1);
    vi.useRealTimers();
    const second = await connection(1);
    expect(second.lastEventId).toBe('a-1');
  });
});
