import { TextField } from '../controls/field.tsx';
import type { Change, FieldValues } from './field-values.ts';
import { fieldNames } from './page-words.ts';

/** What the user's own code makes of the request, to be compared with what belongs there. */
export function OwnCodeFields({ fields, isOpen, change }: { fields: FieldValues; isOpen: boolean; change: Change }) {
  return (
    <details open={isOpen}>
      <summary>Output of your own code</summary>
      <p class="hint">
        Print the string that your code signs and the signature that it computes for this request. Paste them here to
        compare them with the right ones.
      </p>
      <label for="yourString">{fieldNames.yourString}</label>
      <textarea
        id="yourString"
        rows={5}
        spellcheck={false}
        value={fields.yourString}
        onInput={(event) => change({ yourString: event.currentTarget.value })}
      />
      <TextField
        id="yourSignature"
        label={fieldNames.yourSignature}
        value={fields.yourSignature}
        onText={(yourSignature) => change({ yourSignature })}
      />
    </details>
  );
}
