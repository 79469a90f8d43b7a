import { weightOf } from '../bounded/weight.ts';
import type { Call } from '../engine/call.ts';
import type { CallEvent } from '../engine/event.ts';
import { summarizeExchange } from './views/exchange-view.ts';
import { summarizeCall } from './views/call-view.ts';
import { viewCallback } from './views/callback-view.ts';
import type { ControlParts } from './control-parts.ts';
import type { FeedFact } from './event-feed.ts';

/** A leg in a call's summary, in bytes. */
const bytesOfLeg = 300;

/** Puts every change of exchanges, calls and callbacks on the feed. Returns a function that stops it. */
export function publishChanges({ feed, journal, switchboard, outbox }: ControlParts): () => void {
  const stops = [
    journal.onChange((exchange) => feed.publish({ type: 'exchange', exchange: summarizeExchange(exchange) })),
    switchboard.onEvent((event, call) => feed.publish(summaryOf(event, call), weightOfSummary(event, call))),
    outbox.onChange((callback, bytes) =>
      feed.publish(() => ({ type: 'callback', callback: viewCallback(callback) }), bytes),
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Built only when read: a conference has hundreds of legs, and most events are never read. */
function summaryOf(event: CallEvent, call: Call): () => FeedFact {
  // Not the whole call: what has been done in it should not be kept when the call is forgotten.
  const { id, provider, account, openedAtMs, endedAtMs, legs, version } = call;
  const summarized = {
    id,
    provider,
    account,
    openedAtMs,
    legs,
    version,
    ...(endedAtMs !== undefined && { endedAtMs }),
  };
  return () => ({ type: 'call', event, call: summarizeCall(summarized) });
}

/** The size of the fact once it has been built. An estimate. */
function weightOfSummary(event: CallEvent, { legs }: Call): number {
  return weightOf(event) + legs.length * bytesOfLeg;
}
