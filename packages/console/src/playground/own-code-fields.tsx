import type { Draft } from './draft.ts';

/** What the user's own code makes of the request, to be compared with what belongs there. */
export function OwnCodeFields({ draft, change }: { draft: Draft; change: (changed: Partial<Draft>) => void }) {
  return (
    <details>
      <summary>What your own code makes of it</summary>
      <label for="your-string">Your string to sign</label>
      <textarea
        id="your-string"
        rows={5}
        spellcheck={false}
        value={draft.yourString}
        onInput={(event) => change({ yourString: event.currentTarget.value })}
      />
      <label for="your-signature">Your signature</label>
      <input
        id="your-signature"
        value={draft.yourSignature}
        autocomplete="off"
        onInput={(event) => change({ yourSignature: event.currentTarget.value })}
      />
    </details>
  );
}
