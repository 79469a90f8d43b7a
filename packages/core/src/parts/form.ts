import { formText, readParameters, type Parameter } from '../canonical/parameters.ts';
import { checkForm, unreadable } from './unreadable.ts';
import { provideReader } from './readers.ts';
import type { SourceRow } from './source.ts';

/** The fields of a form, decoded and sorted by name, each as its name and its value with nothing between them. */
export interface FormSource {
  readonly from: 'form';
  /** How the values of one name stand: sorted, or sorted and each one once. */
  readonly values: 'sorted' | 'distinct';
}

function fieldsText({ values }: FormSource, fields: readonly Parameter[]): string {
  const pairs = fields.toSorted(compare);
  let text = '';
  let last: Parameter | undefined;
  for (const pair of pairs) {
    const [name, value] = pair;
    if (values === 'sorted' || name !== last?.[0] || value !== last[1]) text += name + value;
    last = pair;
  }
  return text;
}

function compare([name, value]: Parameter, [other, otherValue]: Parameter): number {
  return name < other || (name === other && value < otherValue) ? -1 : 1;
}

provideReader<FormSource>('form', (source, message, _, name) =>
  fieldsText(source, readParameters(formText(message)) ?? unreadable('body/malformed', name)),
);

/** All that is to be known of it. */
export const form: SourceRow<FormSource> = {
  members: { values: ['sorted', 'distinct'] satisfies FormSource['values'][] },
  holds: () => /[^]/,
  words: () => "the form's fields, sorted by name",
  signs: () => ['parameters', 'body'],
  check: (_, message) => checkForm(message),
  received: (source, message) => fieldsText(source, readParameters(formText(message)) ?? []),
};
