import { signal, type ReadonlySignal } from '@preact/signals';

/**
 * Things by id, in order, told as one value that changes once a frame however many of them changed. Holds at most
 * `limit` of them; the first ones go first.
 */
export class OrderedCollection<T extends { readonly id: string }> {
  readonly #compare: (a: T, b: T) => number;
  readonly #limit: number;
  readonly #version = signal(0);
  #items: T[] = [];
  /** Where each stands, counted from where the first one stood when they were last put in order. */
  #places = new Map<string, number>();
  /** How many have come before that one since. */
  #before = 0;
  #isAnnounced = false;

  constructor(compare: (a: T, b: T) => number, limit = 20_000) {
    this.#compare = compare;
    this.#limit = limit;
  }

  /** Counts the changes; read it to be told of them. */
  get version(): ReadonlySignal<number> {
    return this.#version;
  }

  /** All of them, in order. Do not change the array. */
  get items(): readonly T[] {
    return this.#items;
  }

  get(id: string): T | undefined {
    const place = this.#places.get(id);
    return place === undefined ? undefined : this.#items[place + this.#before];
  }

  /** Adds things or replaces those of the same id. */
  put(...things: readonly T[]): void {
    if (!this.#putBefore(things)) this.#putInOrder(things);
    // A tenth at a time, because every place changes.
    if (this.#items.length > this.#limit) this.#replace(this.#items.slice(-Math.floor(this.#limit * 0.9)));
    this.#announce();
  }

  clear(): void {
    this.#replace([]);
    this.#announce();
  }

  /** A page of older things goes before what there is, without moving each of those. Returns whether it was one. */
  #putBefore(things: readonly T[]): boolean {
    const [first] = this.#items;
    const isPage = things.every(
      (thing, at) => !this.#places.has(thing.id) && this.#compare(thing, things[at + 1] ?? first ?? thing) <= 0,
    );
    if (!first || !isPage) return false;
    this.#items = [...things, ...this.#items];
    this.#before += things.length;
    for (const [at, { id }] of things.entries()) this.#places.set(id, at - this.#before);
    return true;
  }

  #putInOrder(things: readonly T[]): void {
    let isOrdered = true;
    for (const thing of things) {
      const place = this.#places.get(thing.id);
      if (place !== undefined) {
        this.#items[place + this.#before] = thing;
        continue;
      }
      const last = this.#items.at(-1);
      if (last && this.#compare(last, thing) > 0) isOrdered = false;
      this.#places.set(thing.id, this.#items.push(thing) - 1 - this.#before);
    }
    if (!isOrdered) this.#replace(this.#items.toSorted(this.#compare));
  }

  #replace(items: T[]): void {
    this.#items = items;
    this.#before = 0;
    this.#places = new Map(items.map(({ id }, place) => [id, place]));
  }

  #announce(): void {
    if (this.#isAnnounced) return;
    this.#isAnnounced = true;
    afterFrame(() => {
      this.#isAnnounced = false;
      this.#version.value += 1;
    });
  }
}

/** At the next frame, or soon when the page is in the background, where there are no frames. */
function afterFrame(action: () => void): void {
  if (typeof document !== 'undefined' && document.visibilityState === 'visible') requestAnimationFrame(action);
  else setTimeout(action, 50);
}
