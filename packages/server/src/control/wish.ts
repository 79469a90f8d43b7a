import type { CallEvent } from '../engine/event.ts';
import type { FeedEvent } from './event-feed.ts';

/**
 * What to wait for: a type of a call's event (`'leg-answered'`), the name of a callback, whole or its last word
 * (`'Microsoft.Communication.CallConnected'`, `'CallConnected'`, `'ace'`), which holds once it was delivered or given up,
 * or a function of one's own.
 */
export type Wish = CallEvent['type'] | (string & {}) | ((event: FeedEvent) => boolean);

/** Whether an event is the one that is wished for. Throws what a function of the caller throws. */
export function wishHolds(wish: Wish, event: FeedEvent): boolean {
  if (typeof wish === 'function') return wish(event);
  if (event.type === 'call') return event.event.type === wish;
  if (event.type !== 'callback') return false;
  const { state, event: name } = event.callback;
  return (state === 'delivered' || state === 'undelivered') && (name === wish || name.endsWith(`.${wish}`));
}

/** For error messages. */
export function describeWish(wish: Wish): string {
  return typeof wish === 'function' ? 'an event for which the given function holds' : `"${wish}"`;
}

/** One line about an event, for error messages. */
export function describeFeedEvent(event: FeedEvent): string {
  switch (event.type) {
    case 'call':
      return event.event.type === 'refused' ? `call refused (${event.event.summary})` : `call ${event.event.type}`;
    case 'callback':
      return `callback ${event.callback.event} ${event.callback.state}`;
    case 'exchange':
      return `exchange ${event.exchange.method} ${event.exchange.target} ${event.exchange.status ?? 'under way'}`;
    default:
      return event.type;
  }
}
