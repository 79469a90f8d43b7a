/** Places that were left are given back once there are this many, and more of them than are taken. */
const minHoles = 64;

/** First in, first out, in constant time: an array's own `shift` moves all that is behind. */
export class Fifo<Item> {
  #items: (Item | undefined)[];
  #first = 0;

  /** @param items those that are there at first; it becomes this list's own. One that is made of one takes room for one. */
  constructor(items: (Item | undefined)[] = []) {
    this.#items = items;
  }

  get length(): number {
    return this.#items.length - this.#first;
  }

  /** The one that comes next. */
  get first(): Item | undefined {
    return this.#items[this.#first];
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  shift(): Item | undefined {
    if (this.length === 0) return undefined;
    const item = this.#items[this.#first];
    this.#items[this.#first++] = undefined;
    if (this.#first >= minHoles && this.#first > this.length) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    return item;
  }
}
