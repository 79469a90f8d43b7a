import type { CallClock } from '../contract/clock.ts';

/** Pauses between attempts, on the calls' clock, which can all be ended at once. */
export class Pauses {
  readonly #clock: CallClock;
  /** How to end each. */
  readonly #ends = new Set<() => void>();
  #closed = false;

  constructor(clock: CallClock) {
    this.#clock = clock;
  }

  /** Waits so many milliseconds, or until all pauses are ended. */
  async wait(ms: number): Promise<void> {
    if (ms === 0 || this.#closed) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        cancel();
        this.#ends.delete(end);
        resolve();
      };
      const cancel = this.#clock.after(ms, end);
      this.#ends.add(end);
    });
  }

  end(): void {
    for (const end of this.#ends) end();
  }

  /** Ends them; from then on nobody waits. */
  close(): void {
    this.#closed = true;
    this.end();
  }
}
