import type { Subject } from '../parts/source.ts';
import { rowOf } from '../parts/sources.ts';
import type { Scheme } from '../scheme.ts';
import type { MistakeId } from './diagnosis.ts';

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

/** Which class can hit which scheme. */
const requirements: Readonly<Record<MistakeId, Requirement>> = {
  'key/encoding': 'nothing',
  'key/stray-characters': 'nothing',
  'key/other': 'nothing',
  'key/prefix': 'nothing',
  'key/swapped-with-message': 'nothing',
  'body/reserialized': 'body',
  'body/missing': 'body',
  'body/charset': 'body',
  'body/newlines': 'body',
  'body/transport-encoding': 'body',
  'body/part-only': 'body',
  'body/form-encoding': 'body',
  'content-hash/encoding': 'content hash',
  'content-hash/algorithm': 'content hash',
  'content-hash/mismatch': 'content-hash header',
  'content-hash/not-sent': 'content-hash header',
  'url/absolute': 'target',
  'url/host': 'a host or a URL',
  'url/scheme': 'a URL as literal',
  'url/path': 'target',
  'url/path-encoding': 'target',
  'url/query-omitted': 'query',
  'url/query-order': 'query',
  'url/query-encoding': 'query',
  'template/unresolved': 'nothing',
  'header/name-case': 'labelled header or list',
  'header/signed-set': 'signed headers',
  'header/changed-in-transit': 'other header',
  'header/content-type': 'content-type',
  'header/content-length': 'content-length',
  'header/authorization-syntax': 'nothing',
  'header/duplicated': 'nothing',
  'header/separator-inside': 'a header',
  'date/format': 'date',
  'date/clock-skew': 'date',
  'date/unit': 'date',
  'date/not-the-one-sent': 'date',
  'layout/newlines': 'a newline',
  'layout/literal-newline': 'a newline',
  'layout/trailing-newline': 'nothing',
  'layout/separator': 'several parts',
  'layout/order': 'several parts',
  'layout/part-missing': 'several parts',
  'method/case': 'method',
  'method/other': 'method',
  'digest/encoding': 'nothing',
  'digest/algorithm': 'nothing',
  'digest/not-hmac': 'nothing',
  'replay/repeated': 'nothing',
  'resource/other': 'nothing',
  'rights/other': 'nothing',
  'provider/at-fault': 'nothing',
  'scheme/other': 'nothing',
};

/** Whether a class of mistake can hit a scheme. */
export function canHit(id: MistakeId, scheme: Scheme): boolean {
  return meets(scheme, requirements[id]);
}

function meets(scheme: Scheme, requirement: Requirement): boolean {
  const { parts } = scheme;
  const subjects = parts.flatMap(({ source }) => rowOf(source).signs(source));
  const signs = (...wanted: readonly Subject[]): boolean => wanted.some((subject) => subjects.includes(subject));
  const header = (test: (name: string | undefined) => boolean): boolean =>
    parts.some(({ source }) => {
      const row = rowOf(source);
      return row.signs(source).includes('header') && test(row.headerOf?.(source, scheme, undefined));
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
    case 'content hash':
      return signs('content-hash');
    case 'content-hash header':
      return scheme.contentHash?.header !== undefined;
    case 'signed headers':
      return scheme.signedHeaders !== undefined || signs('header', 'host', 'date');
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
    case 'several parts':
      return parts.length > 1;
    case 'a newline':
      return parts.some(({ before, after }) => (before ?? '').includes('\n') || after.includes('\n'));
  }
}
