import { formText, queryText, readParameters, type Parameter } from '../canonical/parameters.ts';
import type { Message } from '../message.ts';
import { provideReader } from './readers.ts';
import type { SourceRow } from './source.ts';
import { checkForm, unreadable } from './unreadable.ts';

/**
 * The query's parameters and the form's fields as Plivo's third version joins them: `?` and `name=value`, decoded, sorted
 * and joined by `&`; a dot where both are there; the fields as `namevalue`, sorted and joined by nothing. The `?` stands
 * wherever there is any of both.
 */
export interface QueryAndFormSource {
  readonly from: 'query-and-form';
}

function readBoth(message: Message): string | undefined {
  const query = readParameters(queryText(message));
  const fields = readParameters(formText(message));
  if (!query || !fields) return undefined;
  if (query.length === 0 && fields.length === 0) return '';
  const dot = query.length > 0 && fields.length > 0 ? '.' : '';
  return `?${written(query, '=', '&')}${dot}${written(fields, '', '')}`;
}

function written(parameters: readonly Parameter[], between: string, separator: string): string {
  return parameters
    .toSorted(([name, value], [other, otherValue]) => (name < other || (name === other && value < otherValue) ? -1 : 1))
    .map(([name, value]) => name + between + value)
    .join(separator);
}

provideReader<QueryAndFormSource>(
  'query-and-form',
  (_, message, _values, name) =>
    readBoth(message) ?? unreadable(formText(message) === undefined ? 'body/malformed' : 'target/malformed', name),
);

/** All that is to be known of it. */
export const queryAndForm: SourceRow<QueryAndFormSource> = {
  members: {},
  holds: () => /[^]/,
  words: () => "the query's parameters and the form's fields, each sorted by name",
  signs: () => ['query', 'parameters', 'body'],
  check: (_, message) => checkForm(message),
  received: (_, message) => readBoth(message) ?? '',
};
