import { BoundedMap } from '../bounded/bounded-map.ts';
import { bounds } from '../bounded/bounds.ts';
import { weightOf } from '../bounded/weight.ts';
import { addressOf } from './address.ts';
import type { Call, CallId } from './call.ts';
import type { CallEvent } from './event.ts';
import type { CallStore, CallStoreLimits, FoldedCall } from './store.ts';

interface Kept {
  folded: FoldedCall;
  readonly events: CallEvent[];
  /** The size of its events; the folded call shares their parts. */
  bytes: number;
  /** The keys that lead to it, and the addresses of its parties. Few: lists take a fraction of what sets do. */
  keys: string[];
  addresses: string[];
}

/** No new call is opened when the live calls fill more than this share; the rest is left for them to grow. */
const shareForNewCalls = 0.75;

/** Keeps calls in this process's memory: live ones all, ended ones up to a limit. */
export class MemoryCallStore implements CallStore {
  /** Live calls are held; ended ones are dropped in the order in which they ended. */
  readonly #kept: BoundedMap<CallId, Kept>;
  readonly #maxLiveCalls: number;
  readonly #maxLiveBytes: number;
  readonly #maxCallBytes: number;
  /** Live calls that weigh more than one may. */
  readonly #tooHeavy = new Set<CallId>();
  /** The call of each key. */
  readonly #byKey = new Map<string, CallId>();
  /** The calls of each party, by its address. */
  readonly #byAddress = new Map<string, Set<CallId>>();

  constructor(limits: CallStoreLimits = {}) {
    this.#maxLiveCalls = limits.maxLiveCalls ?? bounds['live-calls'].items;
    this.#maxLiveBytes = limits.maxLiveBytes ?? bounds['live-calls'].bytes;
    this.#maxCallBytes = limits.maxCallBytes ?? bounds['call-history'].bytes;
    this.#kept = new BoundedMap('ended-calls', {
      weigh: ({ bytes }) => bytes,
      bound: { items: limits.maxEndedCalls, bytes: limits.maxEndedBytes },
      held: 'live-calls',
      heldBound: { items: limits.maxLiveCalls, bytes: limits.maxLiveBytes },
      tombstones: limits.maxTombstones ?? 100_000,
      onDrop: (kept, id) => this.#forget(id, kept),
    });
  }

  /** What the events of all calls weigh that are kept, live ones and ended ones. */
  get bytes(): { readonly live: number; readonly ended: number } {
    return { live: this.#kept.heldBytes, ended: this.#kept.bytes };
  }

  append(
    expectedVersion: number,
    events: readonly CallEvent[],
    folded: FoldedCall,
    keys: readonly string[] = [],
    bytes = weightOf(events),
  ): 'appended' | 'conflict' {
    const { id } = folded.call;
    let kept = this.#kept.get(id);
    if ((kept?.folded.call.version ?? 0) !== expectedVersion || (!kept && this.#kept.wasDropped(id))) return 'conflict';
    if (kept) {
      kept.folded = folded;
      // Not spread into one call of `push`: there may be more of them than a call takes arguments.
      for (const event of events) kept.events.push(event);
      kept.bytes += bytes;
      this.#kept.reweigh(id);
    } else {
      // Not refused here: `hasRoom` is asked before a call is opened.
      kept = { folded, events: [...events], bytes, keys: [], addresses: [] };
      this.#kept.hold(id, kept, 'anyway');
    }
    for (const key of keys) this.#giveKey(id, kept, key);
    for (const event of events) this.#noteParty(id, kept, event);
    if (folded.call.endedAtMs !== undefined) this.#end(id);
    else if (kept.bytes > this.#maxCallBytes) this.#tooHeavy.add(id);
    return 'appended';
  }

  find(key: string): CallId | undefined {
    return this.#byKey.get(key);
  }

  read(id: CallId): FoldedCall | 'gone' | undefined {
    return this.#kept.get(id)?.folded ?? (this.#kept.wasDropped(id) ? 'gone' : undefined);
  }

  history(id: CallId): readonly CallEvent[] {
    return [...(this.#kept.get(id)?.events ?? [])];
  }

  list(): readonly Call[] {
    return Array.from(this.#kept.values(), ({ folded }) => folded.call).toReversed();
  }

  listOf(address: string): readonly Call[] {
    const ids = [...(this.#byAddress.get(address) ?? [])].toReversed();
    return ids.flatMap((id) => this.#kept.get(id)?.folded.call ?? []);
  }

  liveCount(): number {
    return this.#kept.held;
  }

  hasRoom(): boolean {
    return this.#kept.held < this.#maxLiveCalls && this.#kept.heldBytes <= this.#maxLiveBytes * shareForNewCalls;
  }

  forgetEnded(): void {
    for (const id of this.#kept.keys()) {
      const kept = this.#kept.get(id);
      if (!kept || this.#kept.isHeld(id)) continue;
      this.#kept.delete(id);
      this.#forget(id, kept);
    }
  }

  overweight(): CallId | undefined {
    for (const id of this.#tooHeavy) return id;
    return this.#kept.isOverHeldBytes ? this.#heaviest() : undefined;
  }

  #giveKey(id: CallId, kept: Kept, key: string): void {
    if (this.#byKey.get(key) === id) return;
    this.#byKey.set(key, id);
    kept.keys = withMore(kept.keys, key);
  }

  #noteParty(id: CallId, kept: Kept, event: CallEvent): void {
    const address = addressOfEvent(event);
    if (address === undefined) return;
    const calls = this.#byAddress.get(address) ?? new Set();
    if (calls.has(id)) return;
    this.#byAddress.set(address, calls.add(id));
    kept.addresses = withMore(kept.addresses, address);
  }

  #forget(id: CallId, { keys, addresses }: Kept): void {
    for (const key of keys) if (this.#byKey.get(key) === id) this.#byKey.delete(key);
    for (const address of addresses) {
      const calls = this.#byAddress.get(address);
      calls?.delete(id);
      if (calls?.size === 0) this.#byAddress.delete(address);
    }
  }

  #end(id: CallId): void {
    this.#tooHeavy.delete(id);
    this.#kept.release(id);
  }

  /** Looks at every call; that happens only when there is no room left for them. */
  #heaviest(): CallId | undefined {
    let heaviest: Kept | undefined;
    for (const kept of this.#kept.values()) {
      const isLive = kept.folded.call.endedAtMs === undefined;
      if (isLive && kept.bytes > (heaviest?.bytes ?? 0)) heaviest = kept;
    }
    return heaviest?.folded.call.id;
  }
}

/** A list with one text more. `push` and spreading make room for seventeen at once, and most calls have one or two. */
function withMore(texts: string[], text: string): string[] {
  if (texts.length === 0) return [text];
  if (texts.length < 8) return texts.concat(text);
  texts.push(text);
  return texts;
}

/** The address of a party that comes into a call. */
function addressOfEvent(event: CallEvent): string | undefined {
  if (event.type === 'leg-invited') return addressOf(event.party);
  return event.type === 'leg-moved-in' ? addressOf(event.leg.party) : undefined;
}
