import type { CallView } from '@countersign/server/control/views/call-view';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { duration, exactTime } from '../format/time.ts';
import { StatusBadge } from '../requests/outcome-badge.tsx';
import { linkTo } from '../routing.ts';
import { CallbackEntry } from './callback-entry.tsx';
import { describeEvent, type ShownEvent } from './describe-event.ts';

interface Entry {
  readonly key: string;
  readonly atMs: number;
  readonly subject: string;
  readonly content: ComponentChildren;
}

/**
 * Everything that happened in a call, in order: events, the requests that addressed it, its callbacks. On a virtual call
 * clock requests and callbacks, which keep the wall clock, stand in a list of their own.
 */
export function Timeline({ call, isReal }: { call: CallView; isReal: boolean }) {
  const [everything, setEverything] = useState(false);
  const events = call.events.flatMap((event) => eventEntry(event, call, everything) ?? []);
  const others = [...call.exchanges.map(exchangeEntry), ...call.callbacks.map(callbackEntry)];
  const merged = isReal ? [...events, ...others].toSorted((a, b) => a.atMs - b.atMs) : events;
  return (
    <section aria-label="Timeline">
      <div class="row timeline-head">
        <h3>Timeline</h3>
        <label class="check">
          <input
            type="checkbox"
            checked={everything}
            onChange={(event) => setEverything(event.currentTarget.checked)}
          />
          show timers and preparations
        </label>
      </div>
      <Entries entries={merged} startMs={call.openedAtMs} />
      {!isReal && others.length > 0 && (
        <>
          <h3>Requests and callbacks</h3>
          <p class="hint">By the wall clock; the timeline above follows the virtual call clock.</p>
          <Entries entries={others.toSorted((a, b) => a.atMs - b.atMs)} startMs={undefined} />
        </>
      )}
    </section>
  );
}

function Entries({ entries, startMs }: { entries: readonly Entry[]; startMs: number | undefined }) {
  return (
    <ol class="timeline">
      {entries.map(({ key, atMs, subject, content }) => (
        <li key={key} class={`entry subject-${subject}`}>
          <time class="entry-time" title={exactTime(atMs)}>
            {startMs === undefined
              ? exactTime(atMs)
              : atMs < startMs
                ? `−${duration(startMs - atMs)}`
                : `+${duration(atMs - startMs)}`}
          </time>
          <div class="entry-content">{content}</div>
        </li>
      ))}
    </ol>
  );
}

function eventEntry(event: ShownEvent, call: CallView, everything: boolean): Entry | undefined {
  const { subject, text } = describeEvent(event, call);
  if (subject === 'machinery' && !everything) return undefined;
  return {
    key: `event-${event.seq}`,
    atMs: event.atMs,
    subject,
    content: everything ? (
      <details class="entry-details">
        <summary>
          <span class="entry-text">{text}</span>
        </summary>
        <pre tabIndex={0} role="region" aria-label={`event ${event.seq}`}>
          {JSON.stringify(event, null, 2)}
        </pre>
      </details>
    ) : (
      <span class="entry-text">{text}</span>
    ),
  };
}

function exchangeEntry(exchange: CallView['exchanges'][number]): Entry {
  const { id, method, target, status, receivedAtMs } = exchange;
  return {
    key: `exchange-${id}`,
    atMs: receivedAtMs,
    subject: 'request',
    content: (
      <span class="entry-text">
        Request{' '}
        <a href={linkTo('requests', id)}>
          <b>{method}</b> {target.replace(/\?.*$/s, '')}
        </a>{' '}
        <StatusBadge status={status} />
      </span>
    ),
  };
}

function callbackEntry(callback: CallView['callbacks'][number]): Entry {
  return {
    key: `callback-${callback.id}`,
    atMs: callback.queuedAtMs,
    subject: 'callback',
    content: <CallbackEntry callback={callback} />,
  };
}
