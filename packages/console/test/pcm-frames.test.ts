import { describe, expect, it } from 'vitest';
import { frameLength, PcmFrames, wireRate } from '../src/microphone/pcm-frames.ts';

/** A second of a tone at a rate, in pieces as an audio thread gives them. */
function* tone(hertz: number, rate: number, loudness = 0.5): Generator<Float32Array> {
  for (let at = 0; at < rate; at += 128) {
    yield Float32Array.from(
      { length: 128 },
      (_, index) => loudness * Math.sin((2 * Math.PI * hertz * (at + index)) / rate),
    );
  }
}

function framesOf(rate: number, pieces: Iterable<Float32Array>): Int16Array {
  const frames: Int16Array[] = [];
  const maker = new PcmFrames(rate, (frame) => frames.push(frame));
  for (const piece of pieces) maker.push(piece);
  expect(new Set(frames.map(({ length }) => length))).toEqual(new Set([frameLength]));
  return Int16Array.from(frames.flatMap((frame) => [...frame]));
}

describe('what the microphone hears, as the server takes it', () => {
  it.each([8000, 16_000, 44_100, 48_000, 96_000])('is the same sound that came at %i samples a second', (rate) => {
    const samples = framesOf(rate, tone(440, rate));
    expect(samples.length).toBeGreaterThan(wireRate - 4 * frameLength);
    // Past the beginning, where there was silence before.
    const errors = [...samples].slice(200).map((sample, index) => {
      const expected = 32_767 * 0.5 * Math.sin((2 * Math.PI * 440 * (index + 200)) / wireRate);
      return Math.abs(sample - expected);
    });
    expect(Math.max(...errors)).toBeLessThan(200);
  });

  it.each([44_100, 48_000])('has nothing in it of what is too high for it, at %i samples a second', (rate) => {
    const samples = framesOf(rate, tone(11_000, rate));
    expect(Math.max(...samples.slice(200).map(Math.abs))).toBeLessThan(160);
  });

  it('is no louder than it can be', () => {
    const samples = framesOf(wireRate, [Float32Array.of(...Array<number>(frameLength).fill(1.5))]);
    expect(new Set(samples)).toEqual(new Set([32_767]));
  });
});
