import { differingRun } from './differing-run.ts';
import { Marked } from './two-strings.tsx';
import './anatomy.css';

/** Two texts beside each other, what differs marked in both. Their invisible characters are visible already. */
export function SideBySide({ yours, expected }: { yours: string; expected: string }) {
  const { start, yoursEnd, expectedEnd } = differingRun(yours, expected);
  return (
    <dl class="side-by-side">
      <div>
        <dt>Yours</dt>
        <dd>
          <pre tabIndex={0} role="region" aria-label="yours">
            <Shown text={yours} start={start} end={yoursEnd} />
          </pre>
        </dd>
      </div>
      <div>
        <dt>What belongs there</dt>
        <dd>
          <pre tabIndex={0} role="region" aria-label="what belongs there">
            <Shown text={expected} start={start} end={expectedEnd} />
          </pre>
        </dd>
      </div>
    </dl>
  );
}

function Shown({ text, start, end }: { text: string; start: number; end: number }) {
  return text === '' ? <span class="soft">(nothing)</span> : <Marked text={text} start={start} end={end} />;
}
