import { TextField } from '../controls/field.tsx';
import type { Change, FieldValues } from './field-values.ts';
import { OtherKeysField } from './other-keys-field.tsx';
import { OwnCodeFields } from './own-code-fields.tsx';
import { OwnSchemeField } from './own-scheme-field.tsx';
import { fieldNames, type FieldName } from './page-words.ts';
import { VariablesField } from './variable-fields.tsx';

/** What few requests need, folded away until it is asked for. */
export function FurtherFields({
  fields,
  asked,
  change,
}: {
  fields: FieldValues;
  /** The field that a diagnosis asks for. */
  asked: FieldName | undefined;
  change: Change;
}) {
  return (
    <>
      <details open={asked === 'publicUrl' || asked === 'variables' || asked === 'otherKeys'}>
        <summary>Public URL, other keys, variables</summary>
        <div class="fields">
          <TextField
            id="publicUrl"
            label={fieldNames.publicUrl}
            hint="The URL that the sender calls, if a proxy, tunnel or gateway is in front of your receiver."
            placeholder="https://example.com/hooks"
            value={fields.publicUrl}
            onText={(publicUrl) => change({ publicUrl })}
          />
          <OtherKeysField keys={fields.otherSecrets} change={change} />
          <VariablesField variables={fields.variables} change={change} />
        </div>
      </details>
      <OwnCodeFields fields={fields} isOpen={asked === 'yourString' || asked === 'yourSignature'} change={change} />
      <OwnSchemeField fields={fields} change={change} />
    </>
  );
}
