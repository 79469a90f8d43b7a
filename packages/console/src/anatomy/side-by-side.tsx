import './anatomy.css';

/** The index of the first character in which two texts differ; their common length when one begins with the other. */
export function firstDifference(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) if (a[at] !== b[at]) return at;
  return shorter;
}

/** Two texts under each other, the first difference marked in both. Their invisible characters are visible already. */
export function SideBySide({ yours, expected }: { yours: string; expected: string }) {
  const at = firstDifference(yours, expected);
  return (
    <dl class="side-by-side">
      <dt>What was signed</dt>
      <dd>
        <Marked text={yours} at={at} />
      </dd>
      <dt>What belongs there</dt>
      <dd>
        <Marked text={expected} at={at} />
      </dd>
    </dl>
  );
}

function Marked({ text, at }: { text: string; at: number }) {
  if (at >= text.length) {
    return (
      <pre tabIndex={0} role="region" aria-label="text">
        {text}
        <mark class="end-mark">
          <span class="visually-hidden">the text ends here</span>
        </mark>
      </pre>
    );
  }
  return (
    <pre tabIndex={0} role="region" aria-label="text">
      {text.slice(0, at)}
      <mark>{text.slice(at, at + 1)}</mark>
      {text.slice(at + 1)}
    </pre>
  );
}
