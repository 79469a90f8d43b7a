import { boundOf, type StoreRow } from './bounds.ts';

/** A number of bytes that several users share: each takes what it needs and gives it back. */
export class ByteBudget {
  readonly limit: number;
  #taken = 0;

  /** @param store the row of the table of limits that says how many */
  constructor(store: StoreRow, limit = boundOf(store).bytes) {
    this.limit = limit;
  }

  /** How many are taken now. */
  get taken(): number {
    return this.#taken;
  }

  /** Takes bytes; false, and nothing is taken, when there are not so many left. */
  take(bytes: number): boolean {
    if (this.#taken + bytes > this.limit) return false;
    this.#taken += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#taken -= bytes;
  }
}
