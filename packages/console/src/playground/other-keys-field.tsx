import type { Change } from './field-values.ts';
import { otherKeyName } from './other-key-name.ts';
import { fieldNames } from './page-words.ts';

/** Further keys that may have been used by mistake: one field each, and always an empty one more. */
export function OtherKeysField({ keys, change }: { keys: readonly string[]; change: Change }) {
  const changeKey = (at: number, text: string): void => {
    const next = [...keys, ''].map((key, index) => (index === at ? text : key));
    while (next.at(-1) === '') next.pop();
    change({ otherSecrets: next });
  };
  return (
    <fieldset id="otherKeys" tabIndex={-1}>
      <legend>{fieldNames.otherKeys}</legend>
      <p class="hint">
        Keys that may have been used by mistake, such as the secondary key or one of another environment. They stay in
        this page, too.
      </p>
      {[...keys, ''].map((key, index) => (
        <input
          key={index}
          type="password"
          autocomplete="off"
          aria-label={otherKeyName(index)}
          placeholder={otherKeyName(index)}
          value={key}
          onInput={(event) => changeKey(index, event.currentTarget.value)}
        />
      ))}
    </fieldset>
  );
}
