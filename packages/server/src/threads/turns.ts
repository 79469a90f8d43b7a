import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Samples that are worked on in one turn of the event loop before others get theirs: a few milliseconds of adding,
 * hashing or copying.
 */
export const WORK_PER_TURN = 500_000;

/** Divides long work on the main thread into turns of the event loop, by the samples it touches. */
export class Turns {
  readonly #workPerTurn: number;
  readonly #next: () => Promise<unknown>;
  #spent = 0;

  /** @param next waits for the next turn; another one only in tests */
  constructor(workPerTurn = WORK_PER_TURN, next: () => Promise<unknown> = () => nextTurn()) {
    this.#workPerTurn = workPerTurn;
    this.#next = next;
  }

  /** Says how much is to be done next, and waits for another turn first if this one has done its share. */
  async spend(work: number): Promise<void> {
    if (this.#spent > 0 && this.#spent + work > this.#workPerTurn) {
      this.#spent = 0;
      await this.#next();
    }
    this.#spent += work;
  }
}
