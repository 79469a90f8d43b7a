import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { redactionOf } from '@countersign/core/redaction';
import { expect, test } from 'vitest';
import { bounds } from '../../src/bounded/bounds.ts';
import { EventFeed } from '../../src/control/event-feed.ts';
import { EventStream } from '../../src/control/event-stream.ts';
import { EventStreams } from '../../src/control/event-streams.ts';

/** A client that takes nothing: what is written to it stays. */
class DeafClient extends EventEmitter {
  writableLength = 0;
  isCut = false;
  last = '';

  writeHead(): this {
    return this;
  }

  write(text: string): boolean {
    this.writableLength += text.length;
    this.last = text;
    return this.writableLength < 16_384;
  }

  end(): this {
    return this;
  }

  destroy(): this {
    this.isCut = true;
    this.writableLength = 0;
    return this;
  }
}

function follow(feed: EventFeed, streams: EventStreams): DeafClient {
  const client = new DeafClient();
  const makeRoom = (one: EventStream, bytes: number): boolean => streams.makeRoom(one, bytes);
  streams.add(
    new EventStream(client as unknown as ServerResponse, feed, 'server', undefined, redactionOf([]), makeRoom),
  );
  return client;
}

const messageOf = (length: number) => ({ id: 'm', from: 'a', to: 'b', text: 'x'.repeat(length), atMs: 0 });

test('a client that reads nothing is sent no more than fits and one event', () => {
  const feed = new EventFeed();
  const client = follow(feed, new EventStreams());
  for (let n = 0; n < 500; n += 1) feed.publish({ type: 'text-message', message: messageOf(2_000) });
  expect(client.writableLength).toBeLessThan(16_384 + 2_500);
  expect(client.isCut).toBe(false);
});

test('an event that is too long to be sent is a reset: the client reads the state again', () => {
  const feed = new EventFeed();
  const client = follow(feed, new EventStreams());
  feed.publish({ type: 'text-message', message: messageOf(3_000_000) });
  expect(client.writableLength).toBeLessThan(1_000);
  expect([client.last, client.isCut]).toEqual(['id: server-1\nevent: reset\ndata: {"type":"reset"}\n\n', false]);
});

test('no more clients follow the events than there may', () => {
  const feed = new EventFeed();
  const streams = new EventStreams();
  for (let n = 0; n < bounds['event-streams'].items; n += 1) {
    expect(streams.hasRoom).toBe(true);
    follow(feed, streams);
  }
  expect(streams.hasRoom).toBe(false);
});

test('clients that read nothing leave no more unsent together than they may: those furthest behind are cut', () => {
  const feed = new EventFeed();
  const streams = new EventStreams();
  const deaf = Array.from({ length: 5 }, () => follow(feed, streams));
  // A megabyte and a half for each of them are more than all of them may leave.
  feed.publish({ type: 'text-message', message: messageOf(1_500_000) });
  const unsent = deaf.reduce((sum, { writableLength }) => sum + writableLength, 0);
  expect(unsent).toBe(streams.unsentBytes);
  expect(unsent).toBeLessThanOrEqual(bounds['event-streams'].bytes);
  expect(deaf.some(({ isCut }) => isCut)).toBe(true);
  expect(deaf.some(({ writableLength }) => writableLength > 1_500_000)).toBe(true);
});
