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
      <div>
        <label for="secret">{hasPublicKey ? 'Public key' : 'Secret'}</label>
        <input
          id="secret"
          type="password"
          autocomplete="off"
          aria-describedby="secret-hint"
          value={fields.secret}
          onInput={(event) => change({ secret: event.currentTarget.value })}
        />
        <p class="hint" id="secret-hint">
          {hasPublicKey
            ? 'The key that the provider publishes: PEM, a JSON Web Key or the text that its page shows.'
            : 'The key as your provider shows it, or a connection string that holds it. It stays in this page and is in no link.'}
        </p>
      </div>
      {namesKey && (
        <div>
          <label for="key-id">Key id</label>
          <input
            id="key-id"
            value={fields.keyId}
            placeholder="read from the request"
            autocomplete="off"
            aria-describedby="key-id-hint"
            onInput={(event) => change({ keyId: event.currentTarget.value })}
          />
          <p class="hint" id="key-id-hint">
            The public name of the key, which requests carry beside the signature. Needed only to sign.
          </p>
        </div>
      )}
      {choices.length > 0 && (
        <div>
          <label for="mac">{fieldNames.mac}</label>
          <select id="mac" aria-describedby="mac-hint" onChange={(event) => change({ mac: event.currentTarget.value })}>
            <option value="" selected={!choices.includes(fields.mac)}>
              the provider’s default
            </option>
            {choices.map((choice) => (
              <option key={choice} value={choice} selected={choice === fields.mac}>
                {choice}
              </option>
            ))}
          </select>
          <p class="hint" id="mac-hint">
            What your account is set to. No request says it.
          </p>
        </div>
      )}
      <div>
        <label for="now">{fieldNames.now}</label>
        <input
          id="now"
          value={fields.now}
          placeholder="now"
          autocomplete="off"
          aria-describedby="now-hint"
          onInput={(event) => change({ now: event.currentTarget.value })}
        />
        <p class="hint" id="now-hint">
          The time to check or sign at, such as 2024-05-27T09:08:07Z. Leave it empty for now, or for the time of the
          response if you pasted one.
        </p>
      </div>
    </>
  );
}
