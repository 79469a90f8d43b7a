import { joinLayout } from '../reading/layout.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { DigestReading } from '../reading/received-signature.ts';
import type { RightKey } from '../reading/right-key.ts';
import type { BodyGroups } from './body-groups.ts';
import type { MistakeClass } from './mistake-class.ts';
import type { MoveLists, SearchExtent } from './move-lists.ts';
import { PairSearch } from './pair-search.ts';
import { SearchState } from './search-state.ts';
import { SignatureProbe } from './signature-probe.ts';
import { SingleSearch } from './single-search.ts';
import type { Solution } from './solutions.ts';

/**
 * Searches the explanations of one signature, as its caller asks: whether it is right, single mistakes, then pairs. Each
 * answers with every explanation that was found so far, the best first.
 */
export class SignatureSearch {
  readonly #state: SearchState;
  readonly #singles: SingleSearch;

  constructor(
    evidence: Evidence,
    classes: readonly MistakeClass[],
    bodies: BodyGroups,
    right: RightKey,
    readings: readonly DigestReading[],
    probe = new SignatureProbe(readings, evidence.budget),
  ) {
    this.#state = new SearchState(evidence, classes, bodies, right, probe);
    this.#singles = new SingleSearch(this.#state);
  }

  get moves(): MoveLists {
    return this.#state.moves;
  }

  get extent(): SearchExtent {
    return this.#state.moves.extent;
  }

  /** Whether the signature is right as it stands (in whatever encoding it is written), whatever the budget. */
  recompute(): readonly Solution[] {
    const { evidence, probe, right, solutions } = this.#state;
    const reading = probe.recompute(right, joinLayout(evidence.layout));
    if (reading) solutions.add(reading, right, 0, { steps: [] });
    return solutions.bestFirst();
  }

  /** One mistake. */
  searchSingles(): readonly Solution[] {
    this.#singles.search();
    return this.#state.solutions.bestFirst();
  }

  /** Two mistakes, and some of three. */
  searchPairs(): readonly Solution[] {
    new PairSearch(this.#state, this.#singles).search();
    return this.#state.solutions.bestFirst();
  }
}
