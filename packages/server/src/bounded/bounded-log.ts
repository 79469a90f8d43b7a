import type { Bound } from './bounded-map.ts';
import { boundOf, type StoreRow } from './bounds.ts';

/**
 * What came one after the other, numbered from 1 on and bounded in number and in bytes: the oldest is dropped. Numbers are
 * never given twice. Every operation takes constant time, and an entry costs what two slots of an array do.
 */
export class BoundedLog<Value> {
  readonly #bound: Bound;
  /** From `#start` on, by number; `undefined` for one that was dropped out of turn. */
  #values: (Value | undefined)[] = [];
  #weights: number[] = [];
  #start = 0;
  /** The number of what stands at `#start`. */
  #first = 1;
  #size = 0;
  #bytes = 0;

  /**
   * @param store the row of the table of limits that says how much is kept
   * @param bound in place of the row's own figures
   */
  constructor(store: StoreRow, bound: { readonly [Part in keyof Bound]?: number | undefined } = {}) {
    const { items = Number.POSITIVE_INFINITY, bytes } = boundOf(store);
    this.#bound = { items: bound.items ?? items, bytes: bound.bytes ?? bytes };
  }

  /** How many entries are kept. */
  get size(): number {
    return this.#size;
  }

  /** What they weigh together. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The number of the newest entry there ever was; 0 before the first. */
  get last(): number {
    return this.#first + this.#values.length - this.#start - 1;
  }

  /** The number of the oldest entry that is kept; that of the next one, if none is. */
  get oldest(): number {
    return this.#first;
  }

  get(number: number): Value | undefined {
    return number < this.#first ? undefined : this.#values[this.#start + number - this.#first];
  }

  /** Keeps a value, and drops what is then too much: itself, if it alone weighs more than all may. Returns its number. */
  add(value: Value, bytes: number): number {
    this.#values.push(value);
    this.#weights.push(bytes);
    this.#size += 1;
    this.#bytes += bytes;
    const number = this.last;
    this.#keep(number, bytes);
    return number;
  }

  /** Puts another value in an entry's place, of the same weight. */
  replace(number: number, value: Value): void {
    if (this.get(number) !== undefined) this.#values[this.#start + number - this.#first] = value;
  }

  /** Says what an entry weighs more than before, after it has changed. */
  addWeight(number: number, bytes: number): void {
    if (bytes === 0 || this.get(number) === undefined) return;
    const at = this.#start + number - this.#first;
    const weight = (this.#weights[at] ?? 0) + bytes;
    this.#weights[at] = weight;
    this.#bytes += bytes;
    this.#keep(number, weight);
  }

  /** Drops everything; numbers go on counting. */
  clear(): void {
    this.#first = this.last + 1;
    this.#values = [];
    this.#weights = [];
    this.#start = 0;
    this.#size = 0;
    this.#bytes = 0;
  }

  #keep(number: number, weight: number): void {
    if (weight > this.#bound.bytes) this.#drop(this.#start + number - this.#first);
    while (this.#size > this.#bound.items || this.#bytes > this.#bound.bytes) this.#drop(this.#start);
    this.#skipDropped();
  }

  #drop(at: number): void {
    if (this.#values[at] !== undefined) {
      this.#values[at] = undefined;
      this.#bytes -= this.#weights[at] ?? 0;
      this.#size -= 1;
    }
    this.#skipDropped();
  }

  /** What was dropped at the beginning is let go when it is the greater part. */
  #skipDropped(): void {
    while (this.#start < this.#values.length && this.#values[this.#start] === undefined) {
      this.#start += 1;
      this.#first += 1;
    }
    if (this.#start <= 64 || this.#start * 2 <= this.#values.length) return;
    this.#values = this.#values.slice(this.#start);
    this.#weights = this.#weights.slice(this.#start);
    this.#start = 0;
  }
}
