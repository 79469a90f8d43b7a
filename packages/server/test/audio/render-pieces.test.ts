import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pcmOf, samplesIn } from '../../src/audio/pcm.ts';
import { renderPieces } from '../../src/audio/render-pieces.ts';
import { type TimelineEntry, renderTimeline } from '../../src/audio/timeline.ts';
import { Turns, WORK_PER_TURN } from '../../src/threads/turns.ts';
import { gather } from './gather.ts';

const second = pcmOf(new Int16Array(16_000).fill(100));

describe('rendering a timeline in pieces', () => {
  it('gives the same sound as in one', async () => {
    const media = { abc: pcmOf(Int16Array.from({ length: 48 }, (_, at) => at)), loud: second };
    const lookup = (id: string) => media[id as keyof typeof media];
    const entry = fc.record(
      {
        media: fc.constantFrom('abc', 'loud'),
        startMs: fc.nat(3000),
        stopMs: fc.nat(4000),
        loop: fc.boolean(),
        gain: fc.constantFrom(0.5, 1),
      },
      { requiredKeys: ['media', 'startMs'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 5 }), fc.nat(2500), async (entries, toMs) => {
        const pieces = renderPieces(entries, [{ fromMs: 0, toMs }], lookup);
        const [one, other] = [await gather(pieces, samplesIn(toMs)), renderTimeline(entries, toMs, lookup)];
        expect(Buffer.from(one.samples.buffer).equals(Buffer.from(other.samples.buffer))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('looks at each entry where it sounds only, and works no more in a turn than it may', async () => {
    const count = 100;
    const entries = Array.from({ length: count }, (_, at): TimelineEntry => {
      const startMs = at * 1000;
      return { media: 'a', startMs, stopMs: startMs + 1000 };
    });
    let lookups = 0;
    let turns = 0;
    const paced = new Turns(WORK_PER_TURN, async () => {
      turns++;
    });
    const pieces = renderPieces(entries, [{ fromMs: 0, toMs: count * 1000 }], () => (lookups++, second), paced);
    await gather(pieces, samplesIn(count * 1000));
    expect(lookups).toBe(count);
    // Each second is 16 000 samples of silence and as many of sound.
    expect(turns).toBe(Math.ceil((count * 32_000) / WORK_PER_TURN) - 1);
  });

  it('makes the pieces shorter where a thousand voices sound at once', async () => {
    const voices = Array.from({ length: 1000 }, (): TimelineEntry => ({ media: 'a', startMs: 0, stopMs: 300 }));
    const work: number[] = [];
    let touched = 0;
    const paced = new Turns(WORK_PER_TURN, async () => {
      work.push(touched);
      touched = 0;
    });
    const pieces = renderPieces(voices, [{ fromMs: 0, toMs: 300 }], () => second, paced);
    for await (const { samples } of pieces) touched += samples.length * voices.length;
    expect(work.length).toBeGreaterThanOrEqual(8);
    expect(Math.max(...work)).toBeLessThanOrEqual(WORK_PER_TURN);
  });
});
