/*
 * A list whose versions share what they have in common: adding or replacing an item copies a handful of nodes of 32
 * slots, not the list. A call's history may reach a hundred thousand events, and each of them makes a new version.
 */

/** A stretch of time. */
export interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

interface Node<Item> {
  /** Items in the lowest nodes, nodes in the others; `undefined` where there is nothing any more. */
  readonly slots: readonly (Item | Node<Item> | undefined)[];
  /** How many items stand in it. */
  readonly count: number;
  /** What the spans of its items cover together. */
  readonly span: Span;
}

/** The span of nothing. */
const nowhere: Span = { fromMs: Number.POSITIVE_INFINITY, untilMs: Number.NEGATIVE_INFINITY };

const bits = 5;
const width = 1 << bits;
const mask = width - 1;

/**
 * An immutable list. Items keep their positions: one that is taken out leaves a gap, over which iteration steps without
 * cost. With spans of its items it finds those of a stretch of time without looking at the others.
 */
export class Sequence<Item> implements Iterable<Item> {
  readonly #root: Node<Item> | undefined;
  /** How many levels stand below the root. */
  readonly #height: number;
  readonly #spanOf: ((item: Item) => Span) | undefined;
  /** The position that the next item gets. */
  readonly end: number;

  /** Most lists of a call are empty at any time, and all of these are one. */
  static #empty: Sequence<unknown> | undefined;

  private constructor(
    root: Node<Item> | undefined,
    height: number,
    end: number,
    spanOf: ((item: Item) => Span) | undefined,
  ) {
    this.#root = root;
    this.#height = height;
    this.end = end;
    this.#spanOf = spanOf;
  }

  /** A list of items, in their order. */
  static of<Item>(items: Iterable<Item> = [], spanOf?: (item: Item) => Span): Sequence<Item> {
    Sequence.#empty ??= new Sequence<unknown>(undefined, 0, 0, undefined);
    let sequence = spanOf ? new Sequence<Item>(undefined, 0, 0, spanOf) : (Sequence.#empty as Sequence<Item>);
    for (const item of items) sequence = sequence.append(item);
    return sequence;
  }

  /** How many items there are. */
  get length(): number {
    return this.#root?.count ?? 0;
  }

  /** The item at a position; `undefined` where there is none. */
  get(position: number): Item | undefined {
    if (position < 0 || position >= this.end) return undefined;
    let node = this.#root;
    for (let level = this.#height; level > 0 && node; level--) {
      node = node.slots[(position >> (level * bits)) & mask] as Node<Item> | undefined;
    }
    return node?.slots[position & mask] as Item | undefined;
  }

  /** With one item more at the end; `undefined` leaves a gap there. */
  append(item: Item | undefined): Sequence<Item> {
    const grows = this.end >> (bits * (this.#height + 1)) === 1;
    const root = grows && this.#root ? this.#nodeOf([this.#root], 1) : this.#root;
    const height = grows ? this.#height + 1 : this.#height;
    return this.#made(root, height, this.end, item, this.end + 1);
  }

  /** With another item at a position, or none. */
  with(position: number, item: Item | undefined): Sequence<Item> {
    return this.#made(this.#root, this.#height, position, item, this.end);
  }

  /** The items whose spans share time with a stretch, in order. */
  *during(fromMs: number, untilMs: number): Generator<Item, void, undefined> {
    for (const [item] of this.entriesDuring(fromMs, untilMs)) yield item;
  }

  /** As `during`, with their positions. */
  *entriesDuring(fromMs: number, untilMs: number): Generator<[item: Item, position: number], void, undefined> {
    if (this.#root) yield* this.#overlapping(this.#root, this.#height, 0, fromMs, untilMs);
  }

  [Symbol.iterator](): Iterator<Item> {
    return this.#items()[Symbol.iterator]();
  }

  /** The first item, without a position before it. */
  first(): Item | undefined {
    const { value } = this[Symbol.iterator]().next() as IteratorResult<Item, undefined>;
    return value;
  }

  /** The last item. */
  last(): Item | undefined {
    let node = this.#root;
    for (let level = this.#height; level > 0 && node; level--) {
      node = node.slots.findLast((slot) => slot !== undefined) as Node<Item> | undefined;
    }
    return node?.slots.findLast((slot) => slot !== undefined) as Item | undefined;
  }

  map<Result>(change: (item: Item, index: number) => Result): Result[] {
    const items = this.#items();
    // Either way as long as it has room for.
    return Array.isArray(items) ? (items as Item[]).map(change) : Array.from(items, change);
  }

  flatMap<Result>(change: (item: Item) => Result | readonly Result[]): Result[] {
    return this.toJSON().flatMap(change);
  }

  filter<Kept extends Item>(fits: (item: Item) => item is Kept): Kept[];
  filter(fits: (item: Item) => boolean): Item[];
  filter(fits: (item: Item) => boolean): Item[] {
    const kept: Item[] = [];
    for (const item of this.#items()) if (fits(item)) kept.push(item);
    return kept;
  }

  find(fits: (item: Item) => boolean): Item | undefined {
    for (const item of this.#items()) if (fits(item)) return item;
    return undefined;
  }

  some(fits: (item: Item) => boolean): boolean {
    for (const item of this.#items()) if (fits(item)) return true;
    return false;
  }

  every(fits: (item: Item) => boolean): boolean {
    return !this.some((item) => !fits(item));
  }

  /** JSON has it as an array. */
  toJSON(): Item[] {
    return [...this.#items()];
  }

  /** Most lists are short and without gaps: those are walked as the arrays that they are. */
  #items(): Iterable<Item> {
    const root = this.#root;
    if (!root) return [];
    if (this.#height === 0 && root.count === root.slots.length) return root.slots as readonly Item[];
    return this.#walk(root, this.#height);
  }

  *#walk(node: Node<Item>, level: number): Generator<Item, void, undefined> {
    for (const slot of node.slots) {
      if (slot === undefined) continue;
      if (level === 0) yield slot as Item;
      else yield* this.#walk(slot as Node<Item>, level - 1);
    }
  }

  *#overlapping(
    node: Node<Item>,
    level: number,
    first: number,
    fromMs: number,
    untilMs: number,
  ): Generator<[item: Item, position: number], void, undefined> {
    if (node.span.untilMs <= fromMs || node.span.fromMs >= untilMs) return;
    for (const [index, slot] of node.slots.entries()) {
      if (slot === undefined) continue;
      const position = first + index * width ** level;
      if (level > 0) {
        yield* this.#overlapping(slot as Node<Item>, level - 1, position, fromMs, untilMs);
      } else {
        const span = this.#spanOf?.(slot as Item);
        if (span && span.untilMs > fromMs && span.fromMs < untilMs) yield [slot as Item, position];
      }
    }
  }

  #made(
    root: Node<Item> | undefined,
    height: number,
    position: number,
    item: Item | undefined,
    end: number,
  ): Sequence<Item> {
    return new Sequence(this.#placed(root, height, position, item), height, end, this.#spanOf);
  }

  /** A copy of a node with an item in its place; a node that has nothing left is none. */
  #placed(
    node: Node<Item> | undefined,
    level: number,
    position: number,
    item: Item | undefined,
  ): Node<Item> | undefined {
    const index = (position >> (level * bits)) & mask;
    const before = node?.slots[index];
    const after = level === 0 ? item : this.#placed(before as Node<Item> | undefined, level - 1, position, item);
    const slots = withSlot(node?.slots ?? [], index, after);
    if (level === 0 && before === undefined && after !== undefined) return this.#withMore(node, slots, after as Item);
    const made = this.#nodeOf(slots, level);
    return made.count === 0 ? undefined : made;
  }

  /** A lowest node that has got one item more. */
  #withMore(node: Node<Item> | undefined, slots: Node<Item>['slots'], item: Item): Node<Item> {
    const { count, span } = node ?? { count: 0, span: nowhere };
    return { slots, count: count + 1, span: this.#spanOf ? covering(span, this.#spanOf(item)) : nowhere };
  }

  #nodeOf(slots: Node<Item>['slots'], level: number): Node<Item> {
    let count = 0;
    let span = nowhere;
    for (const slot of slots) {
      if (slot === undefined) continue;
      count += level === 0 ? 1 : (slot as Node<Item>).count;
      if (this.#spanOf) span = covering(span, level === 0 ? this.#spanOf(slot as Item) : (slot as Node<Item>).span);
    }
    return { slots, count, span };
  }
}

function covering(one: Span, other: Span): Span {
  return { fromMs: Math.min(one.fromMs, other.fromMs), untilMs: Math.max(one.untilMs, other.untilMs) };
}

/** A copy with another value in a slot, and no more room than that takes. */
function withSlot<Slot>(slots: readonly (Slot | undefined)[], index: number, value: Slot): (Slot | undefined)[] {
  if (index < slots.length) {
    // `with` takes three times as long.
    const copy = slots.slice();
    copy[index] = value;
    return copy;
  }
  // By its length, and filled by hand: `concat` takes five times as long, `push` makes room for seventeen.
  const copy = Array<Slot | undefined>(index + 1);
  for (let at = 0; at < index; at += 1) copy[at] = slots[at];
  copy[index] = value;
  return copy;
}
