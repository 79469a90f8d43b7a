import { firstDifference } from './first-difference.ts';
import { Marked } from './two-strings.tsx';
import './anatomy.css';

/** Two texts beside each other, the first difference marked in both. Their invisible characters are visible already. */
export function SideBySide({ yours, expected }: { yours: string; expected: string }) {
  const at = firstDifference(yours, expected);
  return (
    <dl class="side-by-side">
      <div>
        <dt>Yours</dt>
        <dd>
          <pre tabIndex={0} role="region" aria-label="yours">
            <Shown text={yours} at={at} />
          </pre>
        </dd>
      </div>
      <div>
        <dt>What belongs there</dt>
        <dd>
          <pre tabIndex={0} role="region" aria-label="what belongs there">
            <Shown text={expected} at={at} />
          </pre>
        </dd>
      </div>
    </dl>
  );
}

function Shown({ text, at }: { text: string; at: number }) {
  return text === '' ? <span class="soft">(nothing)</span> : <Marked text={text} at={at} />;
}
