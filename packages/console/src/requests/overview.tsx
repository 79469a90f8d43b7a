import type { ExchangeSummary } from '@countersign/server/control/views/exchange-view';
import { useMemo } from 'preact/hooks';
import { exchanges } from '../live/live-state.ts';
import { linkTo } from '../routing.ts';

/** What stands beside the list while no request is open: how many were accepted, and what was wrong with the others. */
export function RequestsOverview() {
  const version = exchanges.version.value;
  const { outcomes, mistakes } = useMemo(() => countAll(exchanges.items), [version]);
  if (exchanges.items.length === 0) return null;
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
                <code>{id}</code>
                <span class="soft">{count === 1 ? 'once' : `${count} times`}</span>
                <a href={linkTo('requests', latest)}>
                  the latest<span class="visually-hidden"> with {id}</span>
                </a>
              </li>
            ))}
          </ol>
        </>
      )}
      <p class="hint">Choose a request to see it whole: what was signed, what was answered, and why.</p>
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
  for (const { id: exchange, authentication } of items) {
    if (!authentication) continue;
    counts[authentication.outcome] += 1;
    if (authentication.outcome !== 'refused') continue;
    const ids = authentication.mistakes.length > 0 ? authentication.mistakes : [authentication.code ?? 'unknown'];
    for (const id of ids) mistakes.set(id, { id, count: (mistakes.get(id)?.count ?? 0) + 1, latest: exchange });
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
