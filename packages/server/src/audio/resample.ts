/** Zero crossings of the sinc on either side of its centre: more are sharper and slower. */
const ZERO_CROSSINGS = 16;
/** Filters are tabulated for at most this many positions between two input samples. */
const MAX_PHASES = 512;

/**
 * Changes the sample rate by a low-pass filter of windowed sinc form (Hann), so that frequencies which the new rate
 * cannot carry are removed instead of being folded into the audible range.
 *
 * @param input samples at `fromHz`
 * @param fromHz rate of the input, in samples per second
 * @param toHz rate wanted
 * @returns about `input.length * toHz / fromHz` samples; the input itself if the rates are equal
 * @throws RangeError if a rate is not positive and finite
 * @see https://ccrma.stanford.edu/~jos/resample/
 */
export function resample(input: Float32Array, fromHz: number, toHz: number): Float32Array {
  if (!(fromHz > 0 && toHz > 0 && Number.isFinite(fromHz) && Number.isFinite(toHz))) {
    throw new RangeError(`a sample rate must be positive: from ${fromHz} Hz to ${toHz} Hz`);
  }
  if (fromHz === toHz) return input;
  const { filters, halfWidth } = filterBank(fromHz, toHz);
  const step = fromHz / toHz;
  const output = new Float32Array(Math.round(input.length / step));
  for (let index = 0; index < output.length; index++) {
    const position = index * step;
    let centre = Math.floor(position);
    let phase = Math.round((position - centre) * filters.length);
    if (phase === filters.length) {
      phase = 0;
      centre++;
    }
    const filter = filters[phase] ?? new Float32Array();
    const start = centre - halfWidth + 1;
    const firstTap = Math.max(0, -start);
    const endTap = Math.min(filter.length, input.length - start);
    let sum = 0;
    for (let tap = firstTap; tap < endTap; tap++) sum += (filter[tap] ?? 0) * (input[start + tap] ?? 0);
    output[index] = sum;
  }
  return output;
}

/** One filter per position between two input samples, each normalized so that a constant stays what it is. */
function filterBank(fromHz: number, toHz: number): { filters: Float32Array[]; halfWidth: number } {
  const cutoff = Math.min(1, toHz / fromHz);
  const halfWidth = Math.ceil(ZERO_CROSSINGS / cutoff);
  const exactPhases = Math.round(toHz) / greatestCommonDivisor(Math.round(fromHz), Math.round(toHz));
  const phases = Math.min(MAX_PHASES, exactPhases);
  const filters = Array.from({ length: phases }, (_, phase) => {
    const filter = new Float32Array(halfWidth * 2);
    let sum = 0;
    for (let tap = 0; tap < filter.length; tap++) {
      const distance = tap - halfWidth + 1 - phase / phases;
      const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / halfWidth);
      const value = Math.abs(distance) >= halfWidth ? 0 : sinc(distance * cutoff) * window;
      filter[tap] = value;
      sum += value;
    }
    return filter.map((value) => value / sum);
  });
  return { filters, halfWidth };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
