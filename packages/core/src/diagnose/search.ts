import type { Data, HashAlgorithm } from '../digest/algorithms.ts';
import type { BodyGroups } from './body-groups.ts';
import { layoutCandidates, type LayoutCandidate, type Step, type ValueCandidate } from './candidates.ts';
import type { Evidence } from './evidence.ts';
import {
  constructCandidates,
  keyCandidates,
  rightCandidate,
  type KeyCandidate,
  type RightKey,
} from './key-candidates.ts';
import { around, joinData, joinLayout, type Layout, type Slot } from './layout.ts';
import type { MistakeClass } from './mistake-class.ts';
import { foldValues, valueGroups, type MoveGroup, type PlainValue } from './move-groups.ts';
import { matchesReading, type DigestReading } from './received-signature.ts';
import type { SearchBudget } from './search-budget.ts';
import { highestTwiceCost, twiceVaried } from './twice-varied.ts';
import { sameBytesKey } from './visible.ts';

/** What reproduces the received signature. */
export interface Solution {
  readonly steps: readonly Step[];
  readonly reading: DigestReading;
  readonly cost: number;
}

/** What a search found: every explanation that gives the same bytes, the best first. */
export interface SearchResult {
  readonly solutions: readonly Solution[];
  /** True when the budget ended the search before its end. */
  readonly exhausted: boolean;
}

/** Candidates after the first hit of a pair search that are still looked at for explanations of the same bytes. */
const tieMargin = 20_000;
const highestPairCost = 8;
/** Moves that cost more are tried alone only, and after all others. */
const usualCost = 3;

type ValueGroup = MoveGroup<PlainValue>;

/** Searches the explanations of one signature: single mistakes first, then pairs by cost. */
export class SignatureSearch {
  readonly #evidence: Evidence;
  readonly #rightKey: RightKey;
  readonly #readings: readonly DigestReading[];
  readonly #algorithms: readonly HashAlgorithm[];
  readonly #budget: SearchBudget;
  readonly #bodies: BodyGroups;
  readonly #base: Layout;
  readonly #right: KeyCandidate;
  readonly #classes: readonly MistakeClass[];
  readonly #groups = new Map<string, ValueGroup[]>();
  readonly #folded = new Map<string, ReadonlyMap<number, readonly ValueCandidate[]>>();
  readonly #twice = new Map<string, ReadonlyMap<number, readonly PlainValue[]>>();
  #keys: readonly KeyCandidate[] | undefined;
  #layouts: readonly LayoutCandidate[] | undefined;
  #solutions: Solution[] = [];
  #stopAt = Number.POSITIVE_INFINITY;

  constructor(
    evidence: Evidence,
    classes: readonly MistakeClass[],
    bodies: BodyGroups,
    right: RightKey,
    readings: readonly DigestReading[],
    budget: SearchBudget,
  ) {
    this.#evidence = evidence;
    this.#rightKey = right;
    this.#readings = readings;
    this.#algorithms = [...new Set(readings.map(({ algorithm }) => algorithm))];
    this.#budget = budget;
    this.#bodies = bodies;
    this.#base = evidence.layout;
    this.#classes = classes;
    this.#right = rightCandidate(right);
  }

  /** Whether the signature is right as it stands (in whatever encoding it is written). */
  recompute(): SearchResult {
    this.#try(this.#right, joinLayout(this.#base), 0, () => []);
    return this.#result();
  }

  /** One mistake: another key or computation, another value of one part, another layout. */
  searchSingles(): SearchResult {
    const base = joinLayout(this.#base);
    this.#trySingleValues(quickFirst, usualCost);
    if (this.#found()) return this.#result();
    for (const key of this.#keyList()) this.#try(key, base, key.cost, () => key.steps);
    if (this.#found()) return this.#result();
    for (const candidate of this.#layoutList()) this.#tryLayout(this.#right, candidate);
    if (this.#found()) return this.#result();
    this.#trySingleValues(slowLast, usualCost);
    if (this.#found()) return this.#result();
    for (const slots of [quickFirst, slowLast]) this.#trySingleValues(slots, Number.POSITIVE_INFINITY);
    return this.#result();
  }

  /** Two mistakes, the likelier first; keys and computations count as one of them or come as a third. */
  searchPairs(): SearchResult {
    const keys = this.#keyList();
    const common = keys.filter(({ cost }) => cost === 1);
    for (let cost = 2; cost <= highestPairCost && !this.#done(); cost++) {
      this.#tryPairs(this.#right, cost);
      for (const key of keys) if (key.cost < cost && this.#budget.mine()) this.#tryWithKey(key, cost - key.cost);
      if (cost <= highestTwiceCost) this.#tryTwice(this.#right, cost);
      for (const key of common) {
        this.#tryPairs(key, cost - 1);
        if (cost - 1 <= highestTwiceCost) this.#tryTwice(key, cost - 1);
      }
    }
    return this.#result();
  }

  /** Every move of the parts that a pass takes, class by class; ends with the group in which the answer was. */
  #trySingleValues(pass: Pass, cost: number): void {
    for (const slot of this.#base) {
      const place = around(this.#base, slot.name);
      if (!place) continue;
      for (const [index, group] of this.#groupsOf(slot.name).entries()) {
        if (pass(slot.source.from, this.#classes[index]) === false) continue;
        for (const { value, cost: own, steps } of group.next(cost)) {
          this.#try(
            this.#right,
            concat(place.head, value, place.tail),
            own,
            () => steps,
            () => this.#tiesOfValue(slot.name, value, group),
          );
        }
        if (this.#done() || this.#found()) return;
      }
    }
  }

  /** Explanations by other classes: the same value of the same part, or the same string by another layout. */
  #tiesOfValue(part: string, value: Data, found: ValueGroup): (readonly Step[])[] {
    const key = sameBytesKey(value);
    const ties = this.#groupsOf(part)
      .filter((group) => group !== found)
      .flatMap((group) => group.all().filter((candidate) => sameBytesKey(candidate.value) === key))
      .map(({ steps }) => steps);
    const place = around(this.#base, part);
    const whole = place && sameBytesKey(concat(place.head, value, place.tail));
    for (const candidate of this.#layoutList()) {
      if (sameBytesKey(joinCandidate(candidate)) === whole) ties.push(candidate.steps, ...candidate.ties);
    }
    return ties;
  }

  #tryLayout(key: KeyCandidate, candidate: LayoutCandidate): void {
    this.#try(
      key,
      joinCandidate(candidate),
      key.cost + candidate.cost,
      () => [...key.steps, ...candidate.steps],
      () => candidate.ties.map((tie) => [...key.steps, ...tie]),
    );
  }

  /** Single message mistakes of one cost, under another key. */
  #tryWithKey(key: KeyCandidate, cost: number): void {
    for (const { name } of this.#base) {
      const place = around(this.#base, name);
      if (!place) continue;
      for (const candidate of this.#ofCost(name, cost)) {
        this.#try(
          key,
          concat(place.head, candidate.value, place.tail),
          key.cost + cost,
          () => [...key.steps, ...candidate.steps],
          () => candidate.ties.map((tie) => [...key.steps, ...tie]),
        );
        if (this.#done()) return;
      }
    }
    for (const candidate of this.#layoutList()) {
      if (candidate.cost > cost) break;
      if (candidate.cost === cost) this.#tryLayout(key, candidate);
      if (this.#done()) return;
    }
  }

  /** Pairs in different places whose two costs add up to `cost`. */
  #tryPairs(key: KeyCandidate, cost: number): void {
    for (let first = 1; first < cost; first++) {
      this.#tryTwoValues(key, first, cost - first);
      this.#tryLayoutAndValue(key, first, cost - first);
      if (this.#done()) return;
    }
  }

  /** Two mistakes in one part, and two in the layout. */
  #tryTwice(key: KeyCandidate, cost: number): void {
    for (const { name } of this.#base) {
      const place = around(this.#base, name);
      if (!place) continue;
      for (const { value, steps } of this.#twiceOfCost(name, cost)) {
        if (!this.#budget.mine()) continue;
        this.#try(key, concat(place.head, value, place.tail), key.cost + cost, () => [...key.steps, ...steps]);
        if (this.#done()) return;
      }
    }
    this.#tryLayoutTwice(key, cost);
  }

  #tryTwoValues(key: KeyCandidate, leftCost: number, rightCost: number): void {
    const parts = this.#base;
    for (let left = 0; left < parts.length; left++) {
      const leftValues = this.#ofCost(parts[left]?.name ?? '', leftCost);
      if (leftValues.length === 0) continue;
      for (let right = left + 1; right < parts.length; right++) {
        const rightValues = this.#ofCost(parts[right]?.name ?? '', rightCost);
        if (rightValues.length === 0) continue;
        const head = joinData([joinLayout(parts.slice(0, left)), parts[left]?.before ?? '']);
        const between = joinData([
          parts[left]?.after ?? '',
          joinLayout(parts.slice(left + 1, right)),
          parts[right]?.before ?? '',
        ]);
        const tail = joinData([parts[right]?.after ?? '', joinLayout(parts.slice(right + 1))]);
        for (const one of leftValues) {
          if (!this.#budget.mine()) continue;
          const start = concat(head, one.value, between);
          for (const other of rightValues) {
            this.#try(
              key,
              concat(start, other.value, tail),
              key.cost + one.cost + other.cost,
              () => [...key.steps, ...one.steps, ...other.steps],
              () => tiesOf(key, one, other),
            );
          }
          if (this.#done()) return;
        }
      }
    }
  }

  #tryLayoutAndValue(key: KeyCandidate, layoutCost: number, valueCost: number): void {
    for (const candidate of this.#layoutList()) {
      if (candidate.cost > layoutCost) break;
      if (candidate.cost < layoutCost || !this.#budget.mine()) continue;
      for (const slot of this.#base) {
        const values = this.#ofCost(slot.name, valueCost);
        // A layout that dropped or replaced the part leaves nothing to vary.
        if (values.length === 0 || candidate.layout.find(({ name }) => name === slot.name)?.value !== slot.value)
          continue;
        const place = around(candidate.layout, slot.name);
        if (!place) continue;
        for (const value of values) {
          const joined = concat(place.head, value.value, place.tail);
          const data = candidate.encode && typeof joined === 'string' ? candidate.encode(joined) : joined;
          this.#try(
            key,
            data,
            key.cost + candidate.cost + value.cost,
            () => [...key.steps, ...value.steps, ...candidate.steps],
            () => value.ties.map((tie) => [...key.steps, ...tie, ...candidate.steps]),
          );
        }
        if (this.#done()) return;
      }
    }
  }

  /** Two layout mistakes: what concerns the whole string, on top of another. */
  #tryLayoutTwice(key: KeyCandidate, cost: number): void {
    const whole = this.#classes.filter(
      ({ id }) =>
        id === 'layout/trailing-newline' ||
        id === 'layout/literal-newline' ||
        id === 'layout/newlines' ||
        id === 'layout/separator',
    );
    for (const outer of this.#layoutList()) {
      if (outer.cost >= cost || outer.cost > 2) break;
      if (outer.encode || !this.#budget.mine()) continue;
      for (const mistake of whole) {
        if (outer.steps.some((step) => step.mistake === mistake)) continue;
        for (const move of mistake.layouts?.(outer.layout, this.#evidence) ?? []) {
          if (move.cost + outer.cost !== cost) continue;
          const data = joinLayout(move.layout);
          this.#try(key, data, key.cost + cost, () => [
            ...key.steps,
            ...outer.steps,
            { mistake, detail: move.detail, part: 'string-to-sign', yours: data, expected: joinLayout(outer.layout) },
          ]);
        }
      }
      if (this.#done()) return;
    }
  }

  #try(
    key: KeyCandidate,
    data: Data,
    cost: number,
    steps: () => readonly Step[],
    ties?: () => readonly (readonly Step[])[],
  ): void {
    for (const algorithm of this.#algorithms) {
      if (!this.#budget.spend()) return;
      const digest = key.mac(algorithm).text(data, 'base64');
      for (const reading of this.#readings) {
        if (reading.algorithm !== algorithm || !matchesReading(reading, digest)) continue;
        this.#solutions.push({ steps: steps(), reading, cost });
        for (const tie of ties?.() ?? []) this.#solutions.push({ steps: tie, reading, cost: cost + 0.5 });
        this.#stopAt = Math.min(this.#stopAt, this.#budget.tried + tieMargin);
        break;
      }
    }
  }

  #found(): boolean {
    return this.#solutions.length > 0;
  }

  #done(): boolean {
    return this.#budget.spent || this.#budget.tried >= this.#stopAt;
  }

  #groupsOf(part: string): ValueGroup[] {
    let groups = this.#groups.get(part);
    if (!groups) {
      const slot = this.#base.find(({ name }) => name === part);
      groups = slot ? valueGroups(slot, this.#evidence, this.#classes, this.#bodies) : [];
      this.#groups.set(part, groups);
    }
    return groups;
  }

  /** The part's values that two mistakes make, by their cost; made once. */
  #twiceOfCost(part: string, cost: number): readonly PlainValue[] {
    let made = this.#twice.get(part);
    if (!made) {
      const slot = this.#base.find(({ name }) => name === part);
      const first = [1, 2].flatMap((one) => this.#ofCost(part, one));
      made = slot ? twiceVaried(slot, first, this.#evidence, this.#classes, this.#bodies, this.#budget) : new Map();
      this.#twice.set(part, made);
    }
    return made.get(cost) ?? [];
  }

  #ofCost(part: string, cost: number): readonly ValueCandidate[] {
    let folded = this.#folded.get(part);
    if (!folded) this.#folded.set(part, (folded = foldValues(this.#groupsOf(part))));
    return folded.get(cost) ?? [];
  }

  #layoutList(): readonly LayoutCandidate[] {
    return (this.#layouts ??= layoutCandidates(this.#base, this.#evidence, this.#classes));
  }

  /** Other keys and other computations: both stand before every message. */
  #keyList(): readonly KeyCandidate[] {
    return (this.#keys ??= [
      ...keyCandidates(this.#rightKey, this.#evidence, this.#classes),
      ...constructCandidates(this.#rightKey, this.#evidence, this.#classes),
    ]);
  }

  #result(): SearchResult {
    const rank = (solution: Solution): number =>
      solution.steps.reduce((sum, { mistake }) => sum + this.#classes.indexOf(mistake), 0);
    const solutions = this.#solutions.toSorted(
      (left, right) =>
        left.steps.length - right.steps.length ||
        Math.floor(left.cost) - Math.floor(right.cost) ||
        rank(left) - rank(right) ||
        left.cost - right.cost,
    );
    return { solutions, exhausted: this.#budget.spent };
  }
}

/** Which groups of moves a pass over the single mistakes takes, by the part's source and the class. */
type Pass = (source: Slot['source']['from'], mistake: MistakeClass | undefined) => boolean;

/** Moves that are few or cheap to make come first; placeholders and other bodies are many. */
const quickFirst: Pass = (source, mistake) =>
  mistake?.id === 'body/missing' ||
  (source !== 'content-hash' && source !== 'body' && mistake?.id !== 'template/unresolved');
const slowLast: Pass = (source, mistake) => !quickFirst(source, mistake);

function joinCandidate({ layout, encode }: LayoutCandidate): Data {
  const joined = joinLayout(layout);
  return encode && typeof joined === 'string' ? encode(joined) : joined;
}

function concat(head: Data, value: Data, tail: Data): Data {
  if (typeof head === 'string' && typeof value === 'string' && typeof tail === 'string') return head + value + tail;
  return joinData([head, value, tail]);
}

function tiesOf(key: KeyCandidate, one: ValueCandidate, other: ValueCandidate): (readonly Step[])[] {
  return [
    ...one.ties.map((tie) => [...key.steps, ...tie, ...other.steps]),
    ...other.ties.map((tie) => [...key.steps, ...one.steps, ...tie]),
  ];
}
