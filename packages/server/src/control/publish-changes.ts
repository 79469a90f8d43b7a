import { textBytes, weightOf } from '../bounded/weight.ts';
import type { Callback } from '../callbacks/callback.ts';
import type { Call } from '../engine/call.ts';
import type { CallEvent } from '../engine/event.ts';
import type { Exchange } from '../exchanges/exchange.ts';
import { StandingExchange } from './views/exchange-view.ts';
import { summarizeCall } from './views/call-view.ts';
import { viewCallback } from './views/callback-view.ts';
import type { ControlParts } from './control-parts.ts';
import type { FeedFact, LaterFact } from './event-feed.ts';

/** A leg in a call's summary, in bytes. */
const bytesOfLeg = 300;

/** Puts every change of exchanges, calls and callbacks on the feed. Returns a function that stops it. */
export function publishChanges({ feed, journal, switchboard, outbox }: ControlParts): () => void {
  const stops = [
    journal.onChange((exchange) => {
      const change = new ExchangeChange(exchange);
      feed.publish(change, weightOfExchange(exchange, change));
    }),
    // What the fact weighs once it has been made. An estimate.
    switchboard.onEvent((event, call, bytes) =>
      feed.publish(new CallChange(event, call), bytes + call.legs.length * bytesOfLeg),
    ),
    outbox.onChange((callback, bytes) => feed.publish(new CallbackChange(callback), bytes)),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

class ExchangeChange extends StandingExchange implements LaterFact {
  fact(): FeedFact {
    return { type: 'exchange', exchange: this.summary() };
  }
}

class CallbackChange implements LaterFact {
  readonly #callback: Callback;

  constructor(callback: Callback) {
    this.#callback = callback;
  }

  fact(): FeedFact {
    return { type: 'callback', callback: viewCallback(this.#callback) };
  }
}

/** Summarized only when read: a conference has hundreds of legs, and most events are never read. */
class CallChange implements LaterFact {
  readonly #event: CallEvent;
  // Not the whole call: what has been done in it should not be kept when the call is forgotten.
  readonly #provider: string;
  readonly #account: string;
  readonly #openedAtMs: number;
  readonly #endedAtMs: number | undefined;
  readonly #legs: Call['legs'];
  readonly #version: number;

  constructor(event: CallEvent, { provider, account, openedAtMs, endedAtMs, legs, version }: Call) {
    this.#event = event;
    this.#provider = provider;
    this.#account = account;
    this.#openedAtMs = openedAtMs;
    this.#endedAtMs = endedAtMs;
    this.#legs = legs;
    this.#version = version;
  }

  fact(): FeedFact {
    const call = summarizeCall({
      id: this.#event.call,
      provider: this.#provider,
      account: this.#account,
      openedAtMs: this.#openedAtMs,
      endedAtMs: this.#endedAtMs,
      legs: this.#legs,
      version: this.#version,
    });
    return { type: 'call', event: this.#event, call };
  }
}

/** A summary's texts that are the server's own, and its members. An estimate. */
const bytesOfExchange = 600;

function weightOfExchange({ request: { target, method } }: Exchange, { authentication }: StandingExchange): number {
  const texts = textBytes(target) + textBytes(method) + bytesOfExchange;
  return authentication === undefined || authentication.outcome === 'accepted'
    ? texts
    : texts + weightOf(authentication);
}
