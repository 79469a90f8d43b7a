import { pcmFromFloats, SAMPLE_RATE, SAMPLES_PER_MS, type Pcm } from '../../../audio/pcm.ts';
import { RateConverter } from '../../../audio/rate-converter.ts';
import type { CallClock } from '../../../switchboard/clock.ts';
import { SampleQueue } from './sample-queue.ts';

/** The longest piece that is handed over at once, in milliseconds: what has been handed over cannot be taken back. */
const pieceMs = 200;
/** How much unplayed audio is kept; what is older goes. 5 MB of 16-bit samples as they come, as the service keeps. */
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
  /** As it came. It is converted when it is due: whoever sends minutes at once holds up nobody. */
  readonly #waiting = new SampleQueue();
  readonly #converted = new SampleQueue();
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
    this.#waiting.push(samples);
    this.#waiting.dropBeyond(maxSamples);
    this.#playNext();
  }

  /** Discards what has not begun to sound. */
  clear(): void {
    this.#waiting.clear();
    this.#converted.clear();
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
    const most = pieceMs * SAMPLES_PER_MS;
    while (this.#converted.length < most && this.#waiting.length > 0) {
      this.#converted.push(this.#converter.push(this.#waiting.take((this.#fromHz * pieceMs) / 1000)));
    }
    return this.#converted.take(Math.min(most, Math.floor(this.#converted.length / SAMPLES_PER_MS) * SAMPLES_PER_MS));
  }
}
