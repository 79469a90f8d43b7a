import { describe, expect, it } from 'vitest';
import {
  amplify,
  concat,
  durationMs,
  padToWholeMs,
  pcmFromFloats,
  pcmOf,
  silence,
  trimSilence,
} from '../../src/audio/pcm.ts';
import { resample } from '../../src/audio/resample.ts';
import { amplitudeAt } from './measure.ts';

const wave = (hz: number, rateHz: number, seconds: number): Float32Array =>
  Float32Array.from({ length: rateHz * seconds }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / rateHz));

describe('PCM', () => {
  it('lasts one millisecond for every 16 samples', () => {
    expect(durationMs(silence(1234))).toBe(1234);
    expect(durationMs(pcmOf(new Int16Array(8)))).toBe(0.5);
  });

  it('plays parts one after the other', () => {
    expect([...concat([pcmOf(Int16Array.of(1, 2)), silence(0), pcmOf(Int16Array.of(3))]).samples]).toEqual([1, 2, 3]);
  });

  it('is padded with silence to a whole millisecond', () => {
    expect(padToWholeMs(pcmOf(new Int16Array(17).fill(5))).samples).toEqual(
      Int16Array.from({ length: 32 }, (_, index) => (index < 17 ? 5 : 0)),
    );
    expect(durationMs(padToWholeMs(silence(3)))).toBe(3);
  });

  it('clips what is too loud instead of wrapping it round', () => {
    expect([...amplify(pcmOf(Int16Array.of(20_000, -20_000, 5)), 2).samples]).toEqual([32_767, -32_768, 10]);
    expect([...pcmFromFloats(Float32Array.of(1.5, -1.5)).samples]).toEqual([32_767, -32_768]);
  });

  it('cuts silence before and after the sound, but not within it', () => {
    const sound = pcmOf(Int16Array.of(9000, 0, 9000));
    expect([...trimSilence(concat([silence(10), sound, silence(20)]), 0).samples]).toEqual([9000, 0, 9000]);
    expect(trimSilence(concat([silence(10), sound, silence(20)]), 1).samples).toHaveLength(3 + 32);
    expect(trimSilence(silence(50), 10).samples).toHaveLength(0);
  });
});

describe('resampling', () => {
  it.each([8000, 11_025, 22_050, 24_000, 44_100, 48_000, 96_000])(
    'keeps a tone’s pitch and level from %i Hz',
    (rate) => {
      const pcm = pcmFromFloats(resample(wave(1000, rate, 0.5), rate, 16_000));
      expect(durationMs(pcm)).toBeCloseTo(500, 0);
      expect(amplitudeAt(pcmOf(pcm.samples.slice(800, 7200)), 1000) / 32_767).toBeCloseTo(0.5, 2);
    },
  );

  it('removes what the new rate cannot carry instead of folding it down', () => {
    // 10 kHz sampled at 16 kHz without a filter would sound as 6 kHz.
    const pcm = pcmFromFloats(resample(wave(10_000, 48_000, 0.5), 48_000, 16_000));
    expect(amplitudeAt(pcm, 6000) / 32_767).toBeLessThan(0.005);
  });

  it('refuses a rate that is none', () => {
    expect(() => resample(new Float32Array(1), 0, 16_000)).toThrow(/must be positive: from 0 Hz/);
  });
});
