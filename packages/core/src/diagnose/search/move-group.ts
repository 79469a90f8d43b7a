/** Two mistakes in different places cost at most this much together; a move that costs more is none of two. */
export const highestPairCost = 7;

/**
 * The moves of one class, made as far as they have been asked for: generators yield far-fetched moves last, so a
 * search that finds its answer early never makes them.
 */
export class MoveGroup<Item extends { readonly cost: number }> {
  readonly made: Item[] = [];
  #source: Iterator<Item> | undefined;
  #held: Item | undefined;

  /** @param source absent where the class has none */
  constructor(source: Iterable<Item> | undefined) {
    this.#source = source?.[Symbol.iterator]();
  }

  /** Whether a move that was not handed out yet may cost no more than that. */
  mayHave(cost: number): boolean {
    return this.#source !== undefined && (this.#held === undefined || this.#held.cost <= cost);
  }

  /** The next move, if it costs no more than that. */
  take(cost: number): Item | undefined {
    const item = this.#held ?? this.#advance();
    this.#held = item && item.cost > cost ? item : undefined;
    if (!item || this.#held) return undefined;
    this.made.push(item);
    return item;
  }

  /** The moves that were not handed out yet, up to the first that costs more than `cost`, and `atMost` so many. */
  *next(cost: number, atMost = Number.POSITIVE_INFINITY): Generator<Item> {
    for (let count = 0; count < atMost; count++) {
      const item = this.take(cost);
      if (!item) return;
      yield item;
    }
  }

  /** Every move, those already made first; what is not asked for is not made. */
  *each(): Generator<Item> {
    for (let at = 0; ; at++) {
      if (at >= this.made.length && !this.take(Number.POSITIVE_INFINITY)) return;
      yield this.made[at] as Item;
    }
  }

  /** Every move up to the first that costs more than `cost`, and those already made. */
  all(cost = Number.POSITIVE_INFINITY): readonly Item[] {
    while (this.take(cost));
    return this.made;
  }

  #advance(): Item | undefined {
    const { value, done } = this.#source?.next() ?? { done: true };
    if (done) this.#source = undefined;
    return done ? undefined : (value as Item);
  }
}
