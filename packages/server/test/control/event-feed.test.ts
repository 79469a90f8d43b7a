import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Callback } from '../../src/callbacks/callback.ts';
import { EventFeed } from '../../src/control/event-feed.ts';
import type { ServerOptions } from '../../src/config/server-options.ts';
import { type RunningServer, startServer } from '../../src/server.ts';
import { createCall } from '../server/signed-request.ts';

const running: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function start(options: ServerOptions = {}): Promise<RunningServer> {
  const server = await startServer({ port: 0, clock: 'virtual', ...options });
  running.push(server);
  return server;
}

interface SentEvent {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

/** Reads events until `enough`, then hangs up. What came in one piece with the last one is not among them. */
async function readEvents(
  server: RunningServer,
  enough: (events: SentEvent[]) => boolean,
  lastEventId?: string,
): Promise<SentEvent[]> {
  const abort = new AbortController();
  const response = await fetch(`${server.url}/_control/events`, {
    signal: abort.signal,
    headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
  });
  const events: SentEvent[] = [];
  const isEnough = (block: string): boolean => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
    if (block.includes('data: '))
      events.push({ id: field('id'), event: field('event'), data: JSON.parse(field('data')) });
    return enough(events);
  };
  let text = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString();
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    if (blocks.some(isEnough)) break;
  }
  abort.abort();
  return events;
}

describe('server-sent events', () => {
  test('tell exchanges, calls and callbacks as they happen', async () => {
    const server = await start();
    const { lastEventId } = (await (await fetch(`${server.url}/_control/state`)).json()) as { lastEventId: string };
    const reading = readEvents(server, (events) => events.some(({ event }) => event === 'callback'), lastEventId);
    await createCall(server.url, '+14255550123', 'http://localhost:9/');
    await server.control.advance('2s');
    const events = await reading;
    expect(new Set(events.map(({ event }) => event))).toEqual(new Set(['exchange', 'call', 'callback']));
  });

  test('a client that reconnects gets exactly what it missed', async () => {
    const server = await start();
    for (let n = 0; n < 3; n += 1) await fetch(`${server.url}/calling/${n}`);
    const reset = await readEvents(server, (events) => events.length === 1, 'other-server-3');
    expect(reset).toMatchObject([{ event: 'reset' }]);
    const [{ id }] = reset as [SentEvent];
    const serverId = id.slice(0, id.lastIndexOf('-'));
    const all = await readEvents(server, (events) => events.length === 6, `${serverId}-0`);
    expect(all.map((event) => event.id)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `${serverId}-${n}`));
    const missed = await readEvents(server, (events) => events.length === 2, all[3]?.id);
    expect(missed).toEqual(all.slice(4));
  });

  test('a client that was away too long is told to read the state again', async () => {
    const server = await start({ limits: { events: 3 } });
    for (let n = 0; n < 5; n += 1) await fetch(`${server.url}/calling/${n}`);
    const [reset] = await readEvents(server, (events) => events.length === 1, 'x-1');
    const serverId = reset?.id.slice(0, reset.id.lastIndexOf('-'));
    expect(await readEvents(server, (events) => events.length === 1, `${serverId}-2`)).toMatchObject([
      { event: 'reset', id: `${serverId}-10` },
    ]);
    expect((await readEvents(server, (events) => events.length === 3, `${serverId}-7`)).map(({ id }) => id)).toEqual(
      [8, 9, 10].map((n) => `${serverId}-${n}`),
    );
  });

  test('a client that stops reading holds nothing up, and closing the server ends its stream', async () => {
    const server = await start();
    const { port } = new URL(server.url);
    const socket: Socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => {});
    const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    socket.write('GET /_control/events HTTP/1.1\r\nHost: localhost\r\n\r\n');
    socket.pause();
    for (let n = 0; n < 300; n += 1) await fetch(`${server.url}/calling/${'x'.repeat(2_000)}`);
    await server.close();
    socket.resume();
    await ended;
  });
});

describe('the feed', () => {
  test('keeps so many events and knows which', () => {
    const feed = new EventFeed({ maxEvents: 3 });
    for (let n = 0; n < 5; n += 1) feed.publish({ type: 'clock', nowMs: n });
    expect([feed.first, feed.last]).toEqual([3, 5]);
    expect([feed.get(2), feed.get(6)]).toEqual([undefined, undefined]);
    expect(feed.get(3)).toEqual({ id: 3, type: 'clock', nowMs: 2 });
  });

  test('is bounded in bytes: of facts that are not made yet, too', () => {
    const feed = new EventFeed({ maxBytes: 10_000 });
    const message = { id: 'm', from: 'a', to: 'b', text: 'x'.repeat(3_000), atMs: 0 };
    for (let n = 0; n < 4; n += 1) feed.publish({ type: 'text-message', message });
    expect([feed.first, feed.last]).toEqual([2, 4]);
    feed.publish({ fact: () => ({ type: 'clock', nowMs: 1 }) }, 9_000);
    expect([feed.first, feed.last]).toEqual([5, 5]);
    expect(feed.bytes).toBeLessThanOrEqual(10_000);
  });

  test('tells nothing of what alone is more than it may keep: a client reads the state again', () => {
    const feed = new EventFeed({ maxBytes: 1_000 });
    feed.publish({ type: 'settings' });
    feed.publish({ fact: () => ({ type: 'clock', nowMs: 1 }) }, 1_001);
    feed.publish({ type: 'reset' });
    expect([feed.get(1)?.type, feed.get(2), feed.get(3)?.type]).toEqual(['settings', undefined, 'reset']);
  });

  test('makes a fact when somebody looks at it, and once', () => {
    const feed = new EventFeed({ maxEvents: 3 });
    let made = 0;
    const publish = (nowMs: number): void =>
      feed.publish(
        {
          fact: () => {
            made += 1;
            return { type: 'clock', nowMs };
          },
        },
        100,
      );
    for (const nowMs of [1, 2, 3]) publish(nowMs);
    expect(made).toBe(0);
    expect(feed.get(2)).toEqual({ id: 2, type: 'clock', nowMs: 2 });
    expect(feed.get(2)).toBe(feed.get(2));
    expect(made).toBe(1);
    const heard: unknown[] = [];
    feed.onEvent((event) => heard.push(event));
    publish(4);
    expect(heard).toEqual([{ id: 4, type: 'clock', nowMs: 4 }]);
    expect(feed.get(4)).toBe(heard[0]);
  });

  test('tells a client that comes later how each callback stood at the time', async () => {
    const server = await start();
    await createCall(server.url, '+14255550123', 'http://localhost:9/');
    await server.control.advance('60s');
    const { lastEventId } = (await (await fetch(`${server.url}/_control/state`)).json()) as { lastEventId: string };
    const id = server.control.callbacks().at(-1)?.id;
    const first = `${lastEventId.slice(0, lastEventId.lastIndexOf('-'))}-0`;
    const events = await readEvents(server, (all) => all.at(-1)?.id === lastEventId, first);
    const told = events
      .filter(({ event }) => event === 'callback')
      .map(({ data }) => (data as { callback: Callback }).callback)
      .filter((callback) => callback.id === id);
    expect(told.map(({ state, attempts }) => `${state} ${attempts.length}`)).toEqual([
      'queued 0',
      ...[0, 1, 2, 3, 4, 5].map((attempts) => `delivering ${attempts}`),
      'undelivered 5',
    ]);
  });
});

describe('waitFor', () => {
  test('finds what happened already, and with `after` the next of its kind', async () => {
    const server = await start();
    await createCall(server.url, '+14255550123', 'http://localhost:9/');
    await createCall(server.url, '+14255550124', 'http://localhost:9/');
    const first = await server.control.waitFor('call-opened');
    const second = await server.control.waitFor('call-opened', { after: first });
    expect(second.id).toBeGreaterThan(first.id);
    expect(await server.control.waitFor('call-opened')).toBe(first);
  });

  test('says what happened instead', async () => {
    const server = await start();
    await createCall(server.url, '+14255550123', 'http://localhost:9/');
    await expect(server.control.waitFor('leg-ended', { timeoutMs: 1 })).rejects.toThrow(
      /"leg-ended" did not happen within 1 ms; the last that happened: .*call leg-invited/,
    );
  });
});
