import { queryText } from '../canonical/parameters.ts';
import { targetForm } from '../canonical/request-target.ts';
import { CountersignError } from '../errors.ts';
import type { Message } from '../message.ts';
import { scopeProblem } from '../places/derived-key.ts';
import { optionalFlag, optionalWords, texts, words } from '../rule-members.ts';
import { provideReader } from './readers.ts';
import type { SignedValues, SourceRow } from './source.ts';

/**
 * The path percent-encoded as AWS has it: all but letters, digits, `-`, `.`, `_`, `~` and `/`. What is sent is encoded already,
 * and encoded once more, but for some services.
 */
export interface CanonicalPathSource {
  readonly from: 'canonical-path';
  /** The field of the template that names the service, in the third of its steps. */
  readonly field: string;
  /** The last of those steps. */
  readonly end: string;
  /** What signing writes there where it is told nothing else and the host says nothing. */
  readonly region: string;
  readonly service: string;
  /** Services whose paths are encoded once. */
  readonly onceFor: readonly string[];
  /** Whether dot segments and repeated slashes stay as they are; else they go, but for those services. */
  readonly unnormalized?: boolean;
}

/** The query's parameters, percent-encoded in one way and sorted by name, then by value. */
export interface CanonicalQuerySource {
  readonly from: 'canonical-query';
  /** The parameter that is left out: the one that carries the signature. */
  readonly except?: string;
}

function readPath(source: CanonicalPathSource, message: Message, { fields }: SignedValues): string {
  const path = targetForm(message.target, 'path');
  const service = fields?.[source.field]?.split('/')[2] ?? '';
  if (source.onceFor.includes(service)) return encodedSegments(decoded(path));
  return encodedSegments(source.unnormalized ? path : normalized(path));
}

/** Without dot segments and empty ones (RFC 3986 §5.2.4). */
function normalized(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else if (segment !== '.' && segment !== '') kept.push(segment);
  }
  const isFolder = ['', '.', '..'].includes(segments.at(-1) ?? '');
  return `/${kept.join('/')}${isFolder && kept.length > 0 ? '/' : ''}`;
}

function encodedSegments(path: string): string {
  return path.split('/').map(encoded).join('/');
}

/** Percent-encodes all but what RFC 3986 calls unreserved. */
function encoded(text: string): string {
  try {
    return encodeURIComponent(text).replace(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  } catch {
    throw malformed();
  }
}

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw malformed();
  }
}

function malformed(): CountersignError {
  return new CountersignError('target/malformed', 'the target holds an escape that is none, or is no UTF-8');
}

/** The parameters as they are signed. */
export function canonicalQuery(query: string, except: string | undefined): string {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): readonly [string, string] => {
      const equals = pair.indexOf('=');
      const name = equals < 0 ? pair : pair.slice(0, equals);
      return [encoded(decoded(name)), equals < 0 ? '' : encoded(decoded(pair.slice(equals + 1)))];
    })
    .filter(([name]) => name !== except)
    .toSorted(([name, value], [other, second]) => (name === other ? compared(value, second) : compared(name, other)))
    .map((pair) => pair.join('='))
    .join('&');
}

function compared(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

provideReader<CanonicalPathSource>('canonical-path', readPath);
provideReader<CanonicalQuerySource>('canonical-query', ({ except }, message) =>
  canonicalQuery(queryText(message), except),
);

/** All that is to be known of it. */
export const canonicalPath: SourceRow<CanonicalPathSource> = {
  members: { field: words, end: words, region: words, service: words, onceFor: texts, unnormalized: optionalFlag },
  holds: () => /[\w~.%/-]/,
  words: () => 'the path, percent-encoded once more than it is sent',
  variable: () => 'canonicalPath',
  signs: () => ['path'],
  fieldsOf: ({ field }) => [field],
  check: ({ field, end }, _message, { date, fields }) => scopeProblem(end, fields?.[field] ?? '', date),
  received: lenient(readPath),
};

/** The same. */
export const canonicalQueryRow: SourceRow<CanonicalQuerySource> = {
  members: { except: optionalWords },
  holds: () => /[\w~.%&=-]/,
  words: ({ except }) => `the query’s parameters${except === undefined ? '' : ` but ${except}`}, encoded and sorted`,
  variable: () => 'canonicalQuery',
  signs: () => ['query'],
  received: lenient(({ except }, message) => canonicalQuery(queryText(message), except)),
};

/** For diagnosis: what cannot be read stays as it is. */
function lenient<Source>(
  read: (source: Source, message: Message, values: SignedValues) => string,
): (source: Source, message: Message, values: SignedValues) => string {
  return (source, message, values) => {
    try {
      return read(source, message, values);
    } catch {
      return message.target;
    }
  };
}
