import { resample } from './resample.ts';

/**
 * Changes the sample rate of audio that arrives in pieces, without a seam between them: each piece is filtered together
 * with 10 ms on either side of it. What has been put in comes out 10 ms later; rates are multiples of 100 Hz.
 */
export class RateConverter {
  readonly #fromHz: number;
  readonly #toHz: number;
  /** Samples in 10 ms, before and after. */
  readonly #unitIn: number;
  readonly #unitOut: number;
  /** The last 10 ms that came out, then what has not. */
  #pending: Float32Array;

  constructor(fromHz: number, toHz: number) {
    this.#fromHz = fromHz;
    this.#toHz = toHz;
    this.#unitIn = fromHz / 100;
    this.#unitOut = toHz / 100;
    this.#pending = new Float32Array(this.#unitIn);
  }

  /** Takes samples and gives those that can be told by now. */
  push(samples: Float32Array): Float32Array {
    if (this.#fromHz === this.#toHz) return samples;
    this.#pending = join(this.#pending, samples);
    const units = Math.floor(this.#pending.length / this.#unitIn) - 2;
    if (units < 1) return new Float32Array(0);
    const converted = resample(this.#pending.subarray(0, (units + 2) * this.#unitIn), this.#fromHz, this.#toHz);
    this.#pending = this.#pending.slice(units * this.#unitIn);
    return converted.slice(this.#unitOut, (units + 1) * this.#unitOut);
  }
}

function join(one: Float32Array, other: Float32Array): Float32Array {
  const joined = new Float32Array(one.length + other.length);
  joined.set(one);
  joined.set(other, one.length);
  return joined;
}
