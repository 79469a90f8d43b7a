import type { ExchangeSummary } from '@countersign/server/control/views/exchange-view';
import { reasonsOf } from './list-filter.ts';

/** A row of the list: one request, or several alike that followed one another. */
export interface RequestRowData {
  /** The oldest one's id, which stays the same while more come. */
  readonly key: string;
  readonly newest: ExchangeSummary;
  /** All of them, the oldest first. */
  readonly members: readonly ExchangeSummary[];
}

/** The row of one request. */
export function alone(exchange: ExchangeSummary): RequestRowData {
  return { key: exchange.id, newest: exchange, members: [exchange] };
}

/** A row for each run of requests with one method, path, status and reason. Both are ordered, the oldest first. */
export function groupRepeats(items: readonly ExchangeSummary[]): readonly RequestRowData[] {
  const runs: { likeness: string; members: [ExchangeSummary, ...ExchangeSummary[]] }[] = [];
  for (const exchange of items) {
    const likeness = likenessOf(exchange);
    const last = runs.at(-1);
    if (last?.likeness === likeness) last.members.push(exchange);
    else runs.push({ likeness, members: [exchange] });
  }
  return runs.map(({ members }) => ({ key: members[0].id, newest: members.at(-1) ?? members[0], members }));
}

function likenessOf(exchange: ExchangeSummary): string {
  const { method, target, status, provider, authentication } = exchange;
  const [path] = target.split('?', 1);
  return JSON.stringify([method, path, status, provider, authentication?.outcome, reasonsOf(exchange)]);
}
