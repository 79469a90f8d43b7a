import { summarizeExchange } from './views/exchange-view.ts';
import { summarizeCall } from './views/call-view.ts';
import { viewCallback } from './views/callback-view.ts';
import type { ControlParts } from './control-parts.ts';

/** Puts every change of exchanges, calls and callbacks on the feed. Returns a function that stops it. */
export function publishChanges({ feed, journal, switchboard, outbox }: ControlParts): () => void {
  const stops = [
    journal.onChange((exchange) => feed.publish({ type: 'exchange', exchange: summarizeExchange(exchange) })),
    switchboard.onEvent((event, call) => feed.publish({ type: 'call', event, call: summarizeCall(call) })),
    outbox.onChange((callback, bytes) =>
      feed.publish(() => ({ type: 'callback', callback: viewCallback(callback) }), bytes),
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
