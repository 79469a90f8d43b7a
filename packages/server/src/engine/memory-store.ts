import type { Call, CallId } from './call.ts';
import type { CallEvent } from './event.ts';
import type { CallStore, CallStoreLimits, FoldedCall } from './store.ts';

/** Keeps calls in this process's memory: live ones all, ended ones up to a limit. */
export class MemoryCallStore implements CallStore {
  readonly #maxEndedCalls: number;
  readonly #maxTombstones: number;
  readonly #kept = new Map<CallId, { folded: FoldedCall; readonly events: CallEvent[] }>();
  /** In the order in which they ended: the first is the next to go. */
  readonly #ended = new Set<CallId>();
  readonly #gone = new Set<CallId>();
  /** The call of each key, and the keys of each call. */
  readonly #byKey = new Map<string, CallId>();
  readonly #keys = new Map<CallId, Set<string>>();

  constructor(limits: CallStoreLimits = {}) {
    this.#maxEndedCalls = limits.maxEndedCalls ?? 1000;
    this.#maxTombstones = limits.maxTombstones ?? 100_000;
  }

  append(
    expectedVersion: number,
    events: readonly CallEvent[],
    folded: FoldedCall,
    keys: readonly string[] = [],
  ): 'appended' | 'conflict' {
    const { id } = folded.call;
    const kept = this.#kept.get(id);
    if ((kept?.folded.call.version ?? 0) !== expectedVersion || this.#gone.has(id)) return 'conflict';
    if (kept) {
      kept.folded = folded;
      for (const event of events) kept.events.push(event);
    } else {
      this.#kept.set(id, { folded, events: [...events] });
    }
    for (const key of keys) this.#giveKey(id, key);
    if (folded.call.endedAtMs !== undefined) this.#keepEnded(id);
    return 'appended';
  }

  find(key: string): CallId | undefined {
    return this.#byKey.get(key);
  }

  read(id: CallId): FoldedCall | 'gone' | undefined {
    return this.#kept.get(id)?.folded ?? (this.#gone.has(id) ? 'gone' : undefined);
  }

  history(id: CallId): readonly CallEvent[] {
    return [...(this.#kept.get(id)?.events ?? [])];
  }

  list(): readonly Call[] {
    return [...this.#kept.values()].map(({ folded }) => folded.call).toReversed();
  }

  liveCount(): number {
    return this.#kept.size - this.#ended.size;
  }

  #giveKey(id: CallId, key: string): void {
    this.#byKey.set(key, id);
    this.#keys.set(id, (this.#keys.get(id) ?? new Set()).add(key));
  }

  #forgetKeys(id: CallId): void {
    for (const key of this.#keys.get(id) ?? []) if (this.#byKey.get(key) === id) this.#byKey.delete(key);
    this.#keys.delete(id);
  }

  #keepEnded(id: CallId): void {
    this.#ended.add(id);
    dropOldest(this.#ended, this.#maxEndedCalls, (dropped) => {
      this.#kept.delete(dropped);
      this.#forgetKeys(dropped);
      this.#gone.add(dropped);
    });
    dropOldest(this.#gone, this.#maxTombstones, () => {});
  }
}

/** Drops what was added first until no more than `limit` are left. */
function dropOldest<Item>(items: Set<Item>, limit: number, dropped: (item: Item) => void): void {
  for (const oldest of items) {
    if (items.size <= limit) return;
    items.delete(oldest);
    dropped(oldest);
  }
}
