import type { Scheme } from '../../scheme.ts';

/** What a scheme must have for a class of mistake to be possible. */
export type Requirement =
  | 'nothing'
  | 'method'
  | 'target'
  | 'query'
  | 'host'
  | 'a URL as literal'
  | 'a host or a URL'
  | 'date'
  | 'body'
  | 'content hash'
  | 'content-hash header'
  | 'signed headers'
  | 'labelled header or list'
  | 'content-type'
  | 'content-length'
  | 'other header'
  | 'a header'
  | 'several parts'
  | 'a newline';

/** Whether a scheme has what a class of mistake needs. */
export function canHit(requirement: Requirement, scheme: Scheme): boolean {
  const { parts } = scheme;
  const from = (...sources: readonly string[]): boolean => parts.some(({ source }) => sources.includes(source.from));
  const header = (test: (name: string) => boolean): boolean =>
    parts.some(({ source }) => source.from === 'header' && test(source.header));
  const literalUrl = parts.some(
    ({ source }) => source.from === 'literal' && /^(?:https?|wss?):\/\//i.test(source.text),
  );
  switch (requirement) {
    case 'nothing':
      return true;
    case 'method':
      return from('method');
    case 'target':
      return parts.some(({ source }) => source.from === 'target' && source.form !== 'query');
    case 'query':
      // Where the path alone is signed, signing the query with it is the mistake.
      return from('target');
    case 'host':
      return from('host');
    case 'a URL as literal':
      return literalUrl;
    case 'a host or a URL':
      return from('host') || literalUrl;
    case 'date':
      return scheme.date !== undefined;
    case 'body':
      return from('body', 'content-hash');
    case 'content hash':
      return from('content-hash');
    case 'content-hash header':
      return scheme.contentHash?.header !== undefined;
    case 'signed headers':
      return scheme.signedHeaders !== undefined || from('header', 'host', 'date');
    case 'labelled header or list':
      return (
        scheme.signedHeaders !== undefined || parts.some(({ before }) => /^[A-Za-z][\w-]*[:=]$/.test(before ?? ''))
      );
    case 'content-type':
      return header((name) => name === 'content-type');
    case 'content-length':
      return header((name) => name === 'content-length');
    case 'other header':
      return (
        header((name) => name !== 'content-type' && name !== 'content-length') ||
        scheme.signedHeaders?.furtherSeparator !== undefined
      );
    case 'a header':
      return from('header', 'host') || scheme.signedHeaders?.furtherSeparator !== undefined;
    case 'several parts':
      return parts.length > 1;
    case 'a newline':
      return parts.some(({ before, after }) => (before ?? '').includes('\n') || after.includes('\n'));
  }
}
