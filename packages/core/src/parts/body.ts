import { CountersignError } from '../errors.ts';
import type { ReadSource, SourceRow } from './source.ts';

/** The body itself. */
export interface BodySource {
  readonly from: 'body';
}

/** Reads it. */
export const readBody: ReadSource<BodySource> = (_, { body }) => {
  if (body instanceof Uint8Array) return body;
  throw new CountersignError('body/streamed', 'this scheme signs the body, no digest');
};

/** What else is to be known of it. */
export const body: SourceRow<BodySource> = {
  members: {},
  holds: () => /[^]/,
  words: () => 'the body',
  signs: () => ['body'],
  received: (_, _message, values) => values.body,
};
