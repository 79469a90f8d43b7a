import type { ExchangeSummary } from '@countersign/server/control/views/exchange-view';
import { useMemo } from 'preact/hooks';
import { exchanges } from '../live/live-state.ts';
import { linkTo } from '../routing.ts';
import { uncleared } from './cleared.ts';
import { reasonTitle, reasonsOf } from './list-filter.ts';

/** What stands beside the list while no request is open: how many were accepted, and what was wrong with the others. */
export function RequestsOverview() {
  const version = exchanges.version.value;
  const items = uncleared(exchanges.items);
  const { outcomes, mistakes } = useMemo(() => countAll(items), [version, items.length]);
  if (items.length === 0) return null;
  return (
    <section class="overview" aria-label="All requests together">
      <dl class="tally">
        {outcomes.map(({ name, tone, count }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class={count > 0 ? tone : 'soft'}>{count}</dd>
          </div>
        ))}
      </dl>
      {mistakes.length > 0 && (
        <>
          <h3>What was wrong with those refused</h3>
          <ol class="mistake-counts">
            {mistakes.map(({ id, count, latest }) => (
              <li key={id}>
                <span>
                  {reasonTitle(id)} {reasonTitle(id) !== id && <code class="soft">{id}</code>}
                </span>
                <span class="soft">{count === 1 ? 'once' : `${count} times`}</span>
                <a href={linkTo('requests', latest)}>
                  the latest<span class="visually-hidden"> with {id}</span>
                </a>
              </li>
            ))}
          </ol>
        </>
      )}
      <p class="hint">Select a request to see what was signed, what was answered, and why.</p>
    </section>
  );
}

interface MistakeCount {
  readonly id: string;
  readonly count: number;
  /** The newest exchange that has it. */
  readonly latest: string;
}

/** Mistakes beyond these are rare, and the list can be searched for them. */
const mostShown = 8;

function countAll(items: readonly ExchangeSummary[]) {
  const counts = { accepted: 0, tolerated: 0, refused: 0 };
  const mistakes = new Map<string, MistakeCount>();
  for (const exchange of items) {
    if (!exchange.authentication) continue;
    counts[exchange.authentication.outcome] += 1;
    for (const id of reasonsOf(exchange)) {
      mistakes.set(id, { id, count: (mistakes.get(id)?.count ?? 0) + 1, latest: exchange.id });
    }
  }
  const outcomes = [
    { name: 'accepted', tone: 'good', count: counts.accepted },
    { name: 'tolerated', tone: 'warn', count: counts.tolerated },
    { name: 'refused', tone: 'bad', count: counts.refused },
  ];
  return {
    outcomes,
    mistakes: [...mistakes.values()].toSorted((one, other) => other.count - one.count).slice(0, mostShown),
  };
}
