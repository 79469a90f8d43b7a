import type { OperationAnswer } from './operation.ts';

/**
 * The answers to repeatable requests, by their `Repeatability-Request-ID`: a request that is sent again is answered as
 * the first time, and nothing is done twice. Bounded: the oldest go first.
 *
 * @see https://docs.oasis-open.org/odata/repeatable-requests/v1.0/repeatable-requests-v1.0.html
 */
export class RepeatableAnswers {
  readonly #answers = new Map<string, OperationAnswer>();
  readonly #limit: number;

  constructor(limit = 10_000) {
    this.#limit = limit;
  }

  get(key: string): OperationAnswer | undefined {
    return this.#answers.get(key);
  }

  set(key: string, answer: OperationAnswer): void {
    this.#answers.set(key, answer);
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= this.#limit) return;
      this.#answers.delete(oldest);
    }
  }

  clear(): void {
    this.#answers.clear();
  }
}
