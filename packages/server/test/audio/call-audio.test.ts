import { describe, expect, it } from 'vitest';
import { renderStretches, timelineOf } from '../../src/audio/call-audio.ts';
import { concat, pcmOf } from '../../src/audio/pcm.ts';
import { gather } from './gather.ts';

/** A second of one value, 16 samples a millisecond. */
const second = (value: number) => pcmOf(new Int16Array(16_000).fill(value));
const media = new Map([
  ['greeting', concat([second(100), second(200), second(300)])],
  ['caller', second(7)],
]);
const lookup = (id: string) => media.get(id);
const entries = [
  { media: 'greeting', startedAtMs: 10_000, durationMs: 3_000 },
  { media: 'caller', startedAtMs: 12_000, durationMs: 1_000, stoppedAtMs: 12_500 },
];

describe('stretches of a call', () => {
  it('follow each other without the pauses between them, with what was cut off cut off', async () => {
    const stretches = [
      { fromMs: 9_500, toMs: 10_500 },
      { fromMs: 12_000, toMs: 13_500 },
    ];
    const { frames, pieces } = renderStretches(entries, stretches, lookup);
    const { samples } = await gather(pieces, frames);
    const halfSeconds = [...samples].filter((_, index) => index % 8_000 === 0);
    expect(halfSeconds).toEqual([0, 100, 307, 300, 0]);
    expect(samples.length).toBe(frames);
    expect(frames).toBe(2_500 * 16);
  });

  it('are no audio when there are none', async () => {
    const { frames, pieces } = renderStretches(entries, [], lookup);
    expect(frames).toBe(0);
    expect((await pieces[Symbol.asyncIterator]().next()).done).toBe(true);
  });
});

it('a timeline counts from its own beginning', () => {
  expect(timelineOf(entries, 9_000)).toEqual([
    { media: 'greeting', startMs: 1_000, stopMs: 4_000 },
    { media: 'caller', startMs: 3_000, stopMs: 3_500 },
  ]);
});
