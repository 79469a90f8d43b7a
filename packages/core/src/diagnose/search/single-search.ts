import { joinLayout, putBetween, type Surroundings } from '../reading/layout.ts';
import { joinCandidate } from './candidates.ts';
import type { KeyCandidate } from './key-candidates.ts';
import type { SearchState } from './search-state.ts';
import { orderOfSingles, type Pass } from './single-order.ts';

/** Tries one mistake: another key or computation, another value of one part, another layout. */
export class SingleSearch {
  readonly #state: SearchState;
  readonly #triedKeys = new Set<KeyCandidate>();

  constructor(state: SearchState) {
    this.#state = state;
  }

  /** Pass by pass, until one has found the signature. */
  search(): void {
    const { evidence, solutions } = this.#state;
    for (const pass of orderOfSingles(evidence)) {
      this.tryPass(pass);
      if (solutions.isFound || evidence.budget.spent) return;
    }
  }

  tryPass(pass: Pass): void {
    const { moves, right } = this.#state;
    if (pass.of === 'values') this.#tryValues(pass);
    else if (pass.of === 'layouts') this.tryLayouts(right, pass.above, pass.upTo);
    else if (pass.of === 'keys') this.#tryKeys(moves.keyList(pass.upTo), pass.above, pass.upTo);
    else if (pass.of === 'readings of the key') this.#tryKeys(moves.keyReadingList(pass.upTo), pass.above, pass.upTo);
    else this.#tryKeys(moves.rareKeyList());
  }

  /** Layouts within these costs, under any key. */
  tryLayouts(key: KeyCandidate, above: number, upTo: number): void {
    const { moves, probe, solutions, ties } = this.#state;
    for (const candidate of moves.layoutList(upTo)) {
      if (candidate.cost > upTo || solutions.isDone) return;
      if (candidate.cost <= above) continue;
      const reading = probe.test(key, joinCandidate(candidate));
      if (!reading) continue;
      const { steps, cost } = candidate;
      solutions.add(reading, key, cost, { steps, ties: ties.ofLayout(candidate) });
    }
  }

  #tryKeys(keys: readonly KeyCandidate[], above = 0, upTo = Number.POSITIVE_INFINITY): void {
    const { evidence, probe, solutions } = this.#state;
    const base = joinLayout(evidence.layout);
    for (const key of keys) {
      if (key.cost > upTo) return;
      if (key.cost <= above || this.#triedKeys.has(key)) continue;
      this.#triedKeys.add(key);
      const reading = probe.test(key, base);
      if (reading) solutions.add(reading, key, 0, { steps: [] });
    }
  }

  /** The moves of the parts that a pass takes, class by class; ends with the group in which the answer was. */
  #tryValues({ takes, upTo, atMost }: Pass & { of: 'values' }): void {
    const { evidence, classes, moves, probe, right, solutions, ties } = this.#state;
    for (const slot of evidence.layout) {
      let place: Surroundings | undefined;
      for (const [index, group] of moves.groupsOf(slot.name).entries()) {
        if (!group.mayHave(upTo) || !takes(slot.source.from, classes[index])) continue;
        place ??= this.#state.around(slot.name);
        if (!place) break;
        for (let count = 0; count < atMost; count++) {
          const move = group.take(upTo);
          if (!move) break;
          const { value, cost, steps } = move;
          const reading = probe.test(right, putBetween(place, value));
          if (reading) {
            solutions.add(reading, right, cost, { steps, ties: ties.ofValue(slot, value, group) });
            return;
          }
          if (evidence.budget.spent) return;
        }
      }
    }
  }
}
