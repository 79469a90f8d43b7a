import { CountersignError } from '../errors.ts';
import { isContentDigest } from '../message.ts';
import type { ReadSource, SourceRow } from './source.ts';

/** The body itself. */
export interface BodySource {
  readonly from: 'body';
}

/** Reads it. */
export const readBody: ReadSource<BodySource> = (_, { body }) => {
  if (!isContentDigest(body)) return body;
  throw new CountersignError('body/streamed', 'this scheme signs the body itself, so the body cannot be a digest');
};

/** What else is to be known of it. */
export const body: SourceRow<BodySource> = {
  members: {},
  holds: () => /[^]/,
  words: () => 'the body',
  signs: () => ['body'],
  received: (_, _message, values) => values.body,
};
