import { parameterValues } from '../canonical/parameters.ts';
import { words } from '../rule-members.ts';
import { provideReader } from './readers.ts';
import type { SignedValues, SourceRow } from './source.ts';
import { readUrl, url } from './url.ts';
import type { Message } from '../message.ts';

/** The absolute URL whose query carries the content hash, which signing adds where the target has none yet. */
export interface UrlWithHashSource {
  readonly from: 'url-with-hash';
  /** The parameter's name. */
  readonly parameter: string;
}

function read(
  { parameter }: UrlWithHashSource,
  message: Message,
  { contentHash }: Pick<SignedValues, 'contentHash'>,
): string {
  const whole = readUrl({ from: 'url', form: 'as-sent' }, message);
  if (parameterValues(message, 'query', parameter).length > 0) return whole;
  return `${whole}${message.target.includes('?') ? '&' : '?'}${parameter}=${contentHash}`;
}

provideReader<UrlWithHashSource>('url-with-hash', read, 'target/malformed');

/** All that is to be known of it. */
export const urlWithHash: SourceRow<UrlWithHashSource> = {
  members: { parameter: words },
  holds: () => /[^\n\r\0 ]/,
  words: ({ parameter }) => `the public URL as the sender called it, with the content hash as ${parameter}`,
  signs: () => ['target', 'path', 'host', 'URL', 'body'],
  signsRule: (_, _rules, rule) => rule === 'contentHash',
  check: (_, message, values) => url.check?.({ from: 'url', form: 'as-sent' }, message, values),
  // Where the verifier knows the URL, the Host header says nothing.
  headersOf: (_, { origin }) => (origin === undefined ? ['host'] : []),
};
