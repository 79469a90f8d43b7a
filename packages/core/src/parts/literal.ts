import { anyText } from '../rule-members.ts';
import { provideReader } from './readers.ts';
import type { SourceRow } from './source.ts';

/** The same text in every message. */
export interface LiteralSource {
  readonly from: 'literal';
  readonly text: string;
}

provideReader<LiteralSource>('literal', ({ text }) => text);

/** All that is to be known of it. */
export const literal: SourceRow<LiteralSource> = {
  members: { text: anyText },
  constant: ({ text }) => text,
  holds: () => undefined,
  words: () => 'literal text',
  signs: (source) => (/^(?:https?|wss?):\/\//i.test(source.text) ? ['literal', 'URL'] : ['literal']),
};
