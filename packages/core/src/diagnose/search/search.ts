import type { Data } from '../../digest/algorithms.ts';
import type { BodyGroups } from './body-groups.ts';
import type { LayoutCandidate, ValueCandidate } from './candidates.ts';
import type { Evidence } from '../reading/evidence.ts';
import { constructCandidates, rightCandidate, type KeyCandidate } from './key-candidates.ts';
import { around, joinData, joinLayout, type Layout, type Slot } from '../reading/layout.ts';
import type { MistakeClass, Step } from './mistake-class.ts';
import { highestPairCost, type MoveGroup } from './move-group.ts';
import { MoveLists, type SearchExtent } from './move-lists.ts';
import type { DigestReading } from '../reading/received-signature.ts';
import type { RightKey } from '../reading/right-key.ts';
import type { SearchBudget } from '../reading/search-budget.ts';
import { SignatureProbe } from './signature-probe.ts';
import { orderOfSingles, rarePasses, type Pass } from './single-order.ts';
import { highestTwiceCost } from './twice-varied.ts';
import type { PlainValue } from './value-groups.ts';
import { standsAround } from '../text/stands-around.ts';
import { sameBytesKey } from '../text/visible.ts';

/** What reproduces the received signature. */
export interface Solution {
  readonly steps: readonly Step[];
  readonly reading: DigestReading;
  readonly cost: number;
}

/** What a search found: every explanation that gives the same bytes, the best first. */
export interface SearchResult {
  readonly solutions: readonly Solution[];
}

/** Candidates after the first hit of a pair search that are still looked at for explanations of the same bytes. */
const tieMargin = 10_000;
/** Moves that cost more are tried alone only, and after all others. */
const usualCost = 3;

/** Two lists of explanations for the same bytes: the chosen one and the others. */
interface Explained {
  readonly steps: readonly Step[];
  readonly ties?: readonly (readonly Step[])[];
}

/** Searches the explanations of one signature: single mistakes first, then pairs by cost. */
export class SignatureSearch {
  readonly #evidence: Evidence;
  readonly #classes: readonly MistakeClass[];
  readonly #right: KeyCandidate;
  readonly #probe: SignatureProbe;
  readonly #budget: SearchBudget;
  readonly #base: Layout;
  /** Of the right string. */
  readonly #length: number;
  readonly #moves: MoveLists;
  #solutions: Solution[] = [];
  #stopAt = Number.POSITIVE_INFINITY;

  constructor(
    evidence: Evidence,
    classes: readonly MistakeClass[],
    bodies: BodyGroups,
    right: RightKey,
    readings: readonly DigestReading[],
    probe = new SignatureProbe(readings, evidence.budget),
  ) {
    this.#evidence = evidence;
    this.#classes = classes;
    this.#right = rightCandidate(right);
    this.#probe = probe;
    this.#budget = evidence.budget;
    this.#base = evidence.layout;
    this.#length = joinLayout(evidence.layout).length;
    this.#moves = new MoveLists(evidence, classes, bodies, right);
  }

  get moves(): MoveLists {
    return this.#moves;
  }

  get extent(): SearchExtent {
    return this.#moves.extent;
  }

  /** Whether the signature is right as it stands (in whatever encoding it is written), whatever the budget. */
  recompute(): SearchResult {
    const reading = this.#probe.recompute(this.#right, joinLayout(this.#base));
    if (reading) this.#solve(reading, this.#right, 0, { steps: [] });
    return this.#result();
  }

  /** One mistake: another key or computation, another value of one part, another layout. */
  searchSingles(): SearchResult {
    for (const pass of orderOfSingles(this.#evidence)) {
      this.#tryPass(pass);
      if (this.#found() || this.#budget.spent) break;
    }
    return this.#result();
  }

  #tryPass(pass: Pass): void {
    if (pass.of === 'values') this.#trySingleValues(pass);
    else if (pass.of === 'layouts') this.#tryLayouts(this.#right, pass.above, pass.upTo);
    else if (pass.of === 'keys') this.#tryKeys(this.#moves.keyList(), pass.above, pass.upTo);
    else this.#tryKeys(this.#moves.rareKeyList());
  }

  /**
   * Two mistakes, the likelier first. Keys and computations are crossed with every message mistake (they explain most of
   * the pairs that people bring), then messages with messages, then the usual keys with those.
   */
  searchPairs(): SearchResult {
    const keys = this.#moves.keyList();
    const common = keys.filter(({ cost }) => cost === 1);
    this.#tryKeysWithSingles(keys, 2);
    for (let cost = 2; cost <= highestPairCost && !this.#done(); cost++) {
      this.#tryKeysWithSingles(keys, cost + 1);
      this.#tryPairs(this.#right, cost);
      if (cost <= highestTwiceCost) this.#tryTwice(this.#right, cost);
      if (cost === 2) this.#tryKeysWithConstructs(keys);
      if (cost === 2) {
        this.#tryTriples(this.#right, (part) => foremostOf(this.#moves.ofCost(part, 1)));
        this.#tryLaidOutValues();
        for (const pass of rarePasses) if (!this.#done() && !this.#found()) this.#tryPass(pass);
      }
      if (cost === 3) this.#tryTriples(this.#right, (part) => this.#usualValues(part));
      for (const key of common) {
        if (cost > 2) this.#tryPairs(key, cost - 1);
        if (cost > 2 && cost - 1 <= highestTwiceCost) this.#tryTwice(key, cost - 1);
        if (cost === 3) this.#tryTriples(key, (part) => foremostOf(this.#usualValues(part)));
      }
    }
    return this.#result();
  }

  #tryKeys(keys: readonly KeyCandidate[], above = 0, upTo = Number.POSITIVE_INFINITY): void {
    const base = joinLayout(this.#base);
    for (const key of keys) {
      if (key.cost > upTo) return;
      if (key.cost <= above) continue;
      const reading = this.#probe.test(key, base);
      if (reading) this.#solve(reading, key, 0, { steps: [] });
    }
  }

  /** The moves of the parts that a pass takes, class by class; ends with the group in which the answer was. */
  #trySingleValues({ takes, upTo, atMost }: Pass & { of: 'values' }): void {
    for (const slot of this.#base) {
      const place = this.#around(slot.name);
      if (!place) continue;
      for (const [index, group] of this.#moves.groupsOf(slot.name).entries()) {
        if (!takes(slot.source.from, this.#classes[index])) continue;
        for (const { value, cost, steps } of group.next(upTo, atMost)) {
          const reading = this.#probe.test(this.#right, concat(place.head, value, place.tail));
          if (reading) {
            const ties = this.#tiesOfValue(slot, value, group);
            this.#solve(reading, this.#right, cost, { steps, ties });
            return;
          }
          if (this.#budget.spent) return;
        }
      }
    }
  }

  /** Explanations by other classes: the same value of the same part, or the same string by another layout. */
  #tiesOfValue(slot: Slot, value: Data, found: MoveGroup<PlainValue>): (readonly Step[])[] {
    const key = sameBytesKey(value);
    const ties = this.#moves.groupsOf(slot.name).flatMap((group, at) => {
      if (group === found) return [];
      const candidates = this.#isMadeForTies(slot, this.#classes[at]) ? group.all() : group.made;
      return candidates.filter((candidate) => sameBytesKey(candidate.value) === key).map(({ steps }) => steps);
    });
    // All layouts of a long string would take as long as the search.
    if (this.#evidence.isStringLong) return ties;
    const place = around(this.#base, slot.name);
    const whole = place && sameBytesKey(concat(place.head, value, place.tail));
    for (const candidate of this.#moves.layoutList()) {
      if (sameBytesKey(joinCandidate(candidate)) === whole) ties.push(candidate.steps, ...candidate.ties);
    }
    return ties;
  }

  /** Whether a class's moves are made only to see whether one of them gives the same bytes. */
  #isMadeForTies({ source: { from } }: Slot, mistake: MistakeClass | undefined): boolean {
    const { isLong, isStringLong } = this.#evidence;
    return !mistake?.manifold && !(from === 'content-hash' ? isLong : isStringLong);
  }

  #tryLayouts(key: KeyCandidate, above: number, upTo: number): void {
    for (const candidate of this.#moves.layoutList()) {
      if (candidate.cost > upTo || this.#done()) return;
      if (candidate.cost <= above) continue;
      const reading = this.#probe.test(key, joinCandidate(candidate));
      if (reading) {
        const ties = [...candidate.ties, ...this.#tiesOfLayout(candidate)];
        this.#solve(reading, key, candidate.cost, { steps: candidate.steps, ties });
      }
    }
  }

  /** Explanations of the same string by another value of one part. */
  #tiesOfLayout(candidate: LayoutCandidate): (readonly Step[])[] {
    const joined = joinCandidate(candidate);
    const whole = sameBytesKey(joined);
    return this.#base.flatMap((slot) => {
      const place = around(this.#base, slot.name);
      const groups = place ? this.#moves.groupsOf(slot.name) : [];
      // Most layouts change what stands around a part, so no value of it gives their bytes: none is made to learn that.
      const isPossible = place && standsAround(joined, place.head, place.tail);
      return groups.flatMap((group, at) => {
        if (!this.#budget.step(whole.length) || !isPossible) return [];
        const moves = this.#isMadeForTies(slot, this.#classes[at]) ? group.all() : group.made;
        return moves
          .filter(({ value }) => sameBytesKey(concat(place.head, value, place.tail)) === whole)
          .map(({ steps }) => steps);
      });
    });
  }

  #tryKeysWithSingles(keys: readonly KeyCandidate[], cost: number): void {
    for (const key of keys) {
      // Other computations take longer than an HMAC, and come with the usual mistakes only.
      if (key.cost >= cost || (!key.bytes && cost > usualCost) || !this.#budget.mine()) continue;
      this.#tryWithKey(key, cost - key.cost);
      if (this.#done()) return;
    }
  }

  /** Single message mistakes of one cost, under another key. */
  #tryWithKey(key: KeyCandidate, cost: number): void {
    for (const { name } of this.#base) {
      const candidates = this.#moves.ofCost(name, cost);
      const place = this.#around(name);
      if (!place || candidates.length === 0) continue;
      for (const candidate of candidates) {
        const reading = this.#probe.test(key, concat(place.head, candidate.value, place.tail));
        if (reading) this.#solve(reading, key, cost, candidate);
      }
      if (this.#done()) return;
    }
    this.#tryLayouts(key, cost - 1, cost);
  }

  /** Another key in another computation. */
  #tryKeysWithConstructs(keys: readonly KeyCandidate[]): void {
    const base = joinLayout(this.#base);
    for (const { bytes, cost, steps } of keys) {
      if (!bytes || cost > 2 || !this.#budget.mine()) continue;
      for (const construct of constructCandidates(bytes, this.#evidence, this.#classes)) {
        if (construct.cost >= usualCost) continue;
        const reading = this.#probe.test(construct, base);
        if (reading) this.#solve(reading, construct, cost, { steps });
      }
      if (this.#done()) return;
    }
  }

  /** Pairs in different places whose two costs add up to `cost`. */
  #tryPairs(key: KeyCandidate, cost: number): void {
    for (let first = 1; first < cost; first++) {
      this.#tryTwoValues(key, first, cost - first);
      if (this.#done()) return;
      this.#tryLayoutAndValue(key, first, cost - first);
      if (this.#done()) return;
    }
  }

  #tryTwoValues(key: KeyCandidate, leftCost: number, rightCost: number): void {
    const parts = this.#base;
    for (const [left, leftSlot] of parts.entries()) {
      const leftValues = this.#moves.ofCost(leftSlot.name, leftCost);
      if (leftValues.length === 0) continue;
      const head = joinData([joinLayout(parts.slice(0, left)), leftSlot.before]);
      for (const [right, rightSlot] of parts.entries()) {
        const rightValues = right > left ? this.#moves.ofCost(rightSlot.name, rightCost) : [];
        if (rightValues.length === 0) continue;
        const between = joinData([leftSlot.after, joinLayout(parts.slice(left + 1, right)), rightSlot.before]);
        const tail = joinData([rightSlot.after, joinLayout(parts.slice(right + 1))]);
        for (const one of leftValues) {
          if (!this.#budget.mine()) continue;
          const start = concat(head, one.value, between);
          for (const other of rightValues) {
            const data = concat(start, other.value, tail);
            const reading = this.#probe.test(key, data);
            if (!reading) continue;
            const { steps, ties = [] } = both(one, other);
            const laidOut = [one, other].flatMap((kept) => this.#tiesByLayout(data, kept));
            this.#solve(reading, key, leftCost + rightCost, { steps, ties: [...ties, ...laidOut] });
          }
          if (this.#done()) return;
        }
      }
    }
  }

  #tryLayoutAndValue(key: KeyCandidate, layoutCost: number, valueCost: number): void {
    for (const candidate of this.#moves.layoutList()) {
      if (candidate.cost > layoutCost) return;
      if (candidate.cost < layoutCost || !this.#budget.mine()) continue;
      for (const slot of this.#base) {
        // A layout that dropped or replaced the part leaves nothing to vary.
        if (candidate.layout.find(({ name }) => name === slot.name)?.value !== slot.value) continue;
        const values = this.#moves.ofCost(slot.name, valueCost);
        if (values.length === 0 || !this.#budget.step(this.#length)) continue;
        const place = around(candidate.layout, slot.name);
        if (!place) continue;
        for (const value of values) {
          const joined = concat(place.head, value.value, place.tail);
          const data = candidate.encode && typeof joined === 'string' ? candidate.encode(joined) : joined;
          const reading = this.#probe.test(key, data);
          if (!reading) continue;
          const { steps, ties = [] } = both(value, candidate);
          const laidOut = this.#tiesByTwoLayouts(data, layoutCost + valueCost);
          this.#solve(reading, key, layoutCost + valueCost, { steps, ties: [...ties, ...laidOut] });
        }
        if (this.#done()) return;
      }
    }
  }

  /** Explanations of a string by one of its two values and a layout: what ends the last part may as well end the string. */
  #tiesByLayout(data: Data, kept: ValueCandidate): (readonly Step[])[] {
    const part = kept.steps[0]?.part;
    if (this.#evidence.isStringLong || part === undefined) return [];
    const whole = sameBytesKey(data);
    const own = this.#base.find(({ name }) => name === part);
    return this.#moves.layoutList().flatMap(({ layout, encode, steps }) => {
      if (encode || layout.find(({ name }) => name === part)?.value !== own?.value) return [];
      const place = around(layout, part);
      const isSame = place && sameBytesKey(concat(place.head, kept.value, place.tail)) === whole;
      return isSame ? [[...kept.steps, ...steps]] : [];
    });
  }

  #tiesByTwoLayouts(data: Data, cost: number): (readonly Step[])[] {
    if (this.#evidence.isStringLong) return [];
    const whole = sameBytesKey(data);
    const same = this.#moves.twiceLaidOut(cost).filter((laidOut) => sameBytesKey(laidOut.data) === whole);
    return same.map(({ steps }) => steps);
  }

  /** Two mistakes in one part, and two in the layout. */
  #tryTwice(key: KeyCandidate, cost: number): void {
    for (const { name } of this.#base) {
      const place = this.#around(name);
      if (!place) continue;
      for (const candidate of this.#moves.twiceOfCost(name, cost)) {
        if (!this.#budget.mine()) continue;
        const reading = this.#probe.test(key, concat(place.head, candidate.value, place.tail));
        if (reading) this.#solve(reading, key, cost, candidate);
        if (this.#done()) return;
      }
    }
    for (const { data, steps } of this.#moves.twiceLaidOut(cost)) {
      if (!this.#budget.mine()) continue;
      const reading = this.#probe.test(key, data);
      if (reading) this.#solve(reading, key, cost, { steps });
      if (this.#done()) return;
    }
  }

  /** One part's likeliest other values, without those that are very many. */
  #usualValues(part: string): readonly ValueCandidate[] {
    return this.#moves.ofCost(part, 1).filter(({ steps }) => steps[0]?.mistake.inPairs === undefined);
  }

  /** Two usual mistakes in the layout and one in a part: whoever puts the string together by heart makes all of them. */
  #tryTriples(key: KeyCandidate, valuesOf: (part: string) => readonly ValueCandidate[]): void {
    if (this.#done()) return;
    const parts = this.#base.map((slot) => ({ slot, values: valuesOf(slot.name) }));
    for (const { layout, steps } of this.#moves.twiceLaidOut(2)) {
      if (!this.#budget.mine()) continue;
      for (const { slot, values } of parts) {
        if (values.length === 0 || layout.find(({ name }) => name === slot.name)?.value !== slot.value) continue;
        if (!this.#budget.step(this.#length)) return;
        const place = around(layout, slot.name);
        if (!place) continue;
        for (const value of values) {
          const reading = this.#probe.test(key, concat(place.head, value.value, place.tail));
          if (reading) this.#solve(reading, key, 3, both(value, { steps, ties: [] }));
        }
        if (this.#done()) return;
      }
    }
  }

  /** One usual mistake in the layout, and in two parts the foremost one of a class each. */
  #tryLaidOutValues(): void {
    const foremost = this.#base.map(({ name }) => ({ name, values: foremostOf(this.#moves.ofCost(name, 1)) }));
    for (const candidate of this.#moves.layoutList()) {
      if (candidate.cost > 1 || this.#done()) return;
      if (candidate.encode || !this.#budget.mine()) continue;
      const parts = foremost.filter(({ name }) => valueIn(candidate.layout, name) === valueIn(this.#base, name));
      for (const [at, left] of parts.entries()) {
        for (const one of left.values) {
          const layout = candidate.layout.map((slot) =>
            slot.name === left.name ? { ...slot, value: one.value } : slot,
          );
          for (const right of parts.slice(at + 1)) {
            if (!this.#budget.step(this.#length)) return;
            const place = around(layout, right.name);
            if (!place) continue;
            for (const other of right.values) {
              const reading = this.#probe.test(this.#right, concat(place.head, other.value, place.tail));
              if (!reading) continue;
              const steps = [...one.steps, ...other.steps, ...candidate.steps];
              this.#solve(reading, this.#right, 3, { steps });
            }
          }
          if (this.#done()) return;
        }
      }
    }
  }

  /** What stands around a part of the right string; `undefined` when there is no budget left to put it together. */
  #around(name: string): ReturnType<typeof around> {
    return this.#budget.step(this.#length) ? around(this.#base, name) : undefined;
  }

  #solve(reading: DigestReading, key: KeyCandidate, cost: number, { steps, ties = [] }: Explained): void {
    const total = key.cost + cost;
    for (const story of [key.steps, ...key.ties]) {
      for (const told of [steps, ...ties]) this.#solutions.push({ steps: [...story, ...told], reading, cost: total });
    }
    this.#stopAt = Math.min(this.#stopAt, this.#budget.tried + tieMargin);
  }

  #found(): boolean {
    return this.#solutions.length > 0;
  }

  #done(): boolean {
    return this.#budget.spent || this.#budget.tried >= this.#stopAt;
  }

  /** The shorter explanation first, then the likelier, then the more specific class. */
  #result(): SearchResult {
    const rank = ({ steps }: Solution): number =>
      steps.reduce((sum, { mistake }) => sum + this.#classes.indexOf(mistake), 0);
    const solutions = this.#solutions.toSorted(
      (left, right) => left.steps.length - right.steps.length || rank(left) - rank(right) || left.cost - right.cost,
    );
    return { solutions };
  }
}

function valueIn(layout: Layout, part: string): Slot['value'] | undefined {
  return layout.find(({ name }) => name === part)?.value;
}

/** The first of each class. */
function foremostOf(values: readonly ValueCandidate[]): ValueCandidate[] {
  const seen = new Set<MistakeClass | undefined>();
  return values.filter(({ steps }) => !seen.has(steps[0]?.mistake) && seen.add(steps[0]?.mistake));
}

function both(one: ValueCandidate, other: Pick<ValueCandidate, 'steps' | 'ties'>): Explained {
  return {
    steps: [...one.steps, ...other.steps],
    ties: [...one.ties.map((tie) => [...tie, ...other.steps]), ...other.ties.map((tie) => [...one.steps, ...tie])],
  };
}

function joinCandidate({ layout, encode }: LayoutCandidate): Data {
  const joined = joinLayout(layout);
  return encode && typeof joined === 'string' ? encode(joined) : joined;
}

function concat(head: Data, value: Data, tail: Data): Data {
  if (typeof head === 'string' && typeof value === 'string' && typeof tail === 'string') return head + value + tail;
  return joinData([head, value, tail]);
}
