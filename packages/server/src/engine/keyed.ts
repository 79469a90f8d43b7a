import { Sequence } from './sequence.ts';

/** How many items are looked through one by one before their ids are written into a map. */
const tail = 32;

/** How the items of a keyed list are identified. */
export interface KeyedRules<Item> {
  readonly idOf: (item: Item) => string;
  /** Whether an item is over, and kept only for the history. */
  readonly isOver: (item: Item) => boolean;
}

/**
 * Things with an id, in the order in which they came. Each version shares what it has in common with the one before it
 * (`sequence.ts`), finds a thing by its id without looking through the others, and has those that are not over apart:
 * a long call has thousands of operations behind it and a few under way.
 */
export class Keyed<Item> implements Iterable<Item> {
  readonly #all: Sequence<Item>;
  /** Those that are not over, at the same positions. */
  readonly #live: Sequence<Item>;
  readonly #rules: KeyedRules<Item>;
  /** Where the ids of the items before `#indexed` stand; each map is at least twice as long as the next. */
  readonly #index: readonly ReadonlyMap<string, number>[];
  readonly #indexed: number;

  private constructor(
    all: Sequence<Item>,
    live: Sequence<Item>,
    rules: KeyedRules<Item>,
    index: readonly ReadonlyMap<string, number>[],
    indexed: number,
  ) {
    this.#all = all;
    this.#live = live;
    this.#rules = rules;
    this.#index = index;
    this.#indexed = indexed;
  }

  /**
   * Things by their ids.
   *
   * @param isOver tells those that only the history needs; by default none
   */
  static of<Item extends { readonly id: string }>(
    items: Iterable<Item> = [],
    isOver: (item: Item) => boolean = () => false,
  ): Keyed<Item> {
    return Keyed.by({ idOf: ({ id }) => id, isOver }, items);
  }

  /** A list whose items are identified by a function. */
  static by<Item>(rules: KeyedRules<Item>, items: Iterable<Item> = []): Keyed<Item> {
    const none = Sequence.of<Item>();
    let keyed = new Keyed<Item>(none, none, rules, [], 0);
    for (const item of items) keyed = keyed.with(item);
    return keyed;
  }

  /** The empty lists by their rules: a call's lists are empty most of the time, and share them. */
  static readonly #none = new WeakMap<object, Keyed<unknown>>();

  static #noneBy<Item>(rules: KeyedRules<Item>): Keyed<Item> {
    const known = Keyed.#none.get(rules) as Keyed<Item> | undefined;
    const none = known ?? Keyed.by(rules);
    if (!known) Keyed.#none.set(rules, none as Keyed<unknown>);
    return none;
  }

  get length(): number {
    return this.#all.length;
  }

  /** Those that are not over, in order. */
  get live(): Sequence<Item> {
    return this.#live;
  }

  /** The thing of that id. */
  get(id: string): Item | undefined {
    const position = this.positionOf(id);
    return position === undefined ? undefined : this.#all.get(position);
  }

  /** What came as the nth, from 0; from the end with a negative number. Not for lists from which something was taken. */
  at(place: number): Item | undefined {
    return this.#all.get(place < 0 ? this.#all.end + place : place);
  }

  /** Where a thing stands: earlier ones have lower numbers. */
  positionOf(id: string): number | undefined {
    for (let position = this.#all.end - 1; position >= this.#indexed; position--) {
      if (this.#stands(id, position)) return position;
    }
    for (let level = this.#index.length - 1; level >= 0; level--) {
      const position = this.#index[level]?.get(id);
      // The index may still have the id of an item that was removed.
      if (position !== undefined && this.#stands(id, position)) return position;
    }
    return undefined;
  }

  /** With this thing, in the place of the one with its id or at the end. */
  with(item: Item): Keyed<Item> {
    const position = this.positionOf(this.#rules.idOf(item));
    const all = position === undefined ? this.#all.append(item) : this.#all.with(position, item);
    const isOver = this.#rules.isOver(item);
    // As long as no item is over, both lists are the same object.
    if (this.#live === this.#all) return this.#made(all, isOver ? all.with(position ?? all.end - 1, undefined) : all);
    const living = isOver ? undefined : item;
    return this.#made(all, position === undefined ? this.#live.append(living) : this.#live.with(position, living));
  }

  /** Without the thing of that id. */
  without(id: string): Keyed<Item> {
    const position = this.positionOf(id);
    if (position === undefined) return this;
    const all = this.#all.with(position, undefined);
    // Gaps and the ids that stood in them are let go when there are more of them than things.
    if (all.length === 0) return Keyed.#noneBy(this.#rules);
    if (all.end > tail && all.end > 4 * all.length) return Keyed.by(this.#rules, all);
    return this.#made(all, this.#live === this.#all ? all : this.#live.with(position, undefined));
  }

  [Symbol.iterator](): Iterator<Item> {
    return this.#all[Symbol.iterator]();
  }

  map<Result>(change: (item: Item, index: number) => Result): Result[] {
    return this.#all.map(change);
  }

  filter(fits: (item: Item) => boolean): Item[] {
    return this.#all.filter(fits);
  }

  find(fits: (item: Item) => boolean): Item | undefined {
    return this.#all.find(fits);
  }

  flatMap<Result>(change: (item: Item) => Result | readonly Result[]): Result[] {
    return this.#all.flatMap(change);
  }

  some(fits: (item: Item) => boolean): boolean {
    return this.#all.some(fits);
  }

  every(fits: (item: Item) => boolean): boolean {
    return this.#all.every(fits);
  }

  /** In JSON it is an array. */
  toJSON(): Item[] {
    return this.#all.toJSON();
  }

  #stands(id: string, position: number): boolean {
    const item = this.#all.get(position);
    return item !== undefined && this.#rules.idOf(item) === id;
  }

  #made(all: Sequence<Item>, live: Sequence<Item>): Keyed<Item> {
    if (all.end - this.#indexed < tail) return new Keyed(all, live, this.#rules, this.#index, this.#indexed);
    const index = [...this.#index];
    let latest = new Map<string, number>();
    for (let position = this.#indexed; position < all.end; position++) {
      const item = all.get(position);
      if (item !== undefined) latest.set(this.#rules.idOf(item), position);
    }
    // Maps of like length become one: each id is copied no more often than the logarithm of how many there are.
    for (let before = index.at(-1); before && before.size < 2 * latest.size; before = index.at(-1)) {
      latest = new Map([...before, ...latest]);
      index.pop();
    }
    return new Keyed(all, live, this.#rules, [...index, latest], all.end);
  }
}

/** The item of that id. */
export function byId<Item>(items: Keyed<Item>, id: string): Item | undefined {
  return items.get(id);
}
