import { expect, test } from 'vitest';
import type { ControlParts } from '../../src/control/control-parts.ts';
import { EventFeed } from '../../src/control/event-feed.ts';
import { publishChanges } from '../../src/control/publish-changes.ts';
import type { Call } from '../../src/engine/call.ts';
import type { CallEvent } from '../../src/engine/event.ts';
import { connected, given } from '../engine/given.ts';

test('the legs of a call are summed up when somebody looks at an event, as they were then, and not before', () => {
  const feed = new EventFeed();
  let tell: (event: CallEvent, call: Call) => void = () => {};
  const ignore = { onChange: () => () => {} };
  const switchboard = {
    onEvent: (listener: typeof tell) => {
      tell = listener;
      return () => {};
    },
  };
  publishChanges({ feed, switchboard, journal: ignore, outbox: ignore } as unknown as ControlParts);
  const story = given(...connected('a', 'b'));
  let looked = 0;
  const { legs: all } = story.call;
  const legs: Pick<Call['legs'], 'live' | 'map'> = {
    live: all.live,
    map: (change) => {
      looked += 1;
      return all.map(change);
    },
  };
  const event: CallEvent = { type: 'noted', name: 'n', data: 1, call: 'call', seq: 9, atMs: 0 };
  for (let count = 0; count < 1000; count++) tell(event, { ...story.call, legs } as unknown as Call);
  expect(looked).toBe(0);
  expect(feed.get(500)).toMatchObject({ call: { id: 'call', legs: [{ id: 'a' }, { id: 'b' }] } });
  expect(feed.get(500)).toMatchObject({ call: { version: story.call.version } });
  expect(looked).toBe(1);
});
