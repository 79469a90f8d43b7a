import { pcmFromFloats, SAMPLE_RATE, SAMPLES_PER_MS, type Pcm } from '../../../audio/pcm.ts';
import { RateConverter } from '../../../audio/rate-converter.ts';
import type { ByteBudget } from '../../../bounded/byte-budget.ts';
import { ByteQueue } from '../../../bounded/byte-queue.ts';
import type { CallClock } from '../../../contract/clock.ts';
import { wireSamples } from './wire-audio.ts';

/** The longest piece that is handed over at once, in milliseconds: what has been handed over cannot be taken back. */
const pieceMs = 200;
/** How much unplayed audio is kept, as the service keeps; what is older goes. */
const maxBytes = 5_000_000;

/**
 * Plays what the server of a stream sends, which may come faster than it sounds: it waits its turn here as it came, and
 * can be discarded until then. Each piece is converted when it sounds, so that a long message holds up nobody.
 */
export class Playout {
  readonly #clock: CallClock;
  readonly #say: (pcm: Pcm) => void;
  readonly #fromHz: number;
  readonly #waiting: ByteQueue;
  #converter: RateConverter;
  /** When what has been handed over falls silent, on the call clock. */
  #busyUntilMs = 0;
  #cancelNext: (() => void) | undefined;

  /** @param room for what waits, shared with other streams */
  constructor(fromHz: number, clock: CallClock, say: (pcm: Pcm) => void, room: ByteBudget) {
    this.#fromHz = fromHz;
    this.#clock = clock;
    this.#say = say;
    this.#waiting = new ByteQueue(room, maxBytes);
    this.#converter = new RateConverter(fromHz, SAMPLE_RATE);
  }

  /** Takes a binary message, at the stream's rate. An odd last byte is dropped. */
  take(message: Uint8Array): void {
    this.#waiting.push(message.subarray(0, message.length - (message.length % 2)));
    this.#playNext();
  }

  /** Discards what has not begun to sound. */
  clear(): void {
    this.#waiting.clear();
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

  /** Up to 200 ms in whole milliseconds; the rest goes on waiting, here or in the converter. */
  #nextPiece(): Float32Array {
    const longest = (this.#fromHz * pieceMs * 2) / 1000;
    const unit = this.#fromHz === SAMPLE_RATE ? SAMPLES_PER_MS * 2 : 2;
    for (;;) {
      const whole = Math.floor(this.#waiting.length / unit) * unit;
      if (whole === 0) return new Float32Array(0);
      const piece = this.#converter.push(wireSamples(this.#waiting.take(Math.min(longest, whole))));
      if (piece.length > 0) return piece;
    }
  }
}
