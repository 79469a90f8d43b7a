import type { MissingOption } from '@countersign/core/diagnose';
import { fieldNames, fieldOfOption, type FieldName } from './page-words.ts';

/** What would let more be tried, each with the way to its field. */
export function MissingFields({
  missing,
  onAsk,
}: {
  missing: readonly MissingOption[];
  onAsk: (field: FieldName) => void;
}) {
  return (
    <ul>
      {missing.map(({ option, summary }) => {
        const field = fieldOfOption(option);
        return (
          <li key={option + summary}>
            {summary}{' '}
            {field && (
              <button type="button" onClick={() => onAsk(field)}>
                Go to “{fieldNames[field]}”
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
