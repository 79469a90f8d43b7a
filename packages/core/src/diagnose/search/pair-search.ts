import { around, joinData, joinLayout, putBetween } from '../reading/layout.ts';
import type { ValueCandidate } from './candidates.ts';
import { constructCandidates, type KeyCandidate } from './key-candidates.ts';
import { highestPairCost } from './move-group.ts';
import type { SearchState } from './search-state.ts';
import type { SingleSearch } from './single-search.ts';
import { rarePasses } from './single-order.ts';
import type { Explained } from './solutions.ts';
import { foremostOf, TripleSearch } from './triple-search.ts';
import { highestTwiceCost } from './twice-varied.ts';

/** Moves that cost more are tried alone only, and after all others. */
const usualCost = 3;

/**
 * Tries two mistakes, the likelier first. Keys and computations are crossed with every message mistake (they explain most
 * of the pairs that people bring), then messages with messages, then the usual keys with those.
 */
export class PairSearch {
  readonly #state: SearchState;
  readonly #singles: SingleSearch;
  readonly #triples: TripleSearch;

  constructor(state: SearchState, singles: SingleSearch) {
    this.#state = state;
    this.#singles = singles;
    this.#triples = new TripleSearch(state);
  }

  search(): void {
    const { moves, right, solutions } = this.#state;
    const keys = moves.keyList();
    const common = keys.filter(({ cost }) => cost === 1);
    this.#tryKeysWithSingles(keys, 2);
    for (let cost = 2; cost <= highestPairCost && !solutions.isDone; cost++) {
      this.#tryKeysWithSingles(keys, cost + 1);
      this.#tryPairs(right, cost);
      if (cost <= highestTwiceCost) this.#tryTwice(right, cost);
      if (cost === 2) this.#tryKeysWithConstructs(keys);
      if (cost === 2) {
        this.#triples.tryLaidOutTwice(right, (part) => foremostOf(moves.ofCost(part, 1)));
        this.#triples.tryTwoValues();
        for (const pass of rarePasses) if (!solutions.isDone && !solutions.isFound) this.#singles.tryPass(pass);
      }
      if (cost === 3) this.#triples.tryLaidOutTwice(right, (part) => this.#usualValues(part));
      for (const key of common) {
        if (cost > 2) this.#tryPairs(key, cost - 1);
        if (cost > 2 && cost - 1 <= highestTwiceCost) this.#tryTwice(key, cost - 1);
        if (cost === 3) this.#triples.tryLaidOutTwice(key, (part) => foremostOf(this.#usualValues(part)));
      }
    }
  }

  #tryKeysWithSingles(keys: readonly KeyCandidate[], cost: number): void {
    const { evidence, solutions } = this.#state;
    for (const key of keys) {
      // Other computations take longer than an HMAC, and come with the usual mistakes only.
      if (key.cost >= cost || (!key.bytes && cost > usualCost) || !evidence.budget.mine()) continue;
      this.#tryWithKey(key, cost - key.cost);
      if (solutions.isDone) return;
    }
  }

  /** Single message mistakes of one cost, under another key. */
  #tryWithKey(key: KeyCandidate, cost: number): void {
    const { evidence, moves, probe, solutions } = this.#state;
    for (const { name } of evidence.layout) {
      const candidates = moves.ofCost(name, cost);
      const place = this.#state.around(name);
      if (!place || candidates.length === 0) continue;
      for (const candidate of candidates) {
        const reading = probe.test(key, putBetween(place, candidate.value));
        if (reading) solutions.add(reading, key, cost, candidate);
      }
      if (solutions.isDone) return;
    }
    this.#singles.tryLayouts(key, cost - 1, cost);
  }

  /** Another key in another computation. */
  #tryKeysWithConstructs(keys: readonly KeyCandidate[]): void {
    const { evidence, classes, probe, solutions } = this.#state;
    const base = joinLayout(evidence.layout);
    for (const { bytes, cost, steps } of keys) {
      if (!bytes || cost > 2 || !evidence.budget.mine()) continue;
      for (const construct of constructCandidates(bytes, evidence, classes)) {
        // Those that nobody is likely to use are tried alone.
        if (construct.cost >= usualCost) continue;
        const reading = probe.test(construct, base);
        if (reading) solutions.add(reading, construct, cost, { steps });
      }
      if (solutions.isDone) return;
    }
  }

  /** Pairs in different places whose two costs add up to `cost`. */
  #tryPairs(key: KeyCandidate, cost: number): void {
    const { solutions } = this.#state;
    for (let first = 1; first < cost; first++) {
      this.#tryTwoValues(key, first, cost - first);
      if (solutions.isDone) return;
      this.#tryLayoutAndValue(key, first, cost - first);
      if (solutions.isDone) return;
    }
  }

  #tryTwoValues(key: KeyCandidate, leftCost: number, rightCost: number): void {
    const { evidence, moves, probe, solutions, ties } = this.#state;
    const parts = evidence.layout;
    for (const [left, leftSlot] of parts.entries()) {
      const leftValues = moves.ofCost(leftSlot.name, leftCost);
      if (leftValues.length === 0) continue;
      const head = joinData([joinLayout(parts.slice(0, left)), leftSlot.before]);
      for (const [right, rightSlot] of parts.entries()) {
        const rightValues = right > left ? moves.ofCost(rightSlot.name, rightCost) : [];
        if (rightValues.length === 0) continue;
        const between = joinData([leftSlot.after, joinLayout(parts.slice(left + 1, right)), rightSlot.before]);
        const tail = joinData([rightSlot.after, joinLayout(parts.slice(right + 1))]);
        for (const one of leftValues) {
          if (!evidence.budget.mine()) continue;
          const place = { head: putBetween({ head, tail: between }, one.value), tail };
          for (const other of rightValues) {
            const data = putBetween(place, other.value);
            const reading = probe.test(key, data);
            if (!reading) continue;
            const explained = both(one, other);
            const laidOut = [one, other].flatMap((kept) => ties.ofValueAndLayout(data, kept));
            solutions.add(reading, key, leftCost + rightCost, withTies(explained, laidOut));
          }
          if (solutions.isDone) return;
        }
      }
    }
  }

  #tryLayoutAndValue(key: KeyCandidate, layoutCost: number, valueCost: number): void {
    const { evidence, length, moves, probe, solutions, ties } = this.#state;
    for (const candidate of moves.layoutList()) {
      if (candidate.cost > layoutCost) return;
      if (candidate.cost < layoutCost || !evidence.budget.mine()) continue;
      for (const slot of evidence.layout) {
        // A layout that dropped or replaced the part leaves nothing to vary.
        if (candidate.layout.find(({ name }) => name === slot.name)?.value !== slot.value) continue;
        const values = moves.ofCost(slot.name, valueCost);
        if (values.length === 0 || !evidence.budget.step(length)) continue;
        const place = around(candidate.layout, slot.name);
        if (!place) continue;
        for (const value of values) {
          const joined = putBetween(place, value.value);
          const data = candidate.encode && typeof joined === 'string' ? candidate.encode(joined) : joined;
          const reading = probe.test(key, data);
          if (!reading) continue;
          const laidOut = ties.ofTwoLayouts(data, layoutCost + valueCost);
          solutions.add(reading, key, layoutCost + valueCost, withTies(both(value, candidate), laidOut));
        }
        if (solutions.isDone) return;
      }
    }
  }

  /** Two mistakes in one part, and two in the layout. */
  #tryTwice(key: KeyCandidate, cost: number): void {
    const { evidence, moves, probe, solutions } = this.#state;
    for (const { name } of evidence.layout) {
      const place = this.#state.around(name);
      if (!place) continue;
      for (const candidate of moves.twiceOfCost(name, cost)) {
        if (!evidence.budget.mine()) continue;
        const reading = probe.test(key, putBetween(place, candidate.value));
        if (reading) solutions.add(reading, key, cost, candidate);
        if (solutions.isDone) return;
      }
    }
    for (const { data, steps } of moves.twiceLaidOut(cost)) {
      if (!evidence.budget.mine()) continue;
      const reading = probe.test(key, data);
      if (reading) solutions.add(reading, key, cost, { steps });
      if (solutions.isDone) return;
    }
  }

  /** One part's likeliest other values, without those that are very many. */
  #usualValues(part: string): readonly ValueCandidate[] {
    return this.#state.moves.ofCost(part, 1).filter(({ steps }) => steps[0]?.mistake.inPairs === undefined);
  }
}

/** Two mistakes together, and what else gives the bytes of either of them. */
function both(one: ValueCandidate, other: Pick<ValueCandidate, 'steps' | 'ties'>): Required<Explained> {
  return {
    steps: [...one.steps, ...other.steps],
    ties: [...one.ties.map((tie) => [...tie, ...other.steps]), ...other.ties.map((tie) => [...one.steps, ...tie])],
  };
}

function withTies({ steps, ties }: Required<Explained>, further: Required<Explained>['ties']): Explained {
  return { steps, ties: [...ties, ...further] };
}
