import type { Message } from '../message.ts';
import { words } from '../rule-members.ts';
import { provideReader } from './readers.ts';
import type { SignedValues, SourceRow } from './source.ts';

/** Every header whose name begins in one way: `name:value` and a line break each, names in lower case and sorted. */
export interface CanonicalHeadersSource {
  readonly from: 'canonical-headers';
  /** How their names begin, lower case, for example `x-ms-`. */
  readonly prefix: string;
}

function readHeaders({ prefix }: CanonicalHeadersSource, message: Message, values: SignedValues): string {
  const { date, dateHeader = '' } = values;
  // Signing has not written the date yet.
  const lines = new Map<string, string>(dateHeader.startsWith(prefix) ? [[dateHeader, date]] : []);
  for (const [spelled, value] of message.headers) {
    const name = spelled.toLowerCase();
    if (name.startsWith(prefix) && !lines.has(name)) lines.set(name, value.trim());
  }
  return [...lines]
    .toSorted(([name], [other]) => (name < other ? -1 : 1))
    .map(([name, value]) => `${name}:${value}\n`)
    .join('');
}

provideReader<CanonicalHeadersSource>('canonical-headers', readHeaders);

/** All that is to be known of it. */
export const canonicalHeaders: SourceRow<CanonicalHeadersSource> = {
  members: { prefix: words },
  holds: () => /[^\r\0]/,
  words: ({ prefix }) => `every header ${prefix}…, sorted, each on a line of its own`,
  signs: () => ['headers'],
  signsRule: ({ prefix }, { date }, rule) =>
    rule === 'date' && date !== undefined && date.headers.every((name) => name.startsWith(prefix)),
  headersOf: ({ prefix }, { headers }) =>
    headers.map(([name]) => name.toLowerCase()).filter((name) => name.startsWith(prefix)),
  check(source, { headers }) {
    const names = headers.map(([name]) => name.toLowerCase()).filter((name) => name.startsWith(source.prefix));
    const second = names.find((name, at) => names.indexOf(name) < at);
    if (second !== undefined)
      return { code: 'header/duplicate', summary: `the signed header "${second}" was sent more than once` };
    const broken = headers.find(
      ([name, value]) => name.toLowerCase().startsWith(source.prefix) && /[\r\n\0]/.test(value),
    );
    return (
      broken && { code: 'header/malformed', summary: `the signed header "${broken[0]}" holds a line break or NUL` }
    );
  },
};
