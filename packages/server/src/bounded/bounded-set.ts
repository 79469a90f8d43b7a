import { BoundedMap } from './bounded-map.ts';
import type { StoreRow } from './bounds.ts';
import { textBytes } from './weight.ts';

/** What an entry of a set weighs besides its name. An estimate. */
const overheadBytes = 96;

/** A set of names that is bounded in number and in bytes: what was added first is forgotten. */
export class BoundedSet {
  readonly #names: BoundedMap<string, true>;

  /** @param store the row of the table of limits that says how much is kept */
  constructor(store: StoreRow) {
    this.#names = new BoundedMap(store, { weigh: (_, name) => overheadBytes + textBytes(name) });
  }

  /** What the names weigh. */
  get bytes(): number {
    return this.#names.bytes;
  }

  add(name: string): void {
    this.#names.set(name, true);
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  clear(): void {
    this.#names.clear();
  }
}
