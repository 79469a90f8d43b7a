import { Fifo } from './fifo.ts';

/** Bytes of requests or answers that one turn of the event loop deals with before others get theirs. */
export const BYTES_PER_TURN = 500_000;

/** Less work than this does not wait for a turn. */
const smallBytes = 16_384;

/**
 * Lets the main thread deal with only so much in one turn of its event loop, however much arrives at once: whatever is due
 * in other calls comes in between. Work that is more than a turn's share has one to itself.
 */
class OwnTurns {
  readonly #waiting = new Fifo<{ readonly bytes: number; readonly begin: () => void }>();
  #isAwaited = false;

  /**
   * Waits for a turn that has room for so much, in the order of asking.
   *
   * @param bytes how much is to be done then, without waiting for anything in between
   * @returns `undefined` for what is too little to wait for
   */
  of(bytes: number): Promise<void> | undefined {
    return bytes <= smallBytes ? undefined : new Promise((begin) => this.begin(bytes, begin));
  }

  /** Begins something in such a turn; at once, when it is too little to wait for one. */
  begin(bytes: number, begin: () => void): void {
    if (bytes <= smallBytes) return begin();
    this.#waiting.push({ bytes, begin });
    this.#await();
  }

  #await(): void {
    if (this.#isAwaited || this.#waiting.length === 0) return;
    this.#isAwaited = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#isAwaited = false;
    let room = BYTES_PER_TURN;
    for (let first = this.#waiting.first; first && room > 0; first = this.#waiting.first) {
      if (first.bytes > room && room < BYTES_PER_TURN) break;
      room -= first.bytes;
      this.#waiting.shift();
      first.begin();
    }
    this.#await();
  }
}

/** The turns of this thread's event loop. */
export const ownTurns = new OwnTurns();
