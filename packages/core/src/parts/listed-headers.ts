import { withoutEnds } from '../canonical/trimming.ts';
import { CountersignError, type Refusal } from '../errors.ts';
import { headerValue, headerValues, type Message } from '../message.ts';
import { headerName, headerNames, words } from '../rule-members.ts';
import { provideReader } from './readers.ts';
import type { SignedValues, SourceRow } from './source.ts';

/**
 * The headers that each request lists beside its signature, in lower case and sorted: `name:value` and a line break each,
 * values without white space at their ends, with one space for several, joined by a comma where a header is repeated.
 */
export interface ListedHeadersSource {
  readonly from: 'listed-headers';
  /** The field of the template that lists them, between semicolons. */
  readonly field: string;
  /** Those that each request must list, in lower case. */
  readonly required: readonly string[];
  /** The header that says the body's hash, where it is sent: it must be right. */
  readonly hashHeader: string;
}

/** The list itself. */
export interface HeaderListSource {
  readonly from: 'header-list';
  readonly field: string;
}

function namesOf(field: string, { fields }: Pick<SignedValues, 'fields'>): readonly string[] {
  return fields?.[field]?.split(';') ?? [];
}

/** A value as it is signed. Several spaces are one, also in quotes. */
export function plainValue(value: string): string {
  return withoutEnds(value, ' \t').replace(/ {2,}/g, ' ');
}

function linesOf(names: readonly string[], message: Message, { date, dateHeader }: SignedValues): string {
  return names
    .map((name) => {
      const values = headerValues(message.headers, name);
      // Signing has not written the date yet.
      const all = name === dateHeader && values.length === 0 ? [date] : values;
      return `${name}:${all.map(plainValue).join(',')}\n`;
    })
    .join('');
}

provideReader<ListedHeadersSource>('listed-headers', ({ field }, message, values) => {
  const names = namesOf(field, values);
  const lines = linesOf(names, message, values);
  const breaks = lines.split('\n').length - 1;
  if (breaks === names.length && !/[\r\0]|\p{Cs}/u.test(lines)) return lines;
  throw new CountersignError('header/malformed', 'a signed header holds a line break, NUL, or is no UTF-8');
});
provideReader<HeaderListSource>('header-list', ({ field }, _, { fields }) => fields?.[field] ?? '');

/** All that is to be known of it. */
export const listedHeaders: SourceRow<ListedHeadersSource> = {
  members: { field: words, required: headerNames, hashHeader: headerName },
  holds: () => /[^\r\0]/,
  words: ({ required }) => `the headers that the request lists, ${required.join(' and ')} among them, each on a line`,
  variable: () => 'canonicalHeaders',
  signs: () => ['headers', 'host'],
  signsRule: ({ required }, { date }, rule) =>
    rule === 'date' && date !== undefined && date.headers.every((name) => required.includes(name)),
  fieldsOf: ({ field }) => [field],
  takesRepeats: true,
  headersOf: ({ field }, _message, values) => namesOf(field, values),
  check: (source, message, values) => listProblem(source, message, values) ?? hashProblem(source, message, values),
  received: ({ field }, message, values) => linesOf(namesOf(field, values), message, values),
};

/** The same. */
export const headerList: SourceRow<HeaderListSource> = {
  members: { field: words },
  holds: () => /[!#-+.0-9;A-Z^_`a-z|~-]/,
  words: () => 'the list of those headers',
  variable: () => 'signedHeaders',
  signs: () => [],
  fieldsOf: ({ field }) => [field],
};

function listProblem(
  { field, required }: ListedHeadersSource,
  message: Message,
  values: SignedValues,
): Refusal | undefined {
  const names = namesOf(field, values);
  const refuse = (summary: string): Refusal => ({ code: 'authorization/signed-headers', summary });
  const sorted = [...new Set(names.map((name) => name.toLowerCase()))].toSorted();
  if (sorted.join(';') !== names.join(';'))
    return refuse(`the signed headers are "${names.join(';')}"; expected them in lower case, sorted, each once`);
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length > 0)
    return refuse(`the signed headers are "${names.join(';')}"; ${missing.join(', ')} must be among them`);
  const absent = names.find((name) => headerValue(message.headers, name) === undefined);
  return absent === undefined
    ? undefined
    : { code: 'header/missing', summary: `the signed header "${absent}" was not sent` };
}

function hashProblem({ hashHeader }: ListedHeadersSource, message: Message, values: SignedValues): Refusal | undefined {
  const sent = headerValue(message.headers, hashHeader);
  if (sent === undefined || sent === values.contentHash) return undefined;
  if (!/^[0-9a-f]{64}$/.test(sent))
    return {
      code: 'content-hash/missing',
      summary: `${hashHeader} says ${sent.slice(0, 80)}, so the body is not covered`,
    };
  const summary = `${hashHeader} says ${sent}, and the body that arrived hashes to ${values.contentHash}`;
  return { code: 'content-hash/mismatch', summary };
}
