import type { ReadSource, SourceRow } from './source.ts';

/** The hash of the body, as the scheme's `contentHash` says. */
export interface ContentHashSource {
  readonly from: 'content-hash';
}

/** Reads it. */
export const readContentHash: ReadSource<ContentHashSource> = (_, _message, values) => values.contentHash;

/** What else is to be known of it. */
export const contentHash: SourceRow<ContentHashSource> = {
  members: {},
  needs: 'contentHash',
  holds: (_, rules) => (rules.contentHash?.empty === 'hashed' ? undefined : /[\w+/=]/),
  words(_, { contentHash: rule }) {
    const empty = rule?.empty === 'blank' ? ', blank for an empty body' : '';
    return rule ? `${rule.encoding} of the body's ${rule.algorithm.toUpperCase()}${empty}` : 'the content hash';
  },
  signs: () => ['content-hash', 'body'],
  headerOf: (_, rules) => rules.contentHash?.header,
};
