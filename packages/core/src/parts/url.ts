import type { Message } from '../message.ts';
import { originOf } from './origin.ts';
import { targetForm } from '../canonical/request-target.ts';
import { checkHeader } from '../places/header.ts';
import { provideReader } from './readers.ts';
import type { SourceRow } from './source.ts';

/** The absolute URL that the sender addressed: scheme and authority as `Message.origin` has them, and the target as sent. */
export interface UrlSource {
  readonly from: 'url';
  /** All of it, or all before the query. */
  readonly form: 'as-sent' | 'without-query';
}

/** Reads it. */
export function readUrl({ form }: UrlSource, message: Message): string {
  return originOf(message) + targetForm(message.target, form === 'as-sent' ? form : 'path');
}

provideReader<UrlSource>('url', readUrl, 'target/malformed');

/** All that is to be known of it. */
export const url: SourceRow<UrlSource> = {
  members: { form: ['as-sent', 'without-query'] satisfies UrlSource['form'][] },
  holds: ({ form }) => (form === 'as-sent' ? /[^\n\r\0 ]/ : /[^\n\r\0 ?]/),
  words: ({ form }) =>
    form === 'as-sent' ? 'the public URL as the sender called it' : 'the public URL without its query',
  signs: () => ['target', 'path', 'host', 'URL'],
  variable: ({ form }) => (form === 'as-sent' ? 'url' : 'url-without-query'),
  check: (_, message) => (message.origin === undefined ? checkHeader(message, 'host', true) : undefined),
  // Where the verifier knows the URL, the Host header says nothing.
  headersOf: (_, { origin }) => (origin === undefined ? ['host'] : []),
};
