import type { CallClock } from './clock.ts';

/** The call clock that runs with the world. It never goes back, whatever happens to the machine's date. */
export class RealClock implements CallClock {
  readonly kind = 'real';
  readonly #timeouts = new Set<NodeJS.Timeout>();

  now(): number {
    return Math.floor(performance.timeOrigin + performance.now());
  }

  after(afterMs: number, action: () => void): () => void {
    const dueAtMs = this.now() + afterMs;
    let timeout: NodeJS.Timeout;
    const arm = (): void => {
      timeout = setTimeout(
        () => {
          this.#timeouts.delete(timeout);
          // Node may be a millisecond early, and takes no more than 2^31-1 ms at a time.
          if (this.now() < dueAtMs) arm();
          else action();
        },
        Math.min(Math.max(dueAtMs - this.now(), 0), MAX_TIMEOUT_MS),
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
