import { headerValue } from '../message.ts';
import { checkHeader } from '../places/header.ts';
import { headerName } from '../rule-members.ts';
import { provideReader } from './readers.ts';
import type { SourceRow } from './source.ts';

/** The value of a header, which does not count where another one is there: `Date` beside `x-ms-date`. */
export interface SupersededHeaderSource {
  readonly from: 'superseded-header';
  readonly header: string;
  readonly by: string;
}

provideReader<SupersededHeaderSource>(
  'superseded-header',
  ({ header, by }, { headers }, { dateHeader }) =>
    dateHeader === by || headerValue(headers, by) !== undefined ? '' : (headerValue(headers, header) ?? ''),
  'header/malformed',
);

/** All that is to be known of it. */
export const supersededHeader: SourceRow<SupersededHeaderSource> = {
  members: { header: headerName, by: headerName },
  holds: () => /[^\n\r\0]/,
  words: ({ header, by }) => `the header ${header}, blank where ${by} is sent`,
  signs: () => ['header'],
  headersOf: ({ header, by }, { headers }) => (headerValue(headers, by) === undefined ? [header] : []),
  check: (source, message) =>
    headerValue(message.headers, source.by) === undefined ? checkHeader(message, source.header, false) : undefined,
};
