import { headerValue, type Message } from '../message.ts';
import { checkHeader } from '../places/header.ts';
import { provideReader } from './readers.ts';
import type { SourceRow } from './source.ts';

/** The value of Content-Length, and nothing for a length of 0. */
export interface ContentLengthSource {
  readonly from: 'content-length';
}

function readLength({ headers }: Pick<Message, 'headers'>): string {
  const length = headerValue(headers, 'content-length') ?? '';
  return length === '0' ? '' : length;
}

provideReader<ContentLengthSource>('content-length', (_, message) => readLength(message), 'header/malformed');

/** All that is to be known of it. */
export const contentLength: SourceRow<ContentLengthSource> = {
  members: {},
  holds: () => /[^\n\r\0]/,
  words: () => 'the header content-length, blank where it is 0',
  signs: () => ['header'],
  headerOf: () => 'content-length',
  check: (_, message) => checkHeader(message, 'content-length', false),
};
