import type { CallView } from '@countersign/server/control/views/call-view';
import { causeWords } from '../format/cause.ts';
import { useEffect, useState } from 'preact/hooks';
import { addressOf, partiesOf } from '../format/party.ts';
import { duration, exactTime } from '../format/time.ts';
import { controlUrl } from '../live/control-api.ts';
import { serverState } from '../live/live-state.ts';
import { providerTitle } from '../live/providers.ts';
import { useRemote } from '../live/remote.ts';
import { linkTo } from '../routing.ts';
import { CallLanes } from './call-lanes.tsx';
import { StateBadge } from './call-list.tsx';
import { LegTracks } from './leg-tracks.tsx';
import { Recordings } from './recordings.tsx';
import { Timeline } from './timeline.tsx';
import '../lists/detail.css';

/** One call, whole, as it goes on. */
export function CallDetail({ id }: { id: string }) {
  const { value, problem, status } = useRemote<CallView>(controlUrl('calls', id), (fact) => {
    if (fact.type === 'call') return fact.call.id === id;
    if (fact.type === 'callback') return fact.callback.call === id;
    return fact.type === 'exchange' && fact.exchange.call === id;
  });
  return (
    <>
      <a class="back" href={linkTo('calls')}>
        ← All calls
      </a>
      {value && <CallArticle call={value} />}
      {problem !== undefined && (
        <div class="empty" role="alert">
          <p>{status === 404 || status === 410 ? 'This call is not here.' : 'The call could not be read.'}</p>
          <p class="hint">{problem}</p>
        </div>
      )}
      {!value && problem === undefined && <p class="hint">Reading the call…</p>}
    </>
  );
}

function CallArticle({ call }: { call: CallView }) {
  const clock = serverState.value?.clock;
  const isReal = clock?.kind !== 'virtual';
  const nowMs = useNow(isReal && call.state !== 'ended', clock?.nowMs);
  const { from, to } = partiesOf(call);
  const { state, provider, account, openedAtMs, endedAtMs, id, legs } = call;
  return (
    <article class="detail" aria-label={`Call to ${to}`}>
      <header>
        <h2 class="detail-title">
          <span class="soft">{from}</span> → <b>{to}</b>
        </h2>
        <p class="row facts">
          <StateBadge state={state} />
          <span>{duration(Math.max(0, (endedAtMs ?? nowMs) - openedAtMs))}</span>
          <time>{exactTime(openedAtMs)}</time>
          <span>{providerTitle(provider)}</span>
          <span class="mono soft">{account}</span>
        </p>
        <p class="hint mono">{id}</p>
      </header>
      <CallLanes call={call} nowMs={nowMs} isReal={isReal} />
      <h3>Legs</h3>
      <div class="legs">
        {legs.map((leg) => (
          <section class="leg" key={leg.id} aria-label={`Leg ${leg.number}: ${addressOf(leg)}`}>
            <p class="row">
              <b>{addressOf(leg)}</b>
              <StateBadge state={leg.state} />
              {leg.cause !== undefined && <span class="hint">{causeWords(leg.cause)}</span>}
              {leg.muted && <span class="badge warn">muted</span>}
              {leg.held && <span class="badge warn">on hold</span>}
            </p>
            <LegTracks call={call} leg={leg} nowMs={nowMs} />
          </section>
        ))}
      </div>
      <Recordings call={call} />
      <Timeline call={call} isReal={isReal} />
    </article>
  );
}

/** The call clock. A virtual one stands where the server says; a real one is read twice a second while it matters. */
function useNow(isRunning: boolean, virtualMs: number | undefined): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => setNowMs(Date.now()), 500);
    return () => clearInterval(timer);
  }, [isRunning]);
  return isRunning || virtualMs === undefined ? nowMs : virtualMs;
}
