import type { EventFeed, FeedEvent } from './event-feed.ts';
import { describeFeedEvent, describeWish, type Wish, wishHolds } from './wish.ts';

/** How long an event is waited for, and from where on. */
export interface WaitOptions {
  /** Real time, in milliseconds. Default 5000. */
  readonly timeoutMs?: number;
  /** Look only at what happened after this event. Default: at everything that is kept. */
  readonly after?: FeedEvent;
}

/** The first event that matches a wish: one that has happened already, else the next one to come. */
export async function waitForEvent(feed: EventFeed, wish: Wish, options: WaitOptions = {}): Promise<FeedEvent> {
  const { timeoutMs = 5_000, after } = options;
  for (let id = Math.max(feed.first, (after?.id ?? 0) + 1); id <= feed.last; id += 1) {
    const event = feed.get(id);
    if (event && wishHolds(wish, event)) return event;
  }
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(timer);
      stop();
    };
    const stop = feed.onEvent((event) => {
      try {
        if (!wishHolds(wish, event)) return;
        settle();
        resolve(event);
      } catch (error) {
        settle();
        reject(error as Error);
      }
    });
    const timer = setTimeout(() => {
      settle();
      reject(new Error(`${describeWish(wish)} did not happen within ${timeoutMs} ms; ${latest(feed)}`));
    }, timeoutMs);
  });
}

function latest(feed: EventFeed): string {
  const ids = Array.from({ length: 10 }, (_, index) => feed.last - 9 + index);
  const lines = ids
    .map((id) => feed.get(id))
    .filter((event) => event !== undefined)
    .map(describeFeedEvent);
  return lines.length === 0 ? 'nothing happened at all' : `the last that happened: ${lines.join(', ')}`;
}
