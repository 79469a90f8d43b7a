import type { FieldValues } from './field-values.ts';
import { OwnSchemeField } from './own-scheme-field.tsx';
import { offeredSchemes } from './worker-client.ts';

/** How the request is signed: scheme, secret, key id where requests name one, and the clock. */
export function SignerFields({
  fields,
  change,
}: {
  fields: FieldValues;
  change: (changed: Partial<FieldValues>) => void;
}) {
  const schemes = offeredSchemes.value;
  const { ownScheme } = fields;
  const namesKey =
    ownScheme === '' ? schemes.find(({ id }) => id === fields.scheme)?.namesKey : ownScheme.includes('{keyId}');
  const hasPublicKey = ownScheme === '' && schemes.find(({ id }) => id === fields.scheme)?.hasPublicKey === true;
  return (
    <>
      <div>
        <label for="scheme">Scheme</label>
        <select id="scheme" onChange={(event) => change({ scheme: event.currentTarget.value })}>
          {schemes.map(({ id, title }) => (
            <option key={id} value={id} selected={id === fields.scheme}>
              {title}
            </option>
          ))}
        </select>
      </div>
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
            : 'As your provider shows it, without quotes. It stays in this page and is in no link.'}
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
            onInput={(event) => change({ keyId: event.currentTarget.value })}
          />
        </div>
      )}
      <div>
        <label for="now">Clock</label>
        <input
          id="now"
          value={fields.now}
          placeholder="now"
          autocomplete="off"
          aria-describedby="now-hint"
          onInput={(event) => change({ now: event.currentTarget.value })}
        />
        <p class="hint" id="now-hint">
          The time to judge or sign by, such as 2024-05-27T09:08:07Z; when it is empty, that is now.
        </p>
      </div>
      <OwnSchemeField fields={fields} change={change} />
    </>
  );
}
