import { textBytes, weightOf } from '../bounded/weight.ts';
import type { Call } from '../engine/call.ts';
import type { CallEvent } from '../engine/event.ts';
import { type ExchangeSummary, summarizeExchange } from './views/exchange-view.ts';
import { summarizeCall } from './views/call-view.ts';
import { viewCallback } from './views/callback-view.ts';
import type { ControlParts } from './control-parts.ts';
import type { FeedFact } from './event-feed.ts';

/** A leg in a call's summary, in bytes. */
const bytesOfLeg = 300;

/** Puts every change of exchanges, calls and callbacks on the feed. Returns a function that stops it. */
export function publishChanges({ feed, journal, switchboard, outbox }: ControlParts): () => void {
  const stops = [
    journal.onChange((exchange) => {
      // At once: the exchange goes on.
      const summary = summarizeExchange(exchange);
      feed.publish({ type: 'exchange', exchange: summary }, weightOfExchange(summary));
    }),
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
  const standing = { id, provider, account, openedAtMs, legs, version };
  const summarized = endedAtMs === undefined ? standing : Object.assign(standing, { endedAtMs });
  return () => ({ type: 'call', event, call: summarizeCall(summarized) });
}

/** A summary's texts that are the server's own, and its members. An estimate. */
const bytesOfExchange = 600;

function weightOfExchange({ target, method, authentication }: ExchangeSummary): number {
  const texts = textBytes(target) + textBytes(method) + bytesOfExchange;
  return authentication === undefined || authentication.outcome === 'accepted'
    ? texts
    : texts + weightOf(authentication);
}

/** The size of the fact once it has been built. An estimate. */
function weightOfSummary(event: CallEvent, { legs }: Call): number {
  return weightOf(event) + legs.length * bytesOfLeg;
}
