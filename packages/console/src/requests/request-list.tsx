import type { ExchangeSummary } from '@countersign/server/control/views/exchange-view';
import { useMemo, useState } from 'preact/hooks';
import { clockTime, duration } from '../format/time.ts';
import { PlaceCallButton } from '../development/place-call-button.tsx';
import { VirtualList } from '../lists/virtual-list.tsx';
import { exchanges, reading } from '../live/live-state.ts';
import { providerTitle } from '../live/providers.ts';
import { linkTo } from '../routing.ts';
import { StatusBadge } from './outcome-badge.tsx';
import '../lists/list-row.css';

const rowHeight = 58;

/** The live list of exchanges, the newest first. */
export function RequestList({ open }: { open: string | undefined }) {
  const [wanted, setWanted] = useState('');
  const [onlyRefused, setOnlyRefused] = useState(false);
  const version = exchanges.version.value;
  const shown = useMemo(() => matching(exchanges.items, wanted, onlyRefused), [version, wanted, onlyRefused]);
  const total = exchanges.items.length;
  return (
    <>
      <div class="list-head">
        <div class="row">
          <h2>Requests</h2>
          <span class="hint" aria-live="off">
            {shown.length === total ? total : `${shown.length} of ${total}`}
          </span>
        </div>
        <div class="row">
          <input
            type="search"
            placeholder="Path, status, mistake…"
            aria-label="Show only requests that contain"
            value={wanted}
            onInput={(event) => setWanted(event.currentTarget.value)}
          />
          <label class="check">
            <input
              type="checkbox"
              checked={onlyRefused}
              onChange={(event) => setOnlyRefused(event.currentTarget.checked)}
            />
            refused
          </label>
        </div>
      </div>
      {shown.length === 0 ? (
        <NothingToShow isFiltered={total > 0} />
      ) : (
        <VirtualList
          label="Requests, the newest first"
          count={shown.length}
          itemAt={(index) => shown[shown.length - 1 - index] as ExchangeSummary}
          keyOf={({ id }) => id}
          hrefOf={({ id }) => linkTo('requests', id)}
          open={open}
          rowHeight={rowHeight}
        >
          {(exchange) => <RequestRow exchange={exchange} />}
        </VirtualList>
      )}
    </>
  );
}

function RequestRow({ exchange }: { exchange: ExchangeSummary }) {
  const { method, target, status, receivedAtMs, elapsedMs, authentication, provider } = exchange;
  const [path = '', query] = target.split('?');
  const [start, end] = splitPath(path);
  const mistakes = authentication?.mistakes ?? [];
  const isRefused = authentication?.outcome === 'refused';
  return (
    <span class="list-row">
      <StatusBadge status={status} />{' '}
      <span class="list-line request-line">
        <b>{method}</b> <span class="path-start">{start}</span>
        <span class="path-end">{end}</span>
        {query !== undefined && <span class="query">?{query}</span>}
      </span>{' '}
      <span class="list-facts">
        <time>{clockTime(receivedAtMs)}</time> {elapsedMs !== undefined && <span>{duration(elapsedMs)}</span>}{' '}
        {provider !== 'none' && <span>{providerTitle(provider)}</span>}
        {isRefused && <span class="bad why">{mistakes.length > 0 ? mistakes.join(' + ') : authentication.code}</span>}
        {authentication && !isRefused && status === 404 && <span class="why">accepted, not found</span>}
        {authentication?.outcome === 'tolerated' && <span class="warn why">{authentication.code}</span>}
      </span>
    </span>
  );
}

/** A path as its beginning, which may be cut for want of room, and its end, which says what is done; ids are cut. */
function splitPath(path: string): [start: string, end: string] {
  const short = path.replace(/([0-9a-f]{4})[0-9a-f]{4}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '$1…');
  const slash = short.lastIndexOf('/');
  return [short.slice(0, slash), short.slice(slash)];
}

function NothingToShow({ isFiltered }: { isFiltered: boolean }) {
  if (!reading.value.done) return <p class="empty">Reading what was there…</p>;
  if (isFiltered) return <p class="empty">No request contains that.</p>;
  return (
    <div class="empty">
      <p>No request yet.</p>
      <p>
        It appears here the moment it arrives. <a href={linkTo('start')}>Start</a> has the credentials and code for your
        client. Or let this page send one:
      </p>
      <PlaceCallButton words="Place a call" />
    </div>
  );
}

function matching(items: readonly ExchangeSummary[], wanted: string, onlyRefused: boolean): readonly ExchangeSummary[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((exchange) => {
    const { authentication, method, target, status, provider, call, id } = exchange;
    if (onlyRefused && authentication?.outcome !== 'refused') return false;
    if (words.length === 0) return true;
    const { code = '', mistakes = [] } = authentication ?? {};
    const text = [id, method, target, status, provider, call, code, ...mistakes].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
