/** What the server takes: samples a second, 16 bits, one channel. */
export const wireRate = 16_000;
/** How many samples go into a message: 20 ms. */
export const frameLength = 320;
/** How far the filter reaches to either side, in samples of the lower rate. */
const reach = 16;

/**
 * Turns what a microphone gives, in pieces of any length at any rate, into frames of 16 kHz. Between the rates it reads
 * the sound through a windowed sinc, whose cut-off lies below half the lower rate, so that nothing higher is mirrored into
 * what is heard.
 */
export class PcmFrames {
  readonly #step: number;
  readonly #cutOff: number;
  readonly #span: number;
  readonly #onFrame: (frame: Int16Array<ArrayBuffer>) => void;
  /** What has come and is still needed; `#from` is the place of its first sample in all that came. */
  #input = new Float32Array(0);
  #from: number;
  /** The place of the next sample to be made, in samples of the input. */
  #next = 0;
  #frame = new Int16Array(frameLength);
  #filled = 0;

  /** @param rate of what comes, in samples a second */
  constructor(rate: number, onFrame: (frame: Int16Array<ArrayBuffer>) => void) {
    this.#step = rate / wireRate;
    this.#onFrame = onFrame;
    const lower = Math.max(1, this.#step);
    this.#cutOff = rate === wireRate ? 1 : 0.92 / lower;
    this.#span = rate === wireRate ? 0 : Math.ceil(reach * lower);
    // Before the first sample there is silence.
    this.#input = new Float32Array(this.#span);
    this.#from = -this.#span;
  }

  /** Takes a piece: samples from −1 to 1. */
  push(piece: Float32Array): void {
    this.#append(piece);
    const end = this.#from + this.#input.length;
    while (Math.floor(this.#next) + this.#span < end) {
      this.#put(this.#sampleAt(this.#next));
      this.#next += this.#step;
    }
    const done = Math.floor(this.#next) - this.#span - this.#from;
    if (done > 0) {
      this.#input = this.#input.slice(done);
      this.#from += done;
    }
  }

  #append(piece: Float32Array): void {
    const joined = new Float32Array(this.#input.length + piece.length);
    joined.set(this.#input);
    joined.set(piece, this.#input.length);
    this.#input = joined;
  }

  #sampleAt(place: number): number {
    const at = Math.floor(place) - this.#from;
    if (this.#span === 0) return this.#input[at] ?? 0;
    let sum = 0;
    for (let tap = 1 - this.#span; tap <= this.#span; tap++) {
      const distance = tap + this.#from + at - place;
      if (Math.abs(distance) >= this.#span) continue;
      const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / this.#span);
      sum += (this.#input[at + tap] ?? 0) * sinc(distance * this.#cutOff) * this.#cutOff * window;
    }
    return sum;
  }

  #put(sample: number): void {
    this.#frame[this.#filled++] = Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_767)));
    if (this.#filled < frameLength) return;
    this.#onFrame(this.#frame);
    this.#frame = new Int16Array(frameLength);
    this.#filled = 0;
  }
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
