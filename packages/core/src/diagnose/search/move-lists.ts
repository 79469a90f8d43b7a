import type { Data } from '../../digest/algorithms.ts';
import type { BodyGroups } from './body-groups.ts';
import type { LayoutCandidate, ValueCandidate } from './candidates.ts';
import type { Evidence } from '../reading/evidence.ts';
import { constructCandidates, type KeyCandidate } from './key-candidates.ts';
import { KeysByCost } from './keys-by-cost.ts';
import { LayoutsByCost } from './layouts-by-cost.ts';
import { joinLayout, type Layout } from '../reading/layout.ts';
import type { MistakeClass, Step } from './mistake-class.ts';
import type { MoveGroup } from './move-group.ts';
import type { RightKey } from '../reading/right-key.ts';
import { twiceVaried } from './twice-varied.ts';
import { foldValues, valueGroups, type PlainValue } from './value-groups.ts';

/** A string to sign, joined already, and what was done to its layout. */
export interface JoinedLayout {
  readonly layout: Layout;
  readonly data: Data;
  readonly steps: readonly Step[];
}

/** How many other things were tried, by what they are. */
export interface SearchExtent {
  /** Other keys, readings of the key, and computations with it. */
  readonly keys: number;
  readonly values: readonly { readonly part: string; readonly made: number }[];
  readonly layouts: number;
}

/** Everything that a search can try for one request, made when it is first asked for and kept. */
export class MoveLists {
  readonly #evidence: Evidence;
  readonly #classes: readonly MistakeClass[];
  readonly #bodies: BodyGroups;
  readonly #rightKey: RightKey;
  readonly #base: Layout;
  readonly #groups = new Map<string, MoveGroup<PlainValue>[]>();
  readonly #folded = new Map<string, ReadonlyMap<number, readonly ValueCandidate[]>>();
  readonly #twice = new Map<string, ReadonlyMap<number, readonly PlainValue[]>>();
  readonly #twiceLaidOut = new Map<number, readonly JoinedLayout[]>();
  readonly #keys: KeysByCost;
  readonly #rareKeys: KeysByCost;
  readonly #layouts: LayoutsByCost;
  #constructs: readonly KeyCandidate[] | undefined;

  constructor(evidence: Evidence, classes: readonly MistakeClass[], bodies: BodyGroups, right: RightKey) {
    this.#evidence = evidence;
    this.#classes = classes;
    this.#bodies = bodies;
    this.#rightKey = right;
    this.#base = evidence.layout;
    this.#keys = new KeysByCost(right, evidence, classes, 'keyTexts');
    this.#layouts = new LayoutsByCost(evidence, classes);
    this.#rareKeys = new KeysByCost(right, evidence, classes, 'rareKeyTexts');
  }

  /** What was made to be tried so far. */
  get extent(): SearchExtent {
    const values = this.#base.flatMap(({ name }) => {
      const made = this.#groups.get(name)?.reduce((sum, group) => sum + group.made.length, 0) ?? 0;
      return made === 0 ? [] : [{ part: name, made }];
    });
    return {
      keys: this.#keys.made + (this.#constructs?.length ?? 0) + this.#rareKeys.made,
      values,
      layouts: this.#layouts.made,
    };
  }

  /** One part's moves by class, in the order of the classes; a last group may belong to none. */
  groupsOf(part: string): MoveGroup<PlainValue>[] {
    let groups = this.#groups.get(part);
    if (!groups) {
      const slot = this.#base.find(({ name }) => name === part);
      groups = slot ? valueGroups(slot, this.#evidence, this.#classes, this.#bodies) : [];
      this.#groups.set(part, groups);
    }
    return groups;
  }

  /** One part's other values of one cost, equal ones folded together. */
  ofCost(part: string, cost: number): readonly ValueCandidate[] {
    let folded = this.#folded.get(part);
    if (!folded) this.#folded.set(part, (folded = foldValues(this.groupsOf(part))));
    return folded.get(cost) ?? [];
  }

  /** The part's values that two mistakes make, by their cost; made once. */
  twiceOfCost(part: string, cost: number): readonly PlainValue[] {
    let made = this.#twice.get(part);
    if (!made) {
      const slot = this.#base.find(({ name }) => name === part);
      const first = [1, 2].flatMap((one) => this.ofCost(part, one));
      made = slot ? twiceVaried(slot, first, this.#evidence, this.#classes, this.#bodies) : new Map();
      this.#twice.set(part, made);
    }
    return made.get(cost) ?? [];
  }

  /** Two layout mistakes of this cost together: what concerns the whole string, on top of another. */
  twiceLaidOut(cost: number): readonly JoinedLayout[] {
    let made = this.#twiceLaidOut.get(cost);
    if (!made) this.#twiceLaidOut.set(cost, (made = [...this.#layTwice(cost)]));
    return made;
  }

  *#layTwice(cost: number): Generator<JoinedLayout> {
    const { budget } = this.#evidence;
    const { length } = joinLayout(this.#base);
    const whole = this.#classes.filter(({ wholeString }) => wholeString);
    for (const outer of this.layoutList()) {
      if (outer.cost >= cost) return;
      // Where no part is left, nothing more can be done.
      if (outer.encode || outer.layout.length === 0) continue;
      for (const mistake of whole) {
        if (outer.steps.some((step) => step.mistake === mistake)) continue;
        for (const { layout, cost: own, detail, encode } of mistake.layouts?.(outer.layout, this.#evidence) ?? []) {
          if (own + outer.cost !== cost) continue;
          if (!budget.step(2 * length)) return;
          const joined = joinLayout(layout);
          const data = encode && typeof joined === 'string' ? encode(joined) : joined;
          const step = { mistake, detail, part: 'string-to-sign', yours: data, expected: joinLayout(outer.layout) };
          yield { layout, data, steps: [...outer.steps, step] };
        }
      }
    }
  }

  /** Other layouts that cost at most so much, cheapest first; with all of them it is known what else gives their strings. */
  layoutList(upTo?: number): readonly LayoutCandidate[] {
    return this.#layouts.upTo(upTo);
  }

  /** The ways by a layout to a string, by its bytes' key, the likeliest first. */
  layoutsGiving(key: string): (readonly Step[])[] {
    return this.#layouts.giving(key);
  }

  /** Other keys that cost at most so much, and other computations, cheapest first: both stand before every message. */
  keyList(upTo = Number.POSITIVE_INFINITY): readonly KeyCandidate[] {
    this.#constructs ??= constructCandidates(this.#rightKey.bytes, this.#evidence, this.#classes);
    return [...this.#keys.upTo(upTo), ...this.#constructs].toSorted((left, right) => left.cost - right.cost);
  }

  /** Other readings of the right key that cost at most so much, and the keys made before. */
  keyReadingList(upTo: number): readonly KeyCandidate[] {
    return this.#keys.readingsUpTo(upTo);
  }

  /** Keys that are tried alone, after all others. */
  rareKeyList(): readonly KeyCandidate[] {
    return this.#rareKeys.upTo(Number.POSITIVE_INFINITY);
  }

  /** Every key, the rare ones made when the others are used up. */
  *eachKey(): Generator<KeyCandidate> {
    yield* this.keyList();
    yield* this.rareKeyList();
  }
}
