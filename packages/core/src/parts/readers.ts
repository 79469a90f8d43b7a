import { readContentHash } from './content-hash.ts';
import { readDate } from './date.ts';
import { readHeader } from './header.ts';
import { readHost } from './host.ts';
import { readMethod } from './method.ts';
import type { ReadSource } from './source.ts';
import { readTarget } from './target.ts';

type Reader = ReadSource<never>;

/**
 * How the values of parts are read, by what a part's `from` says: a table of its own, so that who only signs carries
 * nothing but this. The rarer sources enter themselves (`provideReader`) when their file is imported, which each scheme
 * with such a part does: so nobody carries what his scheme does not sign.
 */
export const readers: Record<string, Reader> = {
  method: readMethod,
  target: readTarget,
  host: readHost,
  header: readHeader,
  'content-hash': readContentHash,
  date: readDate,
};

/** The refusal when a value could be read in two ways. */
export type MalformedCode = 'method/malformed' | 'target/malformed' | 'header/malformed';

/**
 * The refusal when a value could be read in two ways, by source. It is asked of values that senders write as they like;
 * what is not here is of a strict form, or the scheme's own.
 */
export const malformed: Record<string, MalformedCode | undefined> = {
  method: 'method/malformed',
  target: 'target/malformed',
  host: 'header/malformed',
  header: 'header/malformed',
};

/** Enters how a source is read, and the refusal of what could be read in two ways. Its own file does so when it is loaded. */
export function provideReader<Source extends { readonly from: string }>(
  from: Source['from'],
  read: ReadSource<Source>,
  code?: MalformedCode,
): void {
  readers[from] = read as Reader;
  malformed[from] = code;
}
