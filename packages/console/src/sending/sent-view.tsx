import type { SendingView } from '@countersign/server/control/views/sending-view';
import { BodyView } from '../requests/bytes-view.tsx';
import { HeaderTable } from '../requests/header-table.tsx';
import { StatusBadge } from '../requests/outcome-badge.tsx';

/** What was sent, and what came back. */
export function SentView({ sent: { answer, request, elapsedMs } }: { sent: SendingView }) {
  return (
    <>
      <section class="card" aria-labelledby="sending-answer">
        <h3 id="sending-answer">The answer</h3>
        {'failure' in answer ? (
          <p class="bad" role="alert">
            There is none: {answer.failure}.
          </p>
        ) : (
          <>
            <p class="row" role="status">
              <StatusBadge status={answer.status} />
              <span>{answer.statusText}</span>
              <span class="hint">after {elapsedMs} ms</span>
            </p>
            <HeaderTable headers={answer.headers} label="Headers of the answer" />
            <BodyView body={answer.body} what="body of the answer" />
            {answer.isCut && <p class="hint">The answer was longer, or broke off.</p>}
          </>
        )}
      </section>
      <section class="card" aria-labelledby="sending-request">
        <h3 id="sending-request">What was sent</h3>
        <HeaderTable headers={request.headers} label="Headers that were sent" />
        <BodyView body={{ text: request.body }} what="body that was sent" />
      </section>
    </>
  );
}
