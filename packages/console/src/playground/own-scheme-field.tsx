import type { Change, FieldValues } from './field-values.ts';

/** A scheme of the user's own in JSON, in place of the chosen one: typed, pasted, or from a file. */
export function OwnSchemeField({ fields, change }: { fields: FieldValues; change: Change }) {
  return (
    <details>
      <summary>A scheme of your own</summary>
      <label for="own-scheme">Scheme in JSON; while it stands here, it is used in place of the chosen one</label>
      <textarea
        id="own-scheme"
        rows={5}
        spellcheck={false}
        value={fields.ownScheme}
        onInput={(event) => change({ ownScheme: event.currentTarget.value })}
      />
      <label for="own-scheme-file">Scheme file</label>
      <input
        id="own-scheme-file"
        type="file"
        accept=".json,application/json"
        onChange={(event) => void event.currentTarget.files?.[0]?.text().then((ownScheme) => change({ ownScheme }))}
      />
    </details>
  );
}
