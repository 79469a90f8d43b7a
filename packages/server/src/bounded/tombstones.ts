/** Longer keys are not remembered: what the server names itself is shorter. */
const maxKeyLength = 200;

/** The keys of what was dropped, up to a number; the oldest are forgotten. */
export class Tombstones<Key extends string | number> {
  readonly #limit: number;
  /** With each key, the turn in which it was added last. */
  readonly #turns = new Map<Key, number>();
  readonly #ring: Key[] = [];
  #turn = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  has(key: Key): boolean {
    return this.#turns.has(key);
  }

  add(key: Key): void {
    if (this.#limit === 0 || (typeof key === 'string' && key.length > maxKeyLength)) return;
    const place = this.#turn % this.#limit;
    const oldest = this.#ring[place];
    // A key that was taken away and added again has its place elsewhere in the ring.
    if (oldest !== undefined && this.#turns.get(oldest) === this.#turn - this.#limit) this.#turns.delete(oldest);
    this.#ring[place] = key;
    this.#turns.set(key, this.#turn);
    this.#turn += 1;
  }

  delete(key: Key): void {
    this.#turns.delete(key);
  }
}
