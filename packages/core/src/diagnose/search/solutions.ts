import type { DigestReading } from '../reading/received-signature.ts';
import type { SearchBudget } from '../reading/search-budget.ts';
import type { KeyCandidate } from './key-candidates.ts';
import type { MistakeClass, Step } from './mistake-class.ts';

/** What reproduces the received signature. */
export interface Solution {
  readonly steps: readonly Step[];
  readonly reading: DigestReading;
  readonly cost: number;
}

/** Lists of explanations for the same bytes: the chosen one and the others. */
export interface Explained {
  readonly steps: readonly Step[];
  readonly ties?: readonly (readonly Step[])[];
}

/** Candidates after the first hit of a pair search that are still looked at for explanations of the same bytes. */
const tieMargin = 10_000;

/** What one search found so far: every explanation that gives the received signature. */
export class Solutions {
  readonly #classes: readonly MistakeClass[];
  readonly #budget: SearchBudget;
  readonly #found: Solution[] = [];
  #stopAt = Number.POSITIVE_INFINITY;

  constructor(classes: readonly MistakeClass[], budget: SearchBudget) {
    this.#classes = classes;
    this.#budget = budget;
  }

  get isFound(): boolean {
    return this.#found.length > 0;
  }

  /** Whether there is nothing more to look for: enough was seen after the first, or the budget is spent. */
  get isDone(): boolean {
    return this.#budget.spent || this.#budget.tried >= this.#stopAt;
  }

  /** Adds every story of the key with every explanation of the string. */
  add(reading: DigestReading, key: KeyCandidate, cost: number, { steps, ties = [] }: Explained): void {
    const total = key.cost + cost;
    for (const story of [key.steps, ...key.ties]) {
      for (const told of [steps, ...ties]) this.#found.push({ steps: [...story, ...told], reading, cost: total });
    }
    this.#stopAt = Math.min(this.#stopAt, this.#budget.tried + tieMargin);
  }

  /** The shorter explanation first, then that of the more specific classes, then the likelier. */
  bestFirst(): readonly Solution[] {
    const rank = ({ steps }: Solution): number =>
      steps.reduce((sum, { mistake }) => sum + this.#classes.indexOf(mistake), 0);
    return this.#found.toSorted(
      (left, right) => left.steps.length - right.steps.length || rank(left) - rank(right) || left.cost - right.cost,
    );
  }
}
