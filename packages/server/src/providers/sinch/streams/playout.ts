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
  /** What waits, from `#first` on: taking from the front of a long array would move all of it. */
  #waiting: Float32Array[] = [];
  #first = 0;
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
    while (this.#waitingSamples > maxSamples) this.#waitingSamples -= this.#takeFirst().length;
    this.#playNext();
  }

  /** Discards what has not begun to sound. */
  clear(): void {
    this.#waiting = [];
    this.#first = 0;
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
      const part = this.#waiting[this.#first] ?? piece;
      const taken = part.subarray(0, length - at);
      piece.set(taken, at);
      at += taken.length;
      if (taken.length === part.length) this.#takeFirst();
      else this.#waiting[this.#first] = part.subarray(taken.length);
    }
    this.#waitingSamples -= length;
    return piece;
  }

  #takeFirst(): Float32Array {
    const first = this.#waiting[this.#first++] ?? new Float32Array();
    if (this.#first * 2 > this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#first);
      this.#first = 0;
    }
    return first;
  }
}
