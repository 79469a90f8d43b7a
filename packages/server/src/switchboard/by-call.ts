import { without } from '../bounded/emptied.ts';
import type { CallId } from '../engine/call.ts';

/** With more items than this a call has them in a map. */
const few = 8;

/**
 * Items of calls, each found by its call and its key. Most calls have one or two, in a list: a map would take five times as
 * much. Of a call that has very many, one is added, found and taken out in the same time as of any other.
 */
export class ByCall<Item> {
  readonly #keyOf: (item: Item) => string;
  #calls = new Map<CallId, readonly Item[] | Map<string, Set<Item>>>();

  /** @param keyOf several items of a call may have the same key */
  constructor(keyOf: (item: Item) => string) {
    this.#keyOf = keyOf;
  }

  add(call: CallId, item: Item): void {
    const others = this.#calls.get(call);
    if (others instanceof Map) this.#addTo(others, item);
    else if (others === undefined) this.#calls.set(call, [item]);
    else if (others.length < few) this.#calls.set(call, others.concat(item));
    else {
      const crowd = new Map<string, Set<Item>>();
      for (const one of [...others, item]) this.#addTo(crowd, one);
      this.#calls.set(call, crowd);
    }
  }

  /** Whether a call has any. */
  has(call: CallId): boolean {
    return this.#calls.has(call);
  }

  /** Those of a call, or those of a key among them. */
  of(call: CallId, key?: string): readonly Item[] {
    const items = this.#calls.get(call);
    if (items === undefined) return [];
    if (items instanceof Map)
      return key === undefined ? [...items.values()].flatMap((same) => [...same]) : [...(items.get(key) ?? [])];
    return key === undefined ? items : items.filter((item) => this.#keyOf(item) === key);
  }

  delete(call: CallId, item: Item): void {
    const items = this.#calls.get(call);
    if (items === undefined) return;
    if (items instanceof Map) {
      const key = this.#keyOf(item);
      const same = items.get(key);
      same?.delete(item);
      if (same?.size === 0) items.delete(key);
      if (items.size === 0) this.#calls = without(this.#calls, call);
    } else {
      const left = items.filter((one) => one !== item);
      if (left.length === 0) this.#calls = without(this.#calls, call);
      else this.#calls.set(call, left);
    }
  }

  #addTo(crowd: Map<string, Set<Item>>, item: Item): void {
    const key = this.#keyOf(item);
    const same = crowd.get(key);
    if (same) same.add(item);
    else crowd.set(key, new Set([item]));
  }
}
