import { describe, expect, it } from 'vitest';
import { durationMs, pcmOf } from '../../src/audio/pcm.ts';
import { type TimelineEntry, renderRange, renderTimeline } from '../../src/audio/timeline.ts';

// One millisecond is 16 samples, so each value below lasts a millisecond.
const ms = (...values: number[]) => pcmOf(Int16Array.from(values.flatMap((value) => Array<number>(16).fill(value))));
const media = new Map([
  ['abc', ms(100, 200, 300)],
  ['loud', ms(30_000, -30_000)],
  ['empty', ms()],
]);
const lookup = (id: string) => (id === 'evicted' ? 'gone' : media.get(id));
const heard = (entries: TimelineEntry[], lengthMs: number): number[] =>
  [...renderTimeline(entries, lengthMs, lookup).samples].filter((_, index) => index % 16 === 0);

describe('rendering a timeline', () => {
  it.each<[what: string, entries: TimelineEntry[], expected: number[]]>([
    ['nothing: silence', [], [0, 0, 0]],
    ['a prompt at its place', [{ media: 'abc', startMs: 1 }], [0, 100, 200, 300, 0]],
    ['a prompt that is cut off', [{ media: 'abc', startMs: 0, stopMs: 2 }], [100, 200, 0]],
    [
      'a loop, until it is stopped',
      [{ media: 'abc', startMs: 1, stopMs: 6, loop: true }],
      [0, 100, 200, 300, 100, 200, 0],
    ],
    ['a loop nobody stopped', [{ media: 'abc', startMs: 0, loop: true }], [100, 200, 300, 100, 200, 300, 100]],
    ['something softer', [{ media: 'abc', startMs: 0, gain: 0.5 }], [50, 100, 150, 0]],
    [
      'two at once: their sum',
      [
        { media: 'abc', startMs: 0 },
        { media: 'abc', startMs: 1 },
      ],
      [100, 300, 500, 300],
    ],
    [
      'too loud together: clipped',
      [
        { media: 'loud', startMs: 0 },
        { media: 'loud', startMs: 0 },
      ],
      [32_767, -32_768],
    ],
    [
      'audio that is gone, unknown or empty: silence',
      ['evicted', 'unknown', 'empty'].map((id) => ({ media: id, startMs: 0, loop: true })),
      [0, 0],
    ],
    ['an end before the prompt’s', [{ media: 'abc', startMs: 0 }], [100, 200]],
  ])('plays %s', (_, entries, expected) => {
    expect(heard(entries, expected.length)).toEqual(expected);
  });

  it('begins in the middle of a prompt when asked to', () => {
    const range = renderRange([{ media: 'abc', startMs: 0 }], 1, 3, lookup);
    expect(durationMs(range)).toBe(2);
    expect(range.samples[0]).toBe(200);
    expect(() => renderRange([], 5, 4, lookup)).toThrow(RangeError);
  });
});
