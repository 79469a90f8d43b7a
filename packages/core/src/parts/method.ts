import type { ReadSource, SourceRow } from './source.ts';

/** The request method, in the case it was sent. */
export interface MethodSource {
  readonly from: 'method';
}

/** Reads it. */
export const readMethod: ReadSource<MethodSource> = (_, message) => message.method;

/** What else is to be known of it. */
export const method: SourceRow<MethodSource> = {
  members: {},
  holds: () => /[^\n\r\0 ]/,
  words: () => 'the method',
  signs: () => ['method'],
};
