import type { MistakeId } from '@countersign/core/diagnose';
import { mistakeCauses } from '@countersign/core/mistake-causes';
import { mistakeTitles } from '@countersign/core/mistake-titles';
import { useEffect, useRef } from 'preact/hooks';
import { CodeWords } from './code-words.tsx';
import './mistakes.css';

const mistakeIds = Object.keys(mistakeTitles) as MistakeId[];

/** What the diagnosis knows of: every class of mistakes with where it comes from. `wanted` is the one that a link names. */
export function Mistakes({ wanted }: { wanted: string | undefined }) {
  const isKnown = wanted === undefined || Object.hasOwn(mistakeTitles, wanted);
  return (
    <div class="mistakes">
      <h2>What goes wrong with signatures</h2>
      <p class="lead">Every mistake that a diagnosis can name, and where it comes from.</p>
      {!isKnown && (
        <p class="bad" role="alert">
          There is no mistake <code>{wanted}</code>.
        </p>
      )}
      {mistakeIds.map((id) => (
        <Mistake key={id} id={id} isWanted={id === wanted} />
      ))}
    </div>
  );
}

function Mistake({ id, isWanted }: { id: MistakeId; isWanted: boolean }) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isWanted) return;
    place.current?.scrollIntoView();
    place.current?.focus({ preventScroll: true });
  }, [isWanted]);
  return (
    <section ref={place} tabIndex={-1} aria-labelledby={id} aria-current={isWanted ? 'true' : undefined}>
      <h3 id={id}>{mistakeTitles[id]}</h3>
      <p>
        <CodeWords text={mistakeCauses[id]} />
      </p>
      <p class="hint">
        The diagnosis calls it <code>{id}</code>.
      </p>
    </section>
  );
}
