import type { FieldValues } from './field-values.ts';

/** What the user's own code makes of the request, to be compared with what belongs there. */
export function OwnCodeFields({
  fields,
  change,
}: {
  fields: FieldValues;
  change: (changed: Partial<FieldValues>) => void;
}) {
  return (
    <details>
      <summary>What your own code makes of it</summary>
      <p class="hint">
        Print the string that your code hashes, and the signature that it makes of it, for this very request; they are
        compared with the right ones.
      </p>
      <label for="your-string">Your string to sign</label>
      <textarea
        id="your-string"
        rows={5}
        spellcheck={false}
        value={fields.yourString}
        onInput={(event) => change({ yourString: event.currentTarget.value })}
      />
      <label for="your-signature">Your signature</label>
      <input
        id="your-signature"
        value={fields.yourSignature}
        autocomplete="off"
        onInput={(event) => change({ yourSignature: event.currentTarget.value })}
      />
    </details>
  );
}
