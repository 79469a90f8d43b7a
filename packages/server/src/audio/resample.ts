/** Zero crossings of the sinc on either side of its centre: more are sharper and slower. */
const ZERO_CROSSINGS = 16;
/** Filters are tabulated for at most this many positions between two input samples. */
const MAX_PHASES = 512;

/** A filter for each position between two input samples that an output sample can have. */
interface FilterBank {
  readonly filters: readonly Float32Array[];
  /** Input samples on either side of an output sample that count. */
  readonly halfWidth: number;
}

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
  checkRates(fromHz, toHz);
  if (fromHz === toHz) return input;
  const bank = filterBank(fromHz, toHz);
  const output = new Float32Array(outputLength(input.length, fromHz, toHz));
  filterInto(output, 0, input, 0, fromHz / toHz, bank);
  return output;
}

/** In one formula for both, because a half rounds either way when it is reckoned otherwise. */
function outputLength(inputLength: number, fromHz: number, toHz: number): number {
  return Math.round((inputLength * toHz) / fromHz);
}

/** {@link resample} for audio that arrives in pieces: what comes out of all of them is the same, in little memory. */
export class Resampler {
  readonly #fromHz: number;
  readonly #toHz: number;
  readonly #step: number;
  readonly #bank: FilterBank;
  /** Input from sample `#start` on: all that is still needed. */
  #input = new Float32Array(0);
  #start = 0;
  #produced = 0;

  /** @throws RangeError if a rate is not positive and finite */
  constructor(fromHz: number, toHz: number) {
    checkRates(fromHz, toHz);
    this.#fromHz = fromHz;
    this.#toHz = toHz;
    this.#step = fromHz / toHz;
    this.#bank = filterBank(fromHz, toHz);
  }

  /** Takes input and gives what can be told by now. */
  push(input: Float32Array): Float32Array {
    if (this.#step === 1) return input;
    this.#input = join(this.#input, input);
    const end = this.#start + this.#input.length;
    return this.#produce(Math.ceil((end - this.#bank.halfWidth - 1) / this.#step));
  }

  /** What remains, after the last input. */
  end(): Float32Array {
    if (this.#step === 1) return new Float32Array(0);
    return this.#produce(outputLength(this.#start + this.#input.length, this.#fromHz, this.#toHz));
  }

  #produce(end: number): Float32Array {
    const output = new Float32Array(Math.max(0, end - this.#produced));
    filterInto(output, this.#produced, this.#input, this.#start, this.#step, this.#bank);
    this.#produced += output.length;
    const needed = Math.max(this.#start, Math.floor(this.#produced * this.#step) - this.#bank.halfWidth);
    this.#input = this.#input.slice(needed - this.#start);
    this.#start = needed;
    return output;
  }
}

function checkRates(fromHz: number, toHz: number): void {
  if (!(fromHz > 0 && toHz > 0 && Number.isFinite(fromHz) && Number.isFinite(toHz))) {
    throw new RangeError(`a sample rate must be positive: from ${fromHz} Hz to ${toHz} Hz`);
  }
}

/**
 * Fills `output`, whose first sample is sample `from` of all output, from `input`, whose first is sample `start` of all
 * input; there is silence outside.
 */
function filterInto(
  output: Float32Array,
  from: number,
  input: Float32Array,
  start: number,
  step: number,
  { filters, halfWidth }: FilterBank,
): void {
  for (let index = 0; index < output.length; index++) {
    const position = (from + index) * step;
    let centre = Math.floor(position);
    let phase = Math.round((position - centre) * filters.length);
    if (phase === filters.length) {
      phase = 0;
      centre++;
    }
    const filter = filters[phase] ?? new Float32Array();
    const first = centre - halfWidth + 1 - start;
    const endTap = Math.min(filter.length, input.length - first);
    let sum = 0;
    for (let tap = Math.max(0, -first); tap < endTap; tap++) sum += (filter[tap] ?? 0) * (input[first + tap] ?? 0);
    output[index] = sum;
  }
}

function join(one: Float32Array, other: Float32Array): Float32Array<ArrayBuffer> {
  const joined = new Float32Array(one.length + other.length);
  joined.set(one);
  joined.set(other, one.length);
  return joined;
}

/** The last few banks: streams convert every frame between the same two rates. */
const banks = new Map<string, FilterBank>();
const MAX_BANKS = 16;

function filterBank(fromHz: number, toHz: number): FilterBank {
  const rates = `${fromHz} ${toHz}`;
  const known = banks.get(rates);
  if (known) return known;
  const bank = makeFilterBank(fromHz, toHz);
  for (const oldest of banks.keys()) {
    if (banks.size < MAX_BANKS) break;
    banks.delete(oldest);
  }
  banks.set(rates, bank);
  return bank;
}

/** One filter per position between two input samples, each normalized so that a constant stays what it is. */
function makeFilterBank(fromHz: number, toHz: number): FilterBank {
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
