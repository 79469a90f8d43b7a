import type { Message } from '../message.ts';
import { body, readBody } from './body.ts';
import { contentHash, readContentHash } from './content-hash.ts';
import { date, readDate } from './date.ts';
import { header, readHeader } from './header.ts';
import { host, readHost } from './host.ts';
import { literal, readLiteral } from './literal.ts';
import { method, readMethod } from './method.ts';
import type { ReadSource, ReceivedValues, SignedValues, SourceRow } from './source.ts';
import { target, readTarget } from './target.ts';

/** The table of sources, by what a part's `from` says. */
export const sources = {
  method,
  target,
  host,
  header,
  'content-hash': contentHash,
  date,
  body,
  literal,
} as const;

/** How each is read: a table of its own, so that who only signs carries nothing but this. */
export const readers: { readonly [From in PartSource['from']]: ReadSource<Extract<PartSource, { from: From }>> } = {
  method: readMethod,
  target: readTarget,
  host: readHost,
  header: readHeader,
  'content-hash': readContentHash,
  date: readDate,
  body: readBody,
  literal: readLiteral,
};

/** Where a part's bytes come from: a closed union, of the sources in the table. */
export type PartSource = SourceOf<(typeof sources)[keyof typeof sources]>;

type SourceOf<Row> = Row extends SourceRow<infer Source> ? Source : never;

type MalformedCode = 'method/malformed' | 'target/malformed' | 'header/malformed';

/**
 * The refusal when a value could be read in two ways. It is asked of values that senders write as they like; what is
 * not here is of a strict form, or the scheme's own.
 */
export const malformed: Readonly<Partial<Record<PartSource['from'], MalformedCode>>> = {
  method: 'method/malformed',
  target: 'target/malformed',
  host: 'header/malformed',
  header: 'header/malformed',
};

/** What of a part its value depends on. */
interface NamedSource {
  readonly name: string;
  readonly source: PartSource;
}

/** The value of a part in a message. */
export function partValue({ name, source }: NamedSource, message: Message, values: SignedValues): string | Uint8Array {
  return (readers[source.from] as ReadSource<PartSource>)(source, message, values, name);
}

/** Everything else about a source. */
export function rowOf(source: PartSource): SourceRow<PartSource> {
  return sources[source.from] as SourceRow<PartSource>;
}

/** The same as diagnosis sees it, which asks about requests that lack what is signed. */
export function receivedValue(rule: NamedSource, message: Message, values: ReceivedValues): string | Uint8Array {
  return rowOf(rule.source).received?.(rule.source, message, values) ?? partValue(rule, message, values);
}
