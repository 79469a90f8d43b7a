import type { CallEvent } from '../engine/event.ts';
import type { TextMessage } from '../phones/inbox.ts';
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
  /** A virtual clock moved. */
  | { readonly type: 'clock'; readonly nowMs: number }
  /** Faults or phones were changed by the control API; read the state again. */
  | { readonly type: 'settings' }
  /** Everything was reset. */
  | { readonly type: 'reset' };

/** A fact with its place in the feed: `id` counts up by one. */
export type FeedEvent = { readonly id: number } & FeedFact;

/** What happened lately, bounded; the oldest goes first. */
export class EventFeed {
  readonly #limit: number;
  readonly #events: (FeedEvent | (() => FeedFact) | undefined)[] = [];
  readonly #listeners = new Set<(event: FeedEvent) => void>();
  #last = 0;

  constructor(limit = 10_000) {
    this.#limit = limit;
  }

  /** The id of the newest event; 0 before the first. */
  get last(): number {
    return this.#last;
  }

  /** The id of the oldest event that is kept. */
  get first(): number {
    return Math.max(1, this.#last - this.#limit + 1);
  }

  /** @param fact or what makes it when somebody looks at it, out of values that do not change; mostly nobody does */
  publish(fact: FeedFact | (() => FeedFact)): void {
    this.#last += 1;
    if (typeof fact === 'function' && this.#listeners.size === 0) {
      this.#events[this.#last % this.#limit] = fact;
      return;
    }
    const event = this.#keep(this.#last, fact);
    for (const listener of this.#listeners) listener(event);
  }

  /** The event of that id; `undefined` when it is not there yet, or no more. */
  get(id: number): FeedEvent | undefined {
    const event = id >= this.first && id <= this.#last ? this.#events[id % this.#limit] : undefined;
    return typeof event === 'function' ? this.#keep(id, event) : event;
  }

  /** Calls `listener` after each new event. Returns a function that stops it. */
  onEvent(listener: (event: FeedEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #keep(id: number, fact: FeedFact | (() => FeedFact)): FeedEvent {
    const event: FeedEvent = { id, ...(typeof fact === 'function' ? fact() : fact) };
    this.#events[id % this.#limit] = event;
    return event;
  }
}
