import { BoundedMap } from '../../../bounded/bounded-map.ts';
import { weightOf } from '../../../bounded/weight.ts';
import type { OperationAnswer } from './operation.ts';
import { acsBounds } from '../protocol/bounds.ts';

/**
 * The answers to repeatable requests, by their `Repeatability-Request-ID`: a request that is sent again is answered as
 * the first time, and nothing is done twice. Bounded: the oldest go first.
 *
 * @see https://docs.oasis-open.org/odata/repeatable-requests/v1.0/repeatable-requests-v1.0.html
 */
export class RepeatableAnswers {
  readonly #answers = new BoundedMap<string, OperationAnswer>(acsBounds['repeatable-answers'], {
    weigh: (answer, key) => weightOf([key, answer]),
  });

  /** What they weigh. */
  get bytes(): number {
    return this.#answers.bytes;
  }

  get(key: string): OperationAnswer | undefined {
    return this.#answers.get(key);
  }

  set(key: string, answer: OperationAnswer): void {
    this.#answers.set(key, answer);
  }

  clear(): void {
    this.#answers.clear();
  }
}
