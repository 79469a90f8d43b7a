import type { CallbackView } from '@countersign/server/control/views/callback-view';
import { useState } from 'preact/hooks';
import { duration, exactTime } from '../format/time.ts';
import { controlUrl, tellControl, wordsOf } from '../live/control-api.ts';
import { BodyView } from '../requests/bytes-view.tsx';
import { HeaderTable } from '../requests/header-table.tsx';
import { StatusBadge } from '../requests/outcome-badge.tsx';
import { CallbackSignature } from './callback-signature.tsx';

type Attempt = CallbackView['attempts'][number];

const tones = { queued: 'warn', delivering: 'warn', delivered: 'good', undelivered: 'bad' } as const;

/** A callback in the timeline: what happened to it at a glance, and all of it when it is opened. */
export function CallbackEntry({ callback }: { callback: CallbackView }) {
  const { event, state, attempts, attemptsDropped = 0, urls, body } = callback;
  const short = event.split('.').at(-1) ?? event;
  const last = attempts.at(-1);
  return (
    <details class="entry-details">
      <summary>
        <span class="entry-text">
          Callback <b>{short}</b>
        </span>{' '}
        <span class={`badge ${tones[state]}`}>{state}</span> {last && <Outcome outcome={last.outcome} />}
        {attempts.length + attemptsDropped > 1 && (
          <span class="hint"> {attempts.length + attemptsDropped} attempts</span>
        )}
      </summary>
      <p class="mono">
        {event} → {urls.join(', then ')}
      </p>
      <ResendCallback callback={callback} />
      {attempts.length === 0 && (
        <p class="hint">No attempt yet: it waits for the callbacks before it, or for its time.</p>
      )}
      {attemptsDropped > 0 && <p class="hint">The first {attemptsDropped} are no longer kept.</p>}
      <ol class="attempts" start={attemptsDropped + 1}>
        {attempts.map((attempt, index) => (
          <li key={index}>
            <AttemptView attempt={attempt} body={body} />
          </li>
        ))}
      </ol>
      <h4>Body</h4>
      <BodyView body={{ text: body }} what={`body of ${short}`} />
    </details>
  );
}

function AttemptView({ attempt, body }: { attempt: Attempt; body: string }) {
  const { url, startedAtMs, elapsedMs, outcome, requestHeaders } = attempt;
  return (
    <>
      <p class="row">
        <time class="mono">{exactTime(startedAtMs)}</time>
        <span class="mono path">{url}</span>
        <Outcome outcome={outcome} />
        <span class="hint">{duration(elapsedMs)}</span>
      </p>
      {'failure' in outcome && <p class="hint">{outcome.detail}</p>}
      <CallbackSignature attempt={attempt} body={body} />
      <details>
        <summary>Headers sent</summary>
        <HeaderTable
          headers={requestHeaders}
          label="Headers of the callback"
          marked={['authorization', 'x-timestamp']}
        />
      </details>
      {'status' in outcome && (outcome.body !== '' || outcome.bodyBytes !== undefined) && (
        <details>
          <summary>The answer</summary>
          {outcome.bodyBytes !== undefined && (
            <p class="hint">It had {outcome.bodyBytes} bytes; this is what is kept of them.</p>
          )}
          <BodyView body={{ text: outcome.body }} what="answer to the callback" />
        </details>
      )}
    </>
  );
}

function Outcome({ outcome }: { outcome: Attempt['outcome'] }) {
  if ('status' in outcome) return <StatusBadge status={outcome.status} />;
  return <span class="status bad">{outcome.failure}</span>;
}

function ResendCallback({ callback: { id, state } }: { callback: CallbackView }) {
  const [problem, setProblem] = useState<string>();
  if (state !== 'delivered' && state !== 'undelivered') return null;
  const send = (): void => {
    setProblem(undefined);
    tellControl('POST', controlUrl('callbacks', id, 'resend')).catch((error: unknown) => setProblem(wordsOf(error)));
  };
  return (
    <p class="row">
      <button type="button" onClick={send}>
        Send it again
      </button>
      <span role="status" class="bad">
        {problem}
      </span>
    </p>
  );
}
