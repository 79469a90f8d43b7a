import type { BytesView } from '@countersign/server/control/views/bytes-view';
import { useMemo, useState } from 'preact/hooks';
import { CopyButton } from '../controls/copy-button.tsx';
import { laidOutJson } from '../format/laid-out-json.ts';
import './bytes-view.css';

/** A body: laid out when it is JSON, with its very bytes one click away. */
export function BodyView({ body, what }: { body: BytesView; what: string }) {
  const [asSent, setAsSent] = useState(false);
  const text = 'text' in body ? body.text : undefined;
  const laidOut = useMemo(() => (text === undefined ? undefined : laidOutJson(text)), [text]);
  if (text === '' || ('base64' in body && body.base64 === '')) return <p class="hint">No body.</p>;
  if (text === undefined) {
    const { base64 } = body as { base64: string };
    return (
      <figure class="body">
        <figcaption class="hint">Not text; in base64:</figcaption>
        <pre tabIndex={0} role="region" aria-label={what}>
          {base64}
        </pre>
      </figure>
    );
  }
  const shown = asSent ? text : (laidOut ?? text);
  return (
    <figure class="body">
      <figcaption class="row">
        <span class="hint">{new TextEncoder().encode(text).length} bytes</span>
        {laidOut !== undefined && laidOut !== text && (
          <button type="button" class="quiet" aria-pressed={asSent} onClick={() => setAsSent(!asSent)}>
            As sent
          </button>
        )}
        <CopyButton text={text} what={what} />
      </figcaption>
      <pre tabIndex={0} role="region" aria-label={what}>
        {shown}
      </pre>
    </figure>
  );
}
