import { Field, hintOf, TextField } from '../controls/field.tsx';
import type { Change, FieldValues } from './field-values.ts';
import { fieldNames } from './page-words.ts';
import { SchemeField } from './scheme-field.tsx';
import type { Result } from './work.ts';
import { offeredSchemes } from './worker-client.ts';

/** How the request is signed: scheme, secret, key id where requests name one, and the clock. */
export function SignerFields({
  fields,
  reading,
  change,
}: {
  fields: FieldValues;
  reading: Result | undefined;
  change: Change;
}) {
  const { ownScheme } = fields;
  const id = fields.scheme === '' ? reading?.recognized?.id : fields.scheme;
  const scheme = offeredSchemes.value.find((one) => one.id === id);
  const namesKey = ownScheme === '' ? scheme?.namesKey : ownScheme.includes('{keyId}');
  const choices = ownScheme === '' ? (scheme?.choices ?? []) : [];
  const hasPublicKey = ownScheme === '' && scheme?.hasPublicKey === true;
  return (
    <>
      <SchemeField fields={fields} reading={reading} change={change} />
      <TextField
        id="secret"
        label={hasPublicKey ? 'Public key' : 'Secret'}
        hint={
          hasPublicKey
            ? 'The key that the provider publishes: PEM, a JSON Web Key or the text that its page shows.'
            : 'The key as your provider shows it, or a connection string that holds it. It stays in this page and is in no link.'
        }
        isSecret
        value={fields.secret}
        onText={(secret) => change({ secret })}
      />
      {namesKey && (
        <TextField
          id="key-id"
          label="Key id"
          hint="The public name of the key, which requests carry beside the signature. Needed only to sign."
          placeholder="read from the request"
          value={fields.keyId}
          onText={(keyId) => change({ keyId })}
        />
      )}
      {choices.length > 0 && (
        <Field id="mac" label={fieldNames.mac} hint="What your account is set to. No request says it.">
          <select
            id="mac"
            aria-describedby={hintOf('mac')}
            onChange={(event) => change({ mac: event.currentTarget.value })}
          >
            <option value="" selected={!choices.includes(fields.mac)}>
              the provider’s default
            </option>
            {choices.map((choice) => (
              <option key={choice} value={choice} selected={choice === fields.mac}>
                {choice}
              </option>
            ))}
          </select>
        </Field>
      )}
      <TextField
        id="now"
        label={fieldNames.now}
        hint="The time to check or sign at, such as 2024-05-27T09:08:07Z. Leave it empty for now, or for the time of the response if you pasted one."
        placeholder="now"
        value={fields.now}
        onText={(now) => change({ now })}
      />
    </>
  );
}
