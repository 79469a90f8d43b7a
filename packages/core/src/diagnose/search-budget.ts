/** How much a search may cost, and which share of it is this worker's. */
export class SearchBudget {
  readonly #deadlineMs: number;
  readonly #candidates: number;
  readonly #index: number;
  readonly #count: number;
  #turn = 0;
  #checks = 0;
  #tried = 0;
  #spent = false;

  constructor(
    startedMs: number,
    budget: { ms?: number; candidates?: number },
    shard?: { index: number; count: number },
  ) {
    this.#deadlineMs = startedMs + (budget.ms ?? 2000);
    this.#candidates = budget.candidates ?? Number.POSITIVE_INFINITY;
    this.#index = shard?.index ?? 0;
    this.#count = shard?.count ?? 1;
  }

  /** Signatures computed so far. */
  get tried(): number {
    return this.#tried;
  }

  get spent(): boolean {
    return this.#spent;
  }

  /** Counts one candidate; false when there is no budget left for it. */
  spend(): boolean {
    // Reading the clock costs as much as a good part of an HMAC.
    if (this.#tried >= this.#candidates || ((this.#tried & 63) === 63 && performance.now() > this.#deadlineMs)) {
      this.#spent = true;
    }
    if (this.#spent) return false;
    this.#tried++;
    return true;
  }

  /** Looks at the clock, every sixteenth time, between steps that compute no signature. */
  check(): boolean {
    if ((this.#checks++ & 15) === 0 && performance.now() > this.#deadlineMs) this.#spent = true;
    return !this.#spent;
  }

  /** Whether the next piece of work is this worker's. */
  mine(): boolean {
    return this.#turn++ % this.#count === this.#index;
  }
}
