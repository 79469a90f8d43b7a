import { boundOf, type StoreRow } from './bounds.ts';
import { Tombstones } from './tombstones.ts';

/** How much a store keeps at most. */
export interface Bound {
  readonly items: number;
  readonly bytes: number;
}

export interface BoundedMapOptions<Key, Value> {
  /** Bytes of an entry. It is asked when the entry comes, is held or released, and again by `set` and `reweigh`. */
  readonly weigh: (value: Value, key: Key) => number;
  /** What is dropped first: what came first (or was released first), or what was not used for the longest time. */
  readonly order?: 'insertion' | 'use';
  /** In place of the row's own figures. */
  readonly bound?: { readonly [Part in keyof Bound]?: number | undefined };
  /** The row that bounds what is held. Without it nothing can be held. */
  readonly held?: StoreRow;
  readonly heldBound?: { readonly [Part in keyof Bound]?: number | undefined };
  /** How many dropped keys are told from unknown ones. Default 0. */
  readonly tombstones?: number;
  /** Told of each entry that a bound drops. */
  readonly onDrop?: (value: Value, key: Key) => void;
}

interface Slot<Key, Value> {
  readonly key: Key;
  value: Value;
  bytes: number;
  isHeld: boolean;
  /** Neighbours in the order in which entries are dropped. */
  older: Slot<Key, Value> | undefined;
  newer: Slot<Key, Value> | undefined;
}

/**
 * A map that is bounded in number and in bytes: what is oldest is dropped. Entries that are still needed are held: they
 * are never dropped and have a bound of their own, beyond which a new one is refused. Every operation takes constant time,
 * besides the weighing.
 */
export class BoundedMap<Key extends string | number, Value> {
  readonly #options: BoundedMapOptions<Key, Value>;
  readonly #bound: Bound;
  /** How much may be held. */
  readonly heldBound: Bound;
  readonly #slots = new Map<Key, Slot<Key, Value>>();
  readonly #tombstones: Tombstones<Key>;
  #oldest: Slot<Key, Value> | undefined;
  #newest: Slot<Key, Value> | undefined;
  #bytes = 0;
  #heldBytes = 0;
  #held = 0;

  /** @param store the row of the table of limits that says how much is kept */
  constructor(store: StoreRow, options: BoundedMapOptions<Key, Value>) {
    this.#options = options;
    this.#bound = boundBy(store, options.bound);
    this.heldBound = options.held ? boundBy(options.held, options.heldBound) : { items: 0, bytes: 0 };
    this.#tombstones = new Tombstones(options.tombstones ?? 0);
  }

  /** How many entries there are, those that are held among them. */
  get size(): number {
    return this.#slots.size;
  }

  /** How many entries are held. */
  get held(): number {
    return this.#held;
  }

  /** What the entries weigh that may be dropped. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What the entries weigh that are held. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Whether held entries exceed their bound, which they can by growing after they were added. */
  get isOverHeldBytes(): boolean {
    return this.#heldBytes > this.heldBound.bytes;
  }

  /** The key that is dropped next. */
  get oldest(): Key | undefined {
    return this.#oldest?.key;
  }

  /** A value. In the order of use, the entry thereby counts as used. */
  get(key: Key): Value | undefined {
    const slot = this.#slots.get(key);
    if (slot && this.#options.order === 'use') this.#renew(slot);
    return slot?.value;
  }

  has(key: Key): boolean {
    return this.#slots.has(key);
  }

  /** Whether there is an entry of that key that is held. */
  isHeld(key: Key): boolean {
    return this.#slots.get(key)?.isHeld ?? false;
  }

  /** Whether a bound has dropped the entry of that key, as far back as that is remembered. */
  wasDropped(key: Key): boolean {
    return this.#tombstones.has(key);
  }

  /** The values in the order in which their keys came. */
  *values(): IterableIterator<Value> {
    for (const { value } of this.#slots.values()) yield value;
  }

  /** The keys in the order in which they came. */
  keys(): IterableIterator<Key> {
    return this.#slots.keys();
  }

  /**
   * Keeps a value, and drops what is then too much. In the order of use, an entry that is replaced counts as used.
   *
   * @returns whether it is kept: not if it alone weighs more than the store may
   */
  set(key: Key, value: Value): boolean {
    const known = this.#slots.get(key);
    if (known) {
      known.value = value;
      if (this.#options.order === 'use') this.#renew(known);
      return this.#reweigh(known);
    }
    const bytes = this.#options.weigh(value, key);
    this.#tombstones.delete(key);
    const slot: Slot<Key, Value> = { key, value, bytes, isHeld: false, older: undefined, newer: undefined };
    this.#slots.set(key, slot);
    this.#append(slot);
    return this.#keeps(slot);
  }

  /**
   * Keeps a new value until it is released.
   *
   * @param how `anyway` for one that is needed already: whoever holds it makes room
   * @returns false when there is no room for it, or the key is there already: then nothing has changed
   */
  hold(key: Key, value: Value, how?: 'anyway'): boolean {
    if (this.#slots.has(key)) return false;
    const bytes = this.#options.weigh(value, key);
    const { items, bytes: most } = this.heldBound;
    const hasRoom = this.#held + 1 <= items && this.#heldBytes + bytes <= most;
    if (!hasRoom && how !== 'anyway') return false;
    this.#tombstones.delete(key);
    this.#slots.set(key, { key, value, bytes, isHeld: true, older: undefined, newer: undefined });
    this.#held += 1;
    this.#heldBytes += bytes;
    return true;
  }

  /** Holds an entry again that was released; false when there is no room for it, or it is not there. */
  holdAgain(key: Key): boolean {
    const slot = this.#slots.get(key);
    const { items, bytes: most } = this.heldBound;
    if (!slot || slot.isHeld) return false;
    const bytes = this.#options.weigh(slot.value, key);
    if (this.#held + 1 > items || this.#heldBytes + bytes > most) return false;
    this.#unlink(slot);
    this.#bytes -= slot.bytes;
    slot.bytes = bytes;
    slot.isHeld = true;
    this.#held += 1;
    this.#heldBytes += slot.bytes;
    return true;
  }

  /** Lets an entry be dropped that was held: after everything that was released before. Returns whether it is kept. */
  release(key: Key): boolean {
    const slot = this.#slots.get(key);
    if (!slot?.isHeld) return slot !== undefined;
    slot.isHeld = false;
    this.#held -= 1;
    this.#heldBytes -= slot.bytes;
    slot.bytes = this.#options.weigh(slot.value, key);
    this.#append(slot);
    return this.#keeps(slot);
  }

  /** Weighs an entry again whose value has changed. Returns whether it is kept. */
  reweigh(key: Key): boolean {
    const slot = this.#slots.get(key);
    return slot !== undefined && this.#reweigh(slot);
  }

  /** Drops the oldest entry that may be dropped. Returns whether there was one. */
  dropOldest(): boolean {
    if (!this.#oldest) return false;
    this.#drop(this.#oldest);
    return true;
  }

  /** Removes an entry. Unlike a dropped one, it is not remembered as gone. */
  delete(key: Key): boolean {
    const slot = this.#slots.get(key);
    if (!slot) return false;
    this.#slots.delete(key);
    if (slot.isHeld) {
      this.#held -= 1;
      this.#heldBytes -= slot.bytes;
    } else {
      this.#unlink(slot);
      this.#bytes -= slot.bytes;
    }
    return true;
  }

  /** Takes everything away that is not held. */
  clear(): void {
    for (let slot = this.#oldest; slot; slot = slot.newer) this.#slots.delete(slot.key);
    this.#oldest = undefined;
    this.#newest = undefined;
    this.#bytes = 0;
  }

  #reweigh(slot: Slot<Key, Value>): boolean {
    const bytes = this.#options.weigh(slot.value, slot.key);
    const more = bytes - slot.bytes;
    slot.bytes = bytes;
    if (slot.isHeld) {
      this.#heldBytes += more;
      return true;
    }
    this.#bytes += more;
    return this.#keeps(slot);
  }

  /** Drops what is too much: the slot itself at once when it alone is, else the oldest. */
  #keeps(slot: Slot<Key, Value>): boolean {
    const { items, bytes } = this.#bound;
    if (slot.bytes > bytes) this.#drop(slot);
    while (this.#oldest && (this.#bytes > bytes || this.#slots.size - this.#held > items)) this.#drop(this.#oldest);
    return this.#slots.get(slot.key) === slot;
  }

  #drop(slot: Slot<Key, Value>): void {
    this.delete(slot.key);
    this.#tombstones.add(slot.key);
    this.#options.onDrop?.(slot.value, slot.key);
  }

  #renew(slot: Slot<Key, Value>): void {
    if (slot.isHeld || slot === this.#newest) return;
    this.#unlink(slot);
    this.#link(slot);
  }

  #append(slot: Slot<Key, Value>): void {
    this.#link(slot);
    this.#bytes += slot.bytes;
  }

  #link(slot: Slot<Key, Value>): void {
    slot.older = this.#newest;
    slot.newer = undefined;
    if (this.#newest) this.#newest.newer = slot;
    else this.#oldest = slot;
    this.#newest = slot;
  }

  #unlink(slot: Slot<Key, Value>): void {
    if (slot.older) slot.older.newer = slot.newer;
    else this.#oldest = slot.newer;
    if (slot.newer) slot.newer.older = slot.older;
    else this.#newest = slot.older;
    slot.older = undefined;
    slot.newer = undefined;
  }
}

function boundBy(store: StoreRow, given: BoundedMapOptions<string, unknown>['bound'] = {}): Bound {
  const { items = Number.POSITIVE_INFINITY, bytes } = boundOf(store);
  return { items: given.items ?? items, bytes: given.bytes ?? bytes };
}
