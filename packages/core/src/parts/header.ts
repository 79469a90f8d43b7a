import { CountersignError } from '../errors.ts';
import { headerValue } from '../message.ts';
import { checkHeader } from '../places/header.ts';
import { headerName } from '../rule-members.ts';
import type { ReadSource, SourceRow } from './source.ts';

/** The value of a header. */
export interface HeaderSource {
  readonly from: 'header';
  readonly header: string;
  /** Whether the part is empty when the message has no such header, or the message is refused. */
  readonly absent: 'blank' | 'refused';
}

/** Reads it; where the source names none, Host. */
export const readHeader: ReadSource<Partial<HeaderSource>> = (source, { headers }, _, name) => {
  const wanted = source.header ?? 'host';
  const value = headerValue(headers, wanted);
  if (value !== undefined) return value;
  if (source.absent === 'blank') return '';
  throw new CountersignError(
    'header/missing',
    `the header "${wanted}" is signed as part "${name}", and the message has none`,
  );
};

/** What else is to be known of it. */
export const header: SourceRow<HeaderSource> = {
  members: { header: headerName, absent: ['blank', 'refused'] satisfies HeaderSource['absent'][] },
  holds: () => /[^\n\r\0]/,
  words: (source) => `the header ${source.header}`,
  signs: () => ['header'],
  variable: (source) => source.header,
  headerOf: (source) => source.header.toLowerCase(),
  check: (source, message) => checkHeader(message, source.header, source.absent === 'refused'),
  isNonce: ({ absent }) => absent === 'refused',
  received: (source, { headers }) => headerValue(headers, source.header) ?? '',
};
