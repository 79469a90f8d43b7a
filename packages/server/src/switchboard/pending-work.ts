import type { AwaitedWork } from '../contract/clock.ts';

/** How long a virtual clock waits for work, before it says what holds it up. */
export interface WorkLimits {
  /** Real milliseconds in which none of the pending work is done. */
  readonly patienceMs: number;
  /** How much work may follow from work while the clock stands at one instant. */
  readonly maxWorkPerInstant: number;
}

/** Work that a virtual clock waits for, and the order in which its results are handed over. */
export class PendingWork {
  /** The pending work, with what is known of it. */
  readonly #pending = new Map<Promise<unknown>, string>();
  readonly #lastOf = new Map<string, Promise<unknown>>();
  readonly #limits: WorkLimits;
  /** Told whenever work is done. */
  #onDone: () => void = () => {};

  constructor(limits: WorkLimits) {
    this.#limits = limits;
  }

  /** Adds work. The promise that is returned settles as the work does, but not before earlier work of its order. */
  add<T>(work: Promise<T>, { description, orderedBy }: AwaitedWork): Promise<T> {
    const turn = orderedBy === undefined ? undefined : this.#lastOf.get(orderedBy);
    const result = handOver(work, turn);
    // Work counts as done when the promise jobs that its result starts are done, before the next turn of the event loop.
    const done = result.then(nextTurn, nextTurn).then(() => {
      this.#pending.delete(done);
      if (orderedBy !== undefined && this.#lastOf.get(orderedBy) === done) this.#lastOf.delete(orderedBy);
      this.#onDone();
    });
    this.#pending.set(done, description);
    if (orderedBy !== undefined) this.#lastOf.set(orderedBy, done);
    return result;
  }

  /**
   * Waits until no work is pending, and none that followed from it.
   *
   * @throws Error naming what is pending, when none of it is done in time or when there is no end to it
   */
  async settled(): Promise<void> {
    await nextTurn();
    if (this.#pending.size > 0) await this.#allDone();
  }

  #allDone(): Promise<void> {
    const { patienceMs, maxWorkPerInstant } = this.#limits;
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timeout);
        this.#onDone = () => {};
      };
      const fail = (why: string): void => {
        end();
        reject(new Error(`the call clock cannot move on: ${why}`));
      };
      const timeout = setTimeout(() => {
        fail(`it has waited ${patienceMs / 1000} s for ${this.#describe()}`);
      }, patienceMs);
      let done = 0;
      this.#onDone = () => {
        timeout.refresh();
        done++;
        if (this.#pending.size === 0) {
          end();
          resolve();
        } else if (done >= maxWorkPerInstant) {
          fail(`after ${done} pieces of work at one instant there is still ${this.#describe()}`);
        }
      };
    });
  }

  #describe(): string {
    const descriptions = [...new Set(this.#pending.values())];
    const more = descriptions.length > 3 ? ` and ${descriptions.length - 3} more` : '';
    return descriptions.slice(0, 3).join(', ') + more;
  }
}

/** Gives each result its own turn of the event loop, so that an endless chain of results does not keep a stop from being handled. */
async function handOver<T>(work: Promise<T>, after: Promise<unknown> | undefined): Promise<T> {
  // Both are followed at once: work that fails while it waits for its turn is no unhandled rejection.
  const settled = work.then(nothing, nothing);
  await after;
  await settled;
  await nextTurn();
  return work;
}

function nothing(): void {}

/** Resolves when everything that the promise jobs of now lead to has been done. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
