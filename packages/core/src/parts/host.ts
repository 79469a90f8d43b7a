import { checkHeader } from '../places/header.ts';
import { readHeader } from './header.ts';
import type { ReadSource, SourceRow } from './source.ts';

/** The value of the Host header. */
export interface HostSource {
  readonly from: 'host';
}

/** Reads it. */
export const readHost: ReadSource<HostSource> = readHeader as ReadSource<object>;

/** What else is to be known of it. */
export const host: SourceRow<HostSource> = {
  members: {},
  holds: () => /[^\n\r\0]/,
  words: () => 'the Host header',
  signs: () => ['host'],
  headerOf: () => 'host',
  check: (_, message) => checkHeader(message, 'host', true),
  received: (_, _message, values) => values.host,
};
