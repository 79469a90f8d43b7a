import { CountersignError } from '../errors.ts';
import type { Message } from '../message.ts';
import { provideReader } from './readers.ts';
import type { SourceRow } from './source.ts';

/** The body itself. */
export interface BodySource {
  readonly from: 'body';
}

function readBody({ body: sent }: Pick<Message, 'body'>): Uint8Array {
  if (sent instanceof Uint8Array) return sent;
  throw new CountersignError('body/streamed', 'this scheme signs the body, no digest');
}

provideReader<BodySource>('body', (_, message) => readBody(message));

/** All that is to be known of it. */
export const body: SourceRow<BodySource> = {
  members: {},
  holds: () => /[^]/,
  words: () => 'the body',
  signs: () => ['body'],
  received: (_, _message, values) => values.body,
};
