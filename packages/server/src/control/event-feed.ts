import { BoundedLog } from '../bounded/bounded-log.ts';
import { weightOf } from '../bounded/weight.ts';
import type { CallEvent } from '../engine/event.ts';
import type { TextMessage } from '../contract/text-message.ts';
import type { CallbackView } from './views/callback-view.ts';
import type { CallSummary } from './views/call-view.ts';
import type { ExchangeSummary } from './views/exchange-view.ts';

/** Something that happened in the server, as `GET /_control/events` tells it. */
export type FeedFact =
  /** An exchange began, was answered, or got its diagnosis. */
  | { readonly type: 'exchange'; readonly exchange: ExchangeSummary }
  /** An event of a call's history, with the call as it is after it. */
  | { readonly type: 'call'; readonly event: CallEvent; readonly call: CallSummary }
  /** A callback was queued, attempted or settled. */
  | { readonly type: 'callback'; readonly callback: CallbackView }
  /** A phone received a text message. */
  | { readonly type: 'text-message'; readonly message: TextMessage }
  /** A phone has come to the next step of its script, or is through with it. */
  | { readonly type: 'phone'; readonly number: string }
  /** A virtual clock moved. */
  | { readonly type: 'clock'; readonly nowMs: number }
  /** Faults or phones were changed by the control API; read the state again. */
  | { readonly type: 'settings' }
  /** Everything was reset. */
  | { readonly type: 'reset' };

/** A fact with its place in the feed: `id` counts up by one. */
export type FeedEvent = { readonly id: number } & FeedFact;

/**
 * A fact that is made when somebody looks at it, out of values that do not change; mostly nobody does. An object with this
 * method, which weighs half of a function with its scope.
 */
export interface LaterFact {
  fact(): FeedFact;
}

/** How much of the feed is kept. */
export interface EventFeedLimits {
  readonly maxEvents?: number;
  readonly maxBytes?: number;
}

/** What happened lately, bounded in number and bytes; the oldest goes first. */
export class EventFeed {
  /** Until somebody looks at it, a fact has no id, or is to be made. */
  readonly #events: BoundedLog<FeedEvent | FeedFact | LaterFact>;
  readonly #listeners = new Set<(event: FeedEvent) => void>();

  constructor({ maxEvents, maxBytes }: EventFeedLimits = {}) {
    this.#events = new BoundedLog('events', { items: maxEvents, bytes: maxBytes });
  }

  /** The id of the newest event; 0 before the first. */
  get last(): number {
    return this.#events.last;
  }

  /** The id of the oldest event that is kept. */
  get first(): number {
    return this.#events.oldest;
  }

  /** The size of the events that are kept, in bytes. */
  get bytes(): number {
    return this.#events.bytes;
  }

  /** @param bytes what it weighs; needed of a fact that is not made yet */
  publish(fact: FeedFact): void;
  publish(fact: FeedFact | LaterFact, bytes: number): void;
  publish(fact: FeedFact | LaterFact, bytes = weightOf(fact)): void {
    if (this.#listeners.size === 0) {
      this.#events.add(fact, bytes);
      return;
    }
    const event: FeedEvent = { id: this.#events.last + 1, ...made(fact) };
    this.#events.add(event, bytes);
    for (const listener of this.#listeners) listener(event);
  }

  /** Forgets the events so far; ids go on counting. */
  clear(): void {
    this.#events.clear();
  }

  /** The event of that id; `undefined` when it is not there yet, or no more. */
  get(id: number): FeedEvent | undefined {
    const kept = this.#events.get(id);
    if (kept === undefined || 'id' in kept) return kept;
    const event: FeedEvent = { id, ...made(kept) };
    this.#events.replace(id, event);
    return event;
  }

  /** Calls `listener` after each new event. Returns a function that stops it. */
  onEvent(listener: (event: FeedEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function made(fact: FeedFact | LaterFact): FeedFact {
  return 'fact' in fact ? fact.fact() : fact;
}
