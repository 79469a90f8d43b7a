import { pcmFromFloats, SAMPLE_RATE, SAMPLES_PER_MS, type Pcm } from '../../../audio/pcm.ts';
import { RateConverter } from '../../../audio/rate-converter.ts';
import type { CallClock } from '../../../switchboard/clock.ts';

/** The longest piece that is handed over at once, in milliseconds: what has been handed over cannot be taken back. */
const pieceMs = 200;
/** How much unplayed audio is kept; what is older goes. 5 MB of 16-bit samples, as the service keeps. */
const maxSamples = 2_500_000;

/**
 * Plays what the server of a stream sends, which may come faster than it sounds: it waits its turn here, and can be
 * discarded until then.
 */
export class Playout {
  readonly #clock: CallClock;
  readonly #say: (pcm: Pcm) => void;
  readonly #fromHz: number;
  #converter: RateConverter;
  #waiting: Float32Array[] = [];
  #waitingSamples = 0;
  /** When what has been handed over falls silent, on the call clock. */
  #busyUntilMs = 0;
  #cancelNext: (() => void) | undefined;

  constructor(fromHz: number, clock: CallClock, say: (pcm: Pcm) => void) {
    this.#fromHz = fromHz;
    this.#clock = clock;
    this.#say = say;
    this.#converter = new RateConverter(fromHz, SAMPLE_RATE);
  }

  /** Takes samples at the stream's rate. */
  take(samples: Float32Array): void {
    const converted = this.#converter.push(samples);
    if (converted.length === 0) return;
    this.#waiting.push(converted);
    this.#waitingSamples += converted.length;
    while (this.#waitingSamples > maxSamples) this.#waitingSamples -= this.#waiting.shift()?.length ?? 0;
    this.#playNext();
  }

  /** Discards what has not begun to sound. */
  clear(): void {
    this.#waiting = [];
    this.#waitingSamples = 0;
    this.#converter = new RateConverter(this.#fromHz, SAMPLE_RATE);
  }

  /** Stops for good. */
  close(): void {
    this.clear();
    this.#cancelNext?.();
    this.#cancelNext = undefined;
  }

  #playNext(): void {
    if (this.#cancelNext) return;
    const waitMs = this.#busyUntilMs - this.#clock.now();
    if (waitMs > 0) {
      this.#cancelNext = this.#clock.after(waitMs, () => {
        this.#cancelNext = undefined;
        this.#playNext();
      });
      return;
    }
    const piece = this.#nextPiece();
    if (piece.length === 0) return;
    this.#busyUntilMs = this.#clock.now() + piece.length / SAMPLES_PER_MS;
    this.#say(pcmFromFloats(piece));
    this.#playNext();
  }

  /** Up to 200 ms in whole milliseconds; the rest goes on waiting. */
  #nextPiece(): Float32Array {
    const length = Math.min(pieceMs, Math.floor(this.#waitingSamples / SAMPLES_PER_MS)) * SAMPLES_PER_MS;
    const piece = new Float32Array(length);
    for (let at = 0; at < length;) {
      const [part = piece] = this.#waiting;
      const taken = part.subarray(0, length - at);
      piece.set(taken, at);
      at += taken.length;
      if (taken.length === part.length) this.#waiting.shift();
      else this.#waiting[0] = part.subarray(taken.length);
    }
    this.#waitingSamples -= length;
    return piece;
  }
}
