import type { ExchangeSummary } from '@countersign/server/control/views/exchange-view';
import { useMemo, useState } from 'preact/hooks';
import { otherPartyOf } from '../format/party.ts';
import { clockTime, duration } from '../format/time.ts';
import { PlaceCallButton } from '../development/place-call-button.tsx';
import { VirtualList } from '../lists/virtual-list.tsx';
import { calls, exchanges, reading } from '../live/live-state.ts';
import { providerTitle } from '../live/providers.ts';
import { linkTo } from '../routing.ts';
import { clearRequests, showCleared, uncleared } from './cleared.ts';
import { ListControls } from './list-controls.tsx';
import { matching, noFilter, reasonsOf, reasonTitle } from './list-filter.ts';
import { StatusBadge } from './outcome-badge.tsx';
import { alone, groupRepeats, type RequestRowData } from './repeats.ts';
import '../lists/list-row.css';

const rowHeight = 58;

/** The live list of exchanges, the newest first. */
export function RequestList({ open }: { open: string | undefined }) {
  const [filter, setFilter] = useState(noFilter);
  const [isGrouped, setGrouped] = useState(false);
  const version = exchanges.version.value;
  // A row has the number that was called.
  const callsVersion = calls.version.value;
  const items = uncleared(exchanges.items);
  const [fitting, groups] = useMemo(() => {
    const found = matching(items, filter);
    return [found, isGrouped ? groupRepeats(found) : undefined] as const;
  }, [version, callsVersion, items.length, filter, isGrouped]);
  const shown = fitting.length;
  const count = groups?.length ?? shown;
  // A row is made when it is drawn: there may be a hundred thousand.
  const rowAt = (index: number): RequestRowData =>
    groups ? (groups[count - 1 - index] as RequestRowData) : alone(fitting[count - 1 - index] as ExchangeSummary);
  const openRow = open === undefined ? undefined : groups?.find(({ members }) => members.some(({ id }) => id === open));
  const total = items.length;
  const cleared = exchanges.items.length - total;
  return (
    <>
      <div class="list-head">
        <div class="row">
          <h2>Requests</h2>
          <span class="hint" aria-live="off">
            {shown === total ? total : `${shown} of ${total}`}
          </span>
        </div>
        <ListControls
          items={items}
          filter={filter}
          change={(changed) => setFilter((before) => ({ ...before, ...changed }))}
        />
        <div class="row">
          <label class="check">
            <input
              type="checkbox"
              checked={filter.onlyRefused}
              onChange={({ currentTarget: { checked } }) =>
                setFilter((before) => ({ ...before, onlyRefused: checked }))
              }
            />
            refused
          </label>
          <label class="check">
            <input type="checkbox" checked={isGrouped} onChange={(event) => setGrouped(event.currentTarget.checked)} />
            group repeats
          </label>
          {total > 0 && (
            <button type="button" class="quiet" onClick={clearRequests}>
              Clear
            </button>
          )}
          {cleared > 0 && (
            <button type="button" class="quiet" onClick={showCleared}>
              Show {cleared} cleared
            </button>
          )}
        </div>
      </div>
      {count === 0 ? (
        <NothingToShow isFiltered={total > 0} isCleared={cleared > 0} onShowAll={() => setFilter(noFilter)} />
      ) : (
        <VirtualList
          label="Requests, the newest first"
          count={count}
          itemAt={rowAt}
          keyOf={({ key }) => key}
          hrefOf={({ newest }) => linkTo('requests', newest.id)}
          open={groups ? openRow?.key : open}
          rowHeight={rowHeight}
        >
          {({ newest, members }) => <RequestRow exchange={newest} count={members.length} />}
        </VirtualList>
      )}
    </>
  );
}

function RequestRow({ exchange, count }: { exchange: ExchangeSummary; count: number }) {
  const { method, target, status, receivedAtMs, elapsedMs, authentication, provider } = exchange;
  const call = exchange.call === undefined ? undefined : calls.get(exchange.call);
  const [path = '', query] = target.split('?');
  const [start, end] = splitPath(path);
  const reasons = reasonsOf(exchange);
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
        {provider !== 'none' && <span>{providerTitle(provider)}</span>} {call && <span>{otherPartyOf(call)}</span>}{' '}
        {count > 1 && (
          <b>
            {count}
            <span aria-hidden="true"> ×</span>
            <span class="visually-hidden"> alike, the newest of them</span>
          </b>
        )}
        {isRefused && (
          <span class="bad why" title={reasons.join(' + ')}>
            {reasons.map(reasonTitle).join(' + ')}
          </span>
        )}
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

interface NothingProps {
  readonly isFiltered: boolean;
  readonly isCleared: boolean;
  readonly onShowAll: () => void;
}

function NothingToShow({ isFiltered, isCleared, onShowAll }: NothingProps) {
  if (!reading.value.done) return <p class="empty">Reading what was there…</p>;
  if (isFiltered) {
    return (
      <div class="empty">
        <p>No request fits what the list is narrowed to.</p>
        <button type="button" onClick={onShowAll}>
          Show all requests
        </button>
      </div>
    );
  }
  if (isCleared) return <p class="empty">Cleared. The next request appears here.</p>;
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
