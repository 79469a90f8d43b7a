import { without, withoutItem } from '../bounded/emptied.ts';
import type { AwaitedWork } from '../contract/clock.ts';

/** How long a virtual clock waits for work, before it says what holds it up. */
export interface WorkLimits {
  /** Real milliseconds in which none of the pending work is done. */
  readonly patienceMs: number;
  /** How much work may follow from work while the clock stands at one instant. */
  readonly maxWorkPerInstant: number;
}

/**
 * A piece of work until it is done. Its steps are methods and not an async function, whose suspended state takes a
 * kilobyte: tens of thousands of calls may wait at one instant.
 */
class Piece {
  readonly result: Promise<unknown>;
  readonly description: string;
  /** The lane of results that are handed over one after the other. */
  readonly orderedBy: string | undefined;
  /** The piece that is handed over after this one. */
  next: Piece | undefined = undefined;
  readonly #work: Promise<unknown>;
  readonly #onDone: (piece: Piece) => void;
  #handOver: (work: Promise<unknown>) => void = nothing;
  /** What it still waits for: the work, and the pieces before it. */
  #waitsFor: number;

  constructor(work: Promise<unknown>, about: AwaitedWork, isFirst: boolean, onDone: (piece: Piece) => void) {
    this.#work = work;
    this.#onDone = onDone;
    this.description = about.description;
    this.orderedBy = about.orderedBy;
    this.#waitsFor = isFirst ? 1 : 2;
    this.result = new Promise((resolve) => (this.#handOver = resolve));
    // Followed at once: work that fails while it waits for its turn is no unhandled rejection.
    const settled = (): void => this.proceed();
    work.then(settled, settled);
  }

  /** Something that it waited for is over. */
  proceed(): void {
    this.#waitsFor -= 1;
    if (this.#waitsFor > 0) return;
    // A turn of the event loop for each result, so that an endless chain of them does not keep a stop from being handled.
    setImmediate(() => {
      this.#handOver(this.#work);
      // Done when the promise jobs that the result starts are done, before the next turn of the event loop.
      const end = (): unknown => setImmediate(this.#onDone, this);
      this.result.then(end, end);
    });
  }
}

/** Work that a virtual clock waits for, and the order in which its results are handed over. */
export class PendingWork {
  #pending = new Set<Piece>();
  /** The latest piece of each lane. */
  #lastOf = new Map<string, Piece>();
  readonly #limits: WorkLimits;
  readonly #end = (piece: Piece): void => this.#done(piece);
  /** Told whenever work is done. */
  #onDone: () => void = nothing;

  constructor(limits: WorkLimits) {
    this.#limits = limits;
  }

  /** Adds work. The promise that is returned settles as the work does, but not before earlier work of its order. */
  add<T>(work: Promise<T>, about: AwaitedWork): Promise<T> {
    const { orderedBy } = about;
    const before = orderedBy === undefined ? undefined : this.#lastOf.get(orderedBy);
    const piece = new Piece(work, about, before === undefined, this.#end);
    if (before !== undefined) before.next = piece;
    if (orderedBy !== undefined) this.#lastOf.set(orderedBy, piece);
    this.#pending.add(piece);
    return piece.result as Promise<T>;
  }

  #done(piece: Piece): void {
    const { orderedBy } = piece;
    this.#pending = withoutItem(this.#pending, piece);
    if (orderedBy !== undefined && this.#lastOf.get(orderedBy) === piece)
      this.#lastOf = without(this.#lastOf, orderedBy);
    const { next } = piece;
    // A piece that is over holds no other: the garbage collector would take the one for alive because of the other.
    piece.next = undefined;
    next?.proceed();
    this.#onDone();
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
        this.#onDone = nothing;
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
    const descriptions = [...new Set(Array.from(this.#pending, ({ description }) => description))];
    const more = descriptions.length > 3 ? ` and ${descriptions.length - 3} more` : '';
    return descriptions.slice(0, 3).join(', ') + more;
  }
}

function nothing(): void {}

/** Resolves when everything that the promise jobs of now lead to has been done. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
