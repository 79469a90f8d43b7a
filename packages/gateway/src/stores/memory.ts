import type { Claim, FreshClaim, Outcome, ReplayStore } from '../replay/replay-store.ts';

/** How much the store may hold, and its clock. */
export interface MemoryStoreOptions {
  /** 128 MiB: about a million requests without outcomes. */
  readonly maxBytes?: number;
  /** Milliseconds since the epoch. Defaults to the system's. */
  readonly now?: () => number;
}

/** What a claim takes beside its outcome, measured on Node 20 with a million of them. */
const claimBytes = 128;
const outcomeBytes = 256;

/** The claims of one time to live, the oldest first: their time is over in that order. */
interface Claims {
  readonly ttlMs: number;
  /** When each key was first seen, in milliseconds. */
  readonly seen: Map<string, number>;
}

/**
 * Remembers requests in this process: for one process, and gone with it. Full, it refuses what is new, and forgets nothing
 * before its time.
 *
 * @throws TypeError when an option cannot be used
 */
export function memoryStore(options: MemoryStoreOptions = {}): ReplayStore & { readonly bytes: number } {
  const { maxBytes = 128 * 1024 * 1024, now = Date.now } = options;
  if (!(maxBytes >= claimBytes)) throw new TypeError(`maxBytes must be at least ${claimBytes}`);
  return new MemoryStore(maxBytes, now);
}

class MemoryStore implements ReplayStore {
  /** Few: one for each time to live that routes have. */
  readonly #lists: Claims[] = [];
  readonly #outcomes = new Map<string, Outcome>();
  readonly #maxBytes: number;
  readonly #now: () => number;
  bytes = 0;

  constructor(maxBytes: number, now: () => number) {
    this.#maxBytes = maxBytes;
    this.#now = now;
  }

  claim(key: string, ttlMs: number): Claim {
    const now = this.#now();
    let list: Claims | undefined;
    for (let at = 0; at < this.#lists.length; at++) {
      const other = this.#lists[at]!;
      if (other.ttlMs === ttlMs) list = other;
      const firstSeenMs = other.seen.get(key);
      if (firstSeenMs === undefined) continue;
      if (firstSeenMs + other.ttlMs > now)
        return { fresh: false, firstSeenAt: new Date(firstSeenMs), outcome: this.#outcomes.get(key) };
      this.#drop(other, key);
    }
    if (!list) this.#lists.push((list = { ttlMs, seen: new Map() }));
    // Two for one: what is over is gone before more has come than went.
    for (let at = 0; at < this.#lists.length; at++) this.#forget(this.#lists[at]!, now, 2);
    this.#makeRoom(claimBytes, now);
    list.seen.set(key, now);
    this.bytes += claimBytes;
    return new MemoryClaim(this, list, key, now);
  }

  /** @internal */
  release(list: Claims, key: string, firstSeenMs: number): void {
    if (list.seen.get(key) === firstSeenMs) this.#drop(list, key);
  }

  /** @internal */
  settle(list: Claims, key: string, firstSeenMs: number, outcome: Outcome): void {
    if (list.seen.get(key) !== firstSeenMs || this.#outcomes.has(key)) return;
    const bytes = outcomeSize(outcome);
    this.#makeRoom(bytes, this.#now());
    this.bytes += bytes;
    this.#outcomes.set(key, outcome);
  }

  #makeRoom(bytes: number, now: number): void {
    if (this.bytes + bytes <= this.#maxBytes) return;
    for (const list of this.#lists) this.#forget(list, now, Infinity);
    if (this.bytes + bytes > this.#maxBytes)
      throw new Error(`the store is full (${this.#maxBytes} bytes), and nothing in it is over`);
  }

  #forget(list: Claims, now: number, most: number): void {
    let count = 0;
    for (const [key, firstSeenMs] of list.seen) {
      if (firstSeenMs + list.ttlMs > now || count++ >= most) return;
      this.#drop(list, key);
    }
  }

  #drop(list: Claims, key: string): void {
    list.seen.delete(key);
    this.bytes -= claimBytes;
    if (this.#outcomes.size === 0) return;
    const outcome = this.#outcomes.get(key);
    if (!outcome) return;
    this.#outcomes.delete(key);
    this.bytes -= outcomeSize(outcome);
  }
}

class MemoryClaim implements FreshClaim {
  readonly fresh = true;
  readonly #store: MemoryStore;
  readonly #list: Claims;
  readonly #key: string;
  readonly #firstSeenMs: number;

  constructor(store: MemoryStore, list: Claims, key: string, firstSeenMs: number) {
    this.#store = store;
    this.#list = list;
    this.#key = key;
    this.#firstSeenMs = firstSeenMs;
  }

  release(): void {
    this.#store.release(this.#list, this.#key, this.#firstSeenMs);
  }

  settle(outcome: Outcome): void {
    this.#store.settle(this.#list, this.#key, this.#firstSeenMs, outcome);
  }
}

function outcomeSize({ headers, body }: Outcome): number {
  return headers.reduce((bytes, [name, value]) => bytes + name.length + value.length, outcomeBytes + body.length);
}
