import { CountersignError } from '../errors.ts';
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

type DateValues = Pick<SignedValues, 'date' | 'dateHeader'>;

function canonicalLines({ prefix }: CanonicalHeadersSource, message: Message, values: DateValues): [string, string][] {
  const { date, dateHeader = '' } = values;
  // Signing has not written the date yet.
  const lines = new Map<string, string>(dateHeader.startsWith(prefix) ? [[dateHeader, date]] : []);
  for (const [spelled, value] of message.headers) {
    const name = spelled.toLowerCase();
    if (name.startsWith(prefix) && !lines.has(name)) lines.set(name, value.trim());
  }
  return [...lines].toSorted(([name], [other]) => (name < other ? -1 : 1));
}

function joined(lines: readonly (readonly [string, string])[]): string {
  return lines.map(([name, value]) => `${name}:${value}\n`).join('');
}

provideReader<CanonicalHeadersSource>('canonical-headers', (source, message, values) => {
  const lines = canonicalLines(source, message, values);
  const broken = lines.find((line) => /[\r\n\0]|\p{Cs}/u.test(line.join('')));
  if (!broken) return joined(lines);
  const [name] = broken;
  throw new CountersignError('header/malformed', `the signed header "${name}" holds a line break, NUL, or is no UTF-8`);
});

/** All that is to be known of it. */
export const canonicalHeaders: SourceRow<CanonicalHeadersSource> = {
  members: { prefix: words },
  holds: () => /[^\r\0]/,
  words: ({ prefix }) => `every header ${prefix}…, sorted, each on a line of its own`,
  signs: () => ['headers'],
  signsRule: ({ prefix }, { date }, rule) =>
    rule === 'date' && date !== undefined && date.headers.every((name) => name.startsWith(prefix)),
  headersOf: (source, message) => namesOf(source, message),
  check(source, message) {
    const seen = new Set<string>();
    const second = namesOf(source, message).find((name) => seen.size === seen.add(name).size);
    if (second === undefined) return undefined;
    return { code: 'header/duplicate', summary: `the signed header "${second}" was sent more than once` };
  },
  received: (source, message, values) => joined(canonicalLines(source, message, values)),
};

function namesOf({ prefix }: CanonicalHeadersSource, { headers }: Message): string[] {
  return headers.map(([name]) => name.toLowerCase()).filter((name) => name.startsWith(prefix));
}
