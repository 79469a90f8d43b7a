import { describe, expect, it } from 'vitest';
import type { CallEvent } from '../../src/engine/event.ts';
import { AwaitedMedia } from '../../src/switchboard/awaited-media.ts';

const event = (call: string, fact: object): CallEvent => ({ seq: 1, call, atMs: 0, ...fact }) as CallEvent;

/** Audio that a call waits for, beside so much for other plays of it. */
function awaitedBeside(others: number): AwaitedMedia {
  const media = new AwaitedMedia();
  for (let other = 0; other < others; other += 1) media.begin('a', `other ${other}`);
  return media;
}

describe.each([
  ['little', 0],
  ['much', 100],
])('audio that a call waits for, beside %s else', (_much, others) => {
  it.each<[what: string, fact: object, given: string[]]>([
    ['its play is canceled', { type: 'play-canceled', operation: 'op 1', why: 'requested' }, ['play', 'second source']],
    ['another source of its play fails', { type: 'play-failed', operation: 'op 1' }, ['play', 'second source']],
    ['its keys cannot be sent any more', { type: 'tones-failed', operation: 'op 2' }, ['tones']],
    ['the party that was to say it is gone', { type: 'leg-ended', leg: 'leg 1', cause: 'hung-up' }, ['speech']],
    ['the party went to another call', { type: 'leg-moved-out', leg: 'leg 1', to: 'b' }, ['speech']],
    ['the call is over', { type: 'call-ended', cause: 'hung-up' }, ['play', 'second source', 'tones', 'speech']],
    ['something else happens', { type: 'play-started', operation: 'op 1' }, []],
  ])('is given up when %s, and nothing else is', (_, fact, given) => {
    const media = awaitedBeside(others);
    const awaited = new Map([
      ['play', media.begin('a', 'op 1')],
      ['second source', media.begin('a', 'op 1')],
      ['tones', media.begin('a', 'op 2')],
      ['speech', media.begin('a', 'leg 1')],
      ['another call', media.begin('b', 'op 1')],
    ]);
    media.follow(event('a', fact));
    expect([...awaited].filter(([, { isGivenUp }]) => isGivenUp).map(([name]) => name)).toEqual(given);
  });

  it('is not given up when it is there', () => {
    const media = awaitedBeside(others);
    const [one, other] = [media.begin('a', 'op'), media.begin('a', 'op')];
    media.end(one);
    media.follow(event('a', { type: 'call-ended', cause: 'hung-up' }));
    expect([one.isGivenUp, other.isGivenUp]).toEqual([false, true]);
    media.end(other);
    const next = media.begin('a', 'op');
    media.end(other);
    media.follow(event('a', { type: 'play-canceled', operation: 'op', why: 'requested' }));
    expect(next.isGivenUp).toBe(true);
  });

  it('is told once that it is given up, by the listener that came last', () => {
    const media = awaitedBeside(others);
    const wanted = media.begin('a', 'op');
    const told: string[] = [];
    wanted.whenGivenUp(() => told.push('earlier'));
    wanted.whenGivenUp(() => told.push('later'));
    media.follow(event('a', { type: 'play-canceled', operation: 'op', why: 'requested' }));
    media.follow(event('a', { type: 'call-ended', cause: 'hung-up' }));
    expect(told).toEqual(['later']);
  });
});
