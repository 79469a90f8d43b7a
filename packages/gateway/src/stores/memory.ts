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
  /** When each key was first seen. The keys are packed. */
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
  readonly #byTtl = new Map<number, Claims>();
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
    const packed = packedKey(key);
    // Two for one: what is over is gone before more has come than went.
    for (const claims of this.#byTtl.values()) this.#forget(claims, now, 2);
    for (const claims of this.#byTtl.values()) {
      const firstSeenMs = claims.seen.get(packed);
      if (firstSeenMs === undefined) continue;
      if (firstSeenMs + claims.ttlMs > now)
        return { fresh: false, firstSeenAt: new Date(firstSeenMs), outcome: this.#outcomes.get(packed) };
      this.#drop(claims, packed);
    }
    this.#makeRoom(claimBytes, now);
    let claims = this.#byTtl.get(ttlMs);
    if (!claims) this.#byTtl.set(ttlMs, (claims = { ttlMs, seen: new Map() }));
    claims.seen.set(packed, now);
    this.bytes += claimBytes;
    return new MemoryClaim(this, claims, packed, now);
  }

  /** @internal */
  release(claims: Claims, packed: string, firstSeenMs: number): void {
    if (claims.seen.get(packed) === firstSeenMs) this.#drop(claims, packed);
  }

  /** @internal */
  settle(claims: Claims, packed: string, firstSeenMs: number, outcome: Outcome): void {
    if (claims.seen.get(packed) !== firstSeenMs || this.#outcomes.has(packed)) return;
    const bytes = outcomeSize(outcome);
    this.#makeRoom(bytes, this.#now());
    this.bytes += bytes;
    this.#outcomes.set(packed, outcome);
  }

  #makeRoom(bytes: number, now: number): void {
    if (this.bytes + bytes <= this.#maxBytes) return;
    for (const claims of this.#byTtl.values()) this.#forget(claims, now, Infinity);
    if (this.bytes + bytes > this.#maxBytes)
      throw new Error(`the store is full (${this.#maxBytes} bytes), and nothing in it is over`);
  }

  #forget(claims: Claims, now: number, most: number): void {
    let count = 0;
    for (const [packed, firstSeenMs] of claims.seen) {
      if (count++ >= most || firstSeenMs + claims.ttlMs > now) return;
      this.#drop(claims, packed);
    }
  }

  #drop(claims: Claims, packed: string): void {
    claims.seen.delete(packed);
    this.bytes -= claimBytes;
    const outcome = this.#outcomes.get(packed);
    if (!outcome) return;
    this.#outcomes.delete(packed);
    this.bytes -= outcomeSize(outcome);
  }
}

class MemoryClaim implements FreshClaim {
  readonly fresh = true;
  readonly #store: MemoryStore;
  readonly #claims: Claims;
  readonly #packed: string;
  readonly #firstSeenMs: number;

  constructor(store: MemoryStore, claims: Claims, packed: string, firstSeenMs: number) {
    this.#store = store;
    this.#claims = claims;
    this.#packed = packed;
    this.#firstSeenMs = firstSeenMs;
  }

  release(): void {
    this.#store.release(this.#claims, this.#packed, this.#firstSeenMs);
  }

  settle(outcome: Outcome): void {
    this.#store.settle(this.#claims, this.#packed, this.#firstSeenMs, outcome);
  }
}

/** A hash in hexadecimal takes half of the memory as bytes. No other key looks like a packed one, which has no such character. */
function packedKey(key: string): string {
  return /^[0-9a-f]{64}$/.test(key) ? Buffer.from(key, 'hex').toString('latin1') : `${key}\u0100`;
}

function outcomeSize({ headers, body }: Outcome): number {
  return headers.reduce((bytes, [name, value]) => bytes + name.length + value.length, outcomeBytes + body.length);
}
