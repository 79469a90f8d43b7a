import type { CallSummary } from '@countersign/server/control/views/call-view';
import { causeWords } from '../format/cause.ts';
import { partiesOf } from '../format/party.ts';
import { useMemo, useState } from 'preact/hooks';
import { clockTime, duration } from '../format/time.ts';
import { PlaceCallButton } from '../development/place-call-button.tsx';
import { FaultNotice } from '../faults/fault-notice.tsx';
import { VirtualList } from '../lists/virtual-list.tsx';
import { calls, reading } from '../live/live-state.ts';
import { providerTitle } from '../live/providers.ts';
import { linkTo } from '../routing.ts';
import '../lists/list-row.css';

const rowHeight = 58;

/** The live list of calls, the newest first. */
export function CallList({ open }: { open: string | undefined }) {
  const [wanted, setWanted] = useState('');
  const version = calls.version.value;
  const shown = useMemo(() => matching(calls.items, wanted), [version, wanted]);
  const total = calls.items.length;
  return (
    <>
      <div class="list-head">
        <div class="row">
          <h2>Calls</h2>
          <span class="hint">{shown.length === total ? total : `${shown.length} of ${total}`}</span>
        </div>
        <input
          type="search"
          placeholder="Number, state, id…"
          aria-label="Show only calls that contain"
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
        <FaultNotice />
      </div>
      {shown.length === 0 ? (
        <NothingToShow isFiltered={total > 0} />
      ) : (
        <VirtualList
          label="Calls, the newest first"
          count={shown.length}
          itemAt={(index) => shown[shown.length - 1 - index] as CallSummary}
          keyOf={({ id }) => id}
          hrefOf={({ id }) => linkTo('calls', id)}
          open={open}
          rowHeight={rowHeight}
        >
          {(call) => <CallRow call={call} />}
        </VirtualList>
      )}
    </>
  );
}

/** The state of a call or a leg, in a word. */
export function StateBadge({ state }: { state: 'ringing' | 'connected' | 'ended' }) {
  const tones = { ringing: 'warn', connected: 'good', ended: 'soft' } as const;
  return <span class={`status ${tones[state]} state-${state}`}>{state}</span>;
}

function CallRow({ call }: { call: CallSummary }) {
  const { from, to } = partiesOf(call);
  const { openedAtMs, endedAtMs, provider, legs, state } = call;
  const cause = state === 'ended' ? legs[0]?.cause : undefined;
  return (
    <span class="list-row call-row">
      <StateBadge state={state} />
      <span class="list-line">
        <span class="soft">{from}</span> → <b>{to}</b>
      </span>
      <span class="list-facts">
        <time>{clockTime(openedAtMs)}</time>
        {endedAtMs !== undefined && <span>{duration(endedAtMs - openedAtMs)}</span>}
        <span>{providerTitle(provider)}</span>
        {legs.length > 1 && <span>{legs.length} legs</span>}
        {cause !== undefined && <span>{causeWords(cause)}</span>}
      </span>
    </span>
  );
}

function NothingToShow({ isFiltered }: { isFiltered: boolean }) {
  if (!reading.value.done) return <p class="empty">Reading what was there…</p>;
  if (isFiltered) return <p class="empty">No call contains that.</p>;
  return (
    <div class="empty">
      <p>No call yet.</p>
      <p>
        Place one with code from <a href={linkTo('start')}>Start</a>, pick up one of the{' '}
        <a href={linkTo('phones')}>Phones</a> and dial, or let this page place one:
      </p>
      <PlaceCallButton
        words="Place a call"
        onPlaced={({ call }) => {
          location.hash = linkTo('calls', call);
        }}
      />
    </div>
  );
}

function matching(items: readonly CallSummary[], wanted: string): readonly CallSummary[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  return items.filter((call) => {
    const { from, to } = partiesOf(call);
    const text = [call.id, call.provider, call.state, from, to].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
