import type { ComponentChildren } from 'preact';
import { Field, hintOf } from '../controls/field.tsx';
import type { Change, FieldValues } from './field-values.ts';
import type { Result } from './work.ts';
import { offeredSchemes } from './worker-client.ts';

/** The scheme: recognized by the request, unless one is chosen. */
export function SchemeField({
  fields: { scheme, text, ownScheme },
  reading,
  change,
}: {
  fields: FieldValues;
  reading: Result | undefined;
  change: Change;
}) {
  const hint =
    ownScheme.trim() !== ''
      ? 'Your own scheme, below, is used in its place.'
      : scheme !== ''
        ? 'The rules that the signature follows, as you chose.'
        : text.trim() === ''
          ? 'The rules that the signature follows. Detected from what you paste.'
          : reading
            ? recognizedWords(reading)
            : '';
  return (
    <Field id="scheme" label="Scheme" hint={hint} isLive>
      <select
        id="scheme"
        aria-describedby={hintOf('scheme')}
        onChange={(event) => change({ scheme: event.currentTarget.value })}
      >
        <option value="" selected={scheme === ''}>
          Detect from the request
        </option>
        {offeredSchemes.value.map(({ id, title }) => (
          <option key={id} value={id} selected={id === scheme}>
            {title}
          </option>
        ))}
      </select>
    </Field>
  );
}

function recognizedWords({ recognized, requests }: Result): ComponentChildren {
  if (requests.length === 0)
    return 'The rules that the signature follows. There is no request yet to detect them from.';
  if (!recognized) return 'Nothing in the request shows which rules its signature follows. Choose the scheme.';
  const { title, by, alsoFits } = recognized;
  const others =
    alsoFits.length === 0 ? '' : ` ${alsoFits.join(' and ')} would fit as well: choose another if it is wrong.`;
  return (
    <>
      <strong>{title}</strong>, recognized by {by}.{others}
    </>
  );
}
