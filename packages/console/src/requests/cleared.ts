import type { ExchangeSummary } from '@countersign/server/control/views/exchange-view';
import { signal } from '@preact/signals';
import { exchanges, onFact } from '../live/live-state.ts';

/** The number of the newest request that was cleared from the list; 0 for none. The server keeps them all. */
const clearedUpTo = signal(0);

// A server that was started again counts from the beginning: what it has was never cleared.
onFact(({ type }) => {
  if (type === 'fresh' && numberOf(exchanges.items.at(-1)) < clearedUpTo.value) clearedUpTo.value = 0;
});

/** Takes what the list has now out of it. What comes later is shown. */
export function clearRequests(): void {
  clearedUpTo.value = numberOf(exchanges.items.at(-1));
}

/** Shows again what was cleared. */
export function showCleared(): void {
  clearedUpTo.value = 0;
}

/** Those of the exchanges, the oldest first, that were not cleared. */
export function uncleared(items: readonly ExchangeSummary[]): readonly ExchangeSummary[] {
  const until = clearedUpTo.value;
  return until === 0 ? items : items.filter((exchange) => numberOf(exchange) > until);
}

function numberOf(exchange: ExchangeSummary | undefined): number {
  return exchange ? Number(exchange.id.slice(1)) : 0;
}
