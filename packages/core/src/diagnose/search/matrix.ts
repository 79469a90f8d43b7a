import type { Subject } from '../../parts/source.ts';
import { rowOf } from '../../parts/sources.ts';
import { isOfParameters } from '../../parts/parameter-source.ts';
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
  | 'form fields'
  | 'parameters'
  | 'content hash'
  | 'content-hash header'
  | 'content hash that is sent'
  | 'signed headers'
  | 'labelled header or list'
  | 'content-type'
  | 'content-length'
  | 'other header'
  | 'a header'
  | 'token'
  | 'URL hash'
  | 'a derived key'
  | 'a canonical target'
  | 'lines of headers or components'
  | 'components'
  | 'several parts'
  | 'a newline';

/** Whether a scheme has what a class of mistake needs. */
export function canHit(requirement: Requirement, scheme: Scheme): boolean {
  const { parts } = scheme;
  const signs = (...wanted: readonly Subject[]): boolean => {
    const subjects = subjectsOf(scheme);
    return wanted.some((subject) => subjects.includes(subject));
  };
  const header = (test: (name: string | undefined) => boolean): boolean =>
    parts.some(({ source }) => {
      const row = rowOf(source);
      return row.signs(source, scheme).includes('header') && test(row.headerOf?.(source, scheme, undefined));
    });
  switch (requirement) {
    case 'nothing':
      return true;
    case 'method':
      return signs('method');
    case 'target':
      return signs('path');
    case 'query':
      // Where the path alone is signed, signing the query with it is the mistake.
      return signs('target');
    case 'host':
      return signs('host');
    case 'a URL as literal':
      return signs('URL');
    case 'a host or a URL':
      return signs('host', 'URL');
    case 'date':
      return scheme.date !== undefined;
    case 'body':
      return signs('body');
    case 'parameters':
      return parts.some(({ source }) => isOfParameters(source));
    case 'form fields':
      return signs('parameters');
    case 'content hash':
      return signs('content-hash', 'body-digest');
    case 'content hash that is sent':
      // Where requests list their headers, one of them may say it.
      return isSent(scheme.contentHash) || parts.some(({ source }) => source.from === 'listed-headers');
    case 'content-hash header':
      return scheme.contentHash?.header !== undefined;
    case 'signed headers':
      return scheme.signedHeaders !== undefined || scheme.components !== undefined || signs('header', 'host', 'date');
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
      return signs('header', 'host') || scheme.signedHeaders?.furtherSeparator !== undefined;
    case 'token':
      return signs('token');
    case 'URL hash':
      return parts.some(({ source }) => source.from === 'token-claims' && source.urlHash !== undefined);
    case 'a derived key':
      return scheme.key.derived !== undefined;
    case 'a canonical target':
      return parts.some(({ source }) => source.from.startsWith('canonical-') && source.from !== 'canonical-headers');
    case 'lines of headers or components':
      return (
        scheme.components !== undefined ||
        parts.some(({ source }) => source.from === 'listed-headers' || source.from === 'canonical-headers')
      );
    case 'components':
      return scheme.components !== undefined;
    case 'several parts':
      return parts.length > 1;
    case 'a newline':
      return parts.some(({ before, after }) => (before ?? '').includes('\n') || after.includes('\n'));
  }
}

/** Asked for every class of mistakes. */
const known = new WeakMap<Scheme, readonly Subject[]>();

function subjectsOf(scheme: Scheme): readonly Subject[] {
  let subjects = known.get(scheme);
  if (!subjects) {
    subjects = scheme.parts.flatMap(({ source }) => rowOf(source).signs(source, scheme));
    known.set(scheme, subjects);
  }
  return subjects;
}

function isSent(rule: Scheme['contentHash']): boolean {
  return (rule?.header ?? rule?.parameter ?? rule?.claim) !== undefined;
}
