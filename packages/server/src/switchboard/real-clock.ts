import type { CallClock } from '../contract/clock.ts';

/**
 * The call clock that runs with the world. It never goes back, whatever is done to the machine's date; it follows the
 * date forward, as after the machine has slept. Timers wait by the machine's steady clock alone.
 */
export class RealClock implements CallClock {
  readonly kind = 'real';
  readonly #timeouts = new Set<NodeJS.Timeout>();
  /** What to add to the steady clock to get the time of day. */
  #offsetMs = Date.now() - performance.now();

  now(): number {
    const nowMs = this.#offsetMs + performance.now();
    const aheadMs = Date.now() - nowMs;
    if (aheadMs <= MAX_DRIFT_MS) return Math.floor(nowMs);
    this.#offsetMs += aheadMs;
    return Math.floor(nowMs + aheadMs);
  }

  after(afterMs: number, action: () => void): () => void {
    const dueAt = performance.now() + afterMs;
    let timeout: NodeJS.Timeout;
    const arm = (): void => {
      const waitMs = Math.max(dueAt - performance.now(), 0);
      timeout = setTimeout(
        () => {
          this.#timeouts.delete(timeout);
          // Node may be a millisecond early, and takes no more than 2^31-1 ms at a time.
          if (performance.now() < dueAt) arm();
          else action();
        },
        Math.min(Math.ceil(waitMs), MAX_TIMEOUT_MS),
      );
      // A timer alone is no reason for a process to go on; a server that listens is.
      timeout.unref();
      this.#timeouts.add(timeout);
    };
    arm();
    return () => {
      clearTimeout(timeout);
      this.#timeouts.delete(timeout);
    };
  }

  awaiting<T>(work: Promise<T>): Promise<T> {
    return work;
  }

  /** Lets no timer fire any more. */
  close(): void {
    for (const timeout of this.#timeouts) clearTimeout(timeout);
    this.#timeouts.clear();
  }
}

const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** How far the date may be ahead before it is followed. */
const MAX_DRIFT_MS = 1000;
