import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Resampler, resample } from '../../src/audio/resample.ts';

describe('changing the sample rate', () => {
  it('gives the same in pieces as in one, to the last sample', () => {
    const rates = fc.constantFrom(8000, 11_025, 16_000, 22_050, 44_100, 48_000, 384_000);
    const sizes = fc.array(fc.nat(900), { maxLength: 8 });
    fc.assert(
      fc.property(rates, rates, sizes, (fromHz, toHz, pieces) => {
        const input = Float32Array.from({ length: pieces.reduce((sum, size) => sum + size, 0) }, (_, at) =>
          Math.sin(at / 9),
        );
        const resampler = new Resampler(fromHz, toHz);
        const output: number[] = [];
        let at = 0;
        for (const size of pieces) {
          output.push(...resampler.push(input.subarray(at, at + size)));
          at += size;
        }
        output.push(...resampler.end());
        expect(output).toEqual([...resample(input, fromHz, toHz)]);
      }),
      // 661.5 samples: a half.
      { numRuns: 40, examples: [[48_000, 44_100, [720]]] },
    );
  });

  it('refuses rates that are none', () => {
    for (const hz of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => new Resampler(hz, 16_000)).toThrow(RangeError);
      expect(() => resample(new Float32Array(1), 16_000, hz)).toThrow(RangeError);
    }
  });
});
