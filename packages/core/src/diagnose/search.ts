import type { Data, HashAlgorithm } from '../digest/algorithms.ts';
import {
  bodyCandidates,
  bodyPairs,
  classesFor,
  constructCandidates,
  keyCandidates,
  layoutCandidates,
  valueCandidates,
  type KeyCandidate,
  type LayoutCandidate,
  type RightKey,
  type Step,
  type ValueCandidate,
} from './candidates.ts';
import type { Evidence } from './evidence.ts';
import { around, joinData, joinLayout, type Layout } from './layout.ts';
import { hashesOf } from './content-hash-search.ts';
import { matchesReading, type DigestReading } from './received-signature.ts';
import type { SearchBudget } from './search-budget.ts';

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

/**
 * Candidates past the first hit of a pair search that are still looked at for explanations of the same bytes. The single
 * search always runs to its end.
 */
const tieMargin = 20_000;
const highestPairCost = 8;

/** Searches the explanations of one signature: single mistakes first, then pairs by cost. */
export class SignatureSearch {
  readonly #evidence: Evidence;
  readonly #readings: readonly DigestReading[];
  readonly #algorithms: readonly HashAlgorithm[];
  readonly #budget: SearchBudget;
  readonly #base: Layout;
  readonly #right: KeyCandidate;
  readonly #keys: readonly KeyCandidate[];
  readonly #constructs: readonly KeyCandidate[];
  readonly #classes: ReturnType<typeof classesFor>;
  #solutions: Solution[] = [];
  #stopAt = Number.POSITIVE_INFINITY;
  #values: Map<string, ValueCandidate[]> | undefined;
  #layouts: LayoutCandidate[] | undefined;

  constructor(evidence: Evidence, right: RightKey, readings: readonly DigestReading[], budget: SearchBudget) {
    this.#evidence = evidence;
    this.#readings = readings;
    this.#algorithms = [...new Set(readings.map(({ algorithm }) => algorithm))];
    this.#budget = budget;
    this.#base = evidence.layout;
    this.#classes = classesFor(evidence);
    const keys = keyCandidates(right, evidence, this.#classes);
    this.#right = keys[0] as KeyCandidate;
    this.#keys = keys.slice(1);
    this.#constructs = constructCandidates(right, evidence, this.#classes);
  }

  /** Whether the signature is right as it stands (in whatever encoding it is written). */
  recompute(): SearchResult {
    this.#try(this.#right, joinLayout(this.#base), 0, () => []);
    return this.#result();
  }

  /** One mistake: another key, another value of one part, another layout, another computation. */
  searchSingles(): SearchResult {
    const base = joinLayout(this.#base);
    for (const key of this.#keys) this.#try(key, base, key.cost, () => key.steps);
    for (const construct of this.#constructs) this.#try(construct, base, construct.cost, () => construct.steps);
    if (this.#solutions.length > 0) return this.#result();
    this.#trySingles(this.#right, 0, Number.POSITIVE_INFINITY);
    return this.#result();
  }

  /** Two mistakes, the likelier first; keys and computations count as one of them or come as a third. */
  searchPairs(): SearchResult {
    const keys = [...this.#keys, ...this.#constructs];
    const common = keys.filter(({ cost }) => cost === 1);
    for (let cost = 2; cost <= highestPairCost && !this.#done(); cost++) {
      for (const key of keys) {
        if (key.cost < cost) this.#trySingles(key, cost - key.cost, cost - key.cost);
      }
      this.#tryPairs(this.#right, cost);
      for (const key of common) this.#tryPairs(key, cost - 1);
    }
    return this.#result();
  }

  #trySingles(key: KeyCandidate, from: number, to: number): void {
    for (const [name, candidates] of this.#valuesByPart()) {
      const place = around(this.#base, name);
      if (!place) continue;
      for (const candidate of candidates) {
        if (candidate.cost > to) break;
        if (candidate.cost < from) continue;
        this.#try(
          key,
          concat(place.head, candidate.value, place.tail),
          key.cost + candidate.cost,
          () => [...key.steps, ...candidate.steps],
          () => candidate.ties.map((tie) => [...key.steps, ...tie]),
        );
        if (this.#done()) return;
      }
    }
    for (const candidate of this.#layoutList()) {
      if (candidate.cost > to) break;
      if (candidate.cost < from) continue;
      this.#try(key, joinCandidate(candidate), key.cost + candidate.cost, () => [...key.steps, ...candidate.steps]);
      if (this.#done()) return;
    }
  }

  /** Pairs whose two costs add up to `cost`. */
  #tryPairs(key: KeyCandidate, cost: number): void {
    for (let first = 1; first < cost; first++) {
      this.#tryTwoValues(key, first, cost - first);
      this.#tryLayoutAndValue(key, first, cost - first);
      if (this.#done()) return;
    }
    this.#tryOneValueTwice(key, cost);
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

  /** Two mistakes in one part, for example a path without its prefix that was decoded too. */
  #tryOneValueTwice(key: KeyCandidate, cost: number): void {
    if (cost > 4) return;
    for (const slot of this.#base) {
      const place = around(this.#base, slot.name);
      if (!place) continue;
      for (const outer of this.#valuesOf(slot.name)) {
        if (outer.cost >= cost) break;
        if (
          outer.cost > 2 ||
          outer.steps.length === 0 ||
          outer.value.length === 0 ||
          outer.steps[0]?.part === 'body' ||
          !this.#budget.mine()
        )
          continue;
        for (const mistake of this.#classes) {
          if (outer.steps.some((step) => step.mistake === mistake)) continue;
          for (const move of mistake.values?.({ ...slot, value: outer.value }, this.#evidence) ?? []) {
            if (move.cost + outer.cost !== cost) continue;
            const step = (): Step => ({
              mistake,
              detail: move.detail,
              part: slot.name,
              yours: move.value,
              expected: outer.value,
            });
            this.#try(key, concat(place.head, move.value, place.tail), key.cost + cost, () => [
              ...key.steps,
              ...outer.steps,
              step(),
            ]);
          }
        }
        if (this.#done()) return;
      }
      if (slot.source.from === 'content-hash' || slot.source.from === 'body') this.#tryBodyTwice(key, slot.name, cost);
    }
  }

  #tryBodyTwice(key: KeyCandidate, part: string, cost: number): void {
    const place = around(this.#base, part);
    if (!place || cost > 3) return;
    const bodies = bodyCandidates(this.#evidence, this.#classes);
    const hashed = this.#base.find(({ name }) => name === part)?.source.from === 'content-hash';
    // The body's bytes are hashed in another way than the rule says, and they are other bytes too.
    if (hashed) {
      for (const body of bodies) {
        if (body.cost + 1 !== cost) continue;
        for (const { value, steps } of hashesOf(body, this.#evidence, this.#classes)) {
          this.#try(key, concat(place.head, value, place.tail), key.cost + cost, () => [
            ...key.steps,
            ...body.steps,
            ...steps,
          ]);
        }
        if (this.#done()) return;
      }
    }
    for (const body of bodyPairs(bodies, this.#evidence, this.#classes)) {
      if (body.cost !== cost) continue;
      for (const { value, steps } of hashed ? hashesOf(body, this.#evidence, []) : [{ value: body.body, steps: [] }]) {
        this.#try(key, concat(place.head, value, place.tail), key.cost + cost, () => [
          ...key.steps,
          ...body.steps,
          ...steps,
        ]);
      }
      if (this.#done()) return;
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

  #done(): boolean {
    return this.#budget.spent || this.#budget.tried >= this.#stopAt;
  }

  #valuesByPart(): Map<string, ValueCandidate[]> {
    this.#values ??= new Map(
      this.#base.map((slot) => [slot.name, valueCandidates(slot, this.#evidence, this.#classes)]),
    );
    return this.#values;
  }

  #valuesOf(part: string): ValueCandidate[] {
    return this.#valuesByPart().get(part) ?? [];
  }

  #ofCost(part: string, cost: number): ValueCandidate[] {
    return this.#valuesOf(part).filter((candidate) => candidate.cost === cost);
  }

  #layoutList(): LayoutCandidate[] {
    this.#layouts ??= layoutCandidates(this.#base, this.#evidence, this.#classes, joinLayout);
    return this.#layouts;
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
