import { anyText } from '../rule-members.ts';
import type { ReadSource, SourceRow } from './source.ts';

/** The same text in every message. */
export interface LiteralSource {
  readonly from: 'literal';
  readonly text: string;
}

/** Reads it. */
export const readLiteral: ReadSource<LiteralSource> = (source) => source.text;

/** What else is to be known of it. */
export const literal: SourceRow<LiteralSource> = {
  members: { text: anyText },
  constant: ({ text }) => text,
  holds: () => undefined,
  words: () => 'literal text',
  signs: (source) => (/^(?:https?|wss?):\/\//i.test(source.text) ? ['literal', 'URL'] : ['literal']),
};
