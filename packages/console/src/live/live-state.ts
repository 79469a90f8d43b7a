import type { FeedFact } from '@countersign/server/control/event-feed';
import type { CallSummary } from '@countersign/server/control/views/call-view';
import type { ExchangeSummary } from '@countersign/server/control/views/exchange-view';
import type { ServerState } from '@countersign/server/control/views/state-view';
import { signal } from '@preact/signals';
import { readControl, wordsOf } from './control-api.ts';
import { followEvents, type FeedStatus } from './event-stream.ts';
import { OrderedCollection } from './ordered-collection.ts';

/** Every exchange that the server keeps, the oldest first. Ids are `x1`, `x2`, … */
export const exchanges: OrderedCollection<ExchangeSummary> = new OrderedCollection(
  (a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)),
  150_000,
);

/** The calls, the oldest first. */
export const calls: OrderedCollection<CallSummary> = new OrderedCollection((a, b) => a.openedAtMs - b.openedAtMs);

/** What the last `GET state` said; `undefined` until it has been read. */
export const serverState = signal<ServerState | undefined>(undefined);

export const connection = signal<FeedStatus>('connecting');

/** How far the first reading is. `done` once everything that was there has been read. */
export const reading = signal<{ readonly done: boolean; readonly read: number; readonly total: number }>({
  done: false,
  read: 0,
  total: 0,
});

/** Why the state could not be read, in words. */
export const readingProblem = signal<string | undefined>(undefined);

const listeners = new Set<(fact: FeedFact | { readonly type: 'fresh' }) => void>();

/** Calls `listener` after each fact, and with `fresh` when everything was read again. Returns a function that stops it. */
export function onFact(listener: (fact: FeedFact | { readonly type: 'fresh' }) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Facts that arrive while the state is being read: they are applied to it afterwards. */
let waiting: FeedFact[] | undefined;
let currentReading = new AbortController();

/** Starts to follow the server. Returns a function that stops it. */
export function startLiveState(): () => void {
  return followEvents({
    url: '/_control/events',
    onConnection: (next) => (connection.value = next),
    onFresh: () => void readEverything(),
    onFact: (fact) => (waiting ? waiting.push(fact) : apply(fact)),
  });
}

async function readEverything(): Promise<void> {
  currentReading.abort();
  const attempt = (currentReading = new AbortController());
  waiting = [];
  exchanges.clear();
  calls.clear();
  reading.value = { done: false, read: 0, total: 0 };
  for (;;) {
    try {
      await readState(attempt.signal);
      readingProblem.value = undefined;
      break;
    } catch (error) {
      if (attempt.signal.aborted) return;
      readingProblem.value = wordsOf(error);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      if (attempt.signal.aborted) return;
    }
  }
  const arrived = waiting ?? [];
  waiting = undefined;
  for (const fact of arrived) apply(fact);
  reading.value = { ...reading.value, done: true };
  for (const listener of listeners) listener({ type: 'fresh' });
}

interface ExchangePage {
  readonly exchanges: readonly ExchangeSummary[];
  readonly next?: string;
}

/** The first page is short, and read with the rest of the state: there is something to see soon. */
async function readState(stopped: AbortSignal): Promise<void> {
  const [state, list, first] = await Promise.all([
    readControl<ServerState>('/_control/state', stopped),
    readControl<{ calls: CallSummary[] }>('/_control/calls?limit=1000', stopped),
    readControl<ExchangePage>('/_control/exchanges?limit=100', stopped),
  ]);
  serverState.value = state;
  calls.put(...list.calls.toReversed());
  let read = 0;
  for (let page = first; ; page = await readControl(`/_control/exchanges?limit=1000&before=${page.next}`, stopped)) {
    exchanges.put(...page.exchanges.toReversed());
    read += page.exchanges.length;
    reading.value = { done: false, read, total: Math.max(state.counts.exchanges, read) };
    if (page.next === undefined) return;
  }
}

function apply(fact: FeedFact): void {
  switch (fact.type) {
    case 'exchange':
      exchanges.put(fact.exchange);
      break;
    case 'call':
      if (fact.call.version >= (calls.get(fact.call.id)?.version ?? 0)) calls.put(fact.call);
      break;
    case 'clock':
      if (serverState.value) {
        serverState.value = { ...serverState.value, clock: { ...serverState.value.clock, nowMs: fact.nowMs } };
      }
      break;
    case 'settings':
      void readControl<ServerState>('/_control/state').then(
        (state) => (serverState.value = state),
        () => undefined,
      );
      break;
    default:
  }
  for (const listener of listeners) listener(fact);
}
