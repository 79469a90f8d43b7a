import { decodeText, encodeText } from './bytes.ts';
import { jsonMember } from './json-member.ts';
import type { Fill } from './postman-variables.ts';

/** A body as Postman sends it. */
export interface PostmanBody {
  readonly text: string;
  /** Which Postman adds where the request has no Content-Type of its own. */
  readonly contentType?: string;
  /** Why its bytes are not known before it is sent. */
  readonly unknown?: string;
}

const none: PostmanBody = { text: '' };
const withoutBody = new Set(['get', 'copy', 'head', 'purge', 'unlock']);
const languages: Readonly<Record<string, string>> = {
  html: 'text/html',
  json: 'application/json',
  javascript: 'application/javascript',
  xml: 'application/xml',
};

/**
 * The body of a collection's request, after its variables are filled in.
 *
 * @param behavior the request's `protocolProfileBehavior`
 */
export function postmanBody(body: unknown, method: string, behavior: unknown, fill: Fill): PostmanBody {
  const mode = jsonMember(body, 'mode');
  const isPruned = withoutBody.has(method.toLowerCase()) && jsonMember(behavior, 'disableBodyPruning') !== true;
  if (jsonMember(body, 'disabled') === true || isPruned) return none;
  switch (mode) {
    case 'raw':
      return rawBody(body, fill);
    case 'urlencoded':
      return formBody(jsonMember(body, 'urlencoded'), fill);
    case 'graphql':
      return graphqlBody(jsonMember(body, 'graphql'), fill);
    case 'formdata':
      if (enabled(jsonMember(body, 'formdata')).length === 0) return none;
      return { text: '', unknown: 'its form-data is separated by a boundary that Postman makes anew for each sending' };
    case 'file':
      return { text: '', unknown: 'its body is a file, of which the collection holds no bytes' };
    default:
      return none;
  }
}

function rawBody(body: unknown, fill: Fill): PostmanBody {
  const raw = jsonMember(body, 'raw');
  if (typeof raw !== 'string' || raw === '') return none;
  const language = jsonMember(jsonMember(jsonMember(body, 'options'), 'raw'), 'language');
  const contentType = (typeof language === 'string' && languages[language]) || 'text/plain';
  return { text: fill(raw), contentType };
}

function formBody(list: unknown, fill: Fill): PostmanBody {
  const parameters = enabled(list);
  if (parameters.length === 0) return none;
  // Parameters of one name go out together, where the first of them stands.
  const values = new Map<string, string[]>();
  for (const one of parameters) {
    const [key, value] = [fill(textOf(jsonMember(one, 'key'))), fill(textOf(jsonMember(one, 'value')))];
    values.set(key, [...(values.get(key) ?? []), value]);
  }
  const pairs = [...values].flatMap(([key, all]) => all.map((value) => `${formText(key)}=${formText(value)}`));
  return { text: pairs.join('&'), contentType: 'application/x-www-form-urlencoded' };
}

/** RFC 3986: nothing but letters, digits and `-._~` stays as it is. */
function formText(text: string): string {
  const wellFormed = decodeText(encodeText(text));
  return encodeURIComponent(wellFormed).replace(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function graphqlBody(content: unknown, fill: Fill): PostmanBody {
  const [query, operationName, variables] = ['query', 'operationName', 'variables'].map((name) =>
    filled(jsonMember(content, name), fill),
  );
  const contentType = 'application/json';
  if (typeof variables !== 'string') {
    return { text: JSON.stringify({ query, operationName, variables }), contentType };
  }
  const members = [
    typeof query === 'string' ? [`"query":${JSON.stringify(query)}`] : [],
    typeof operationName === 'string' ? [`"operationName":${JSON.stringify(operationName)}`] : [],
    variables === '' ? [] : [`"variables":${variables}`],
  ];
  return { text: `{${members.flat().join(',')}}`, contentType };
}

function filled(value: unknown, fill: Fill): unknown {
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map((one) => filled(one, fill));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, filled(member, fill)]));
}

function enabled(list: unknown): readonly unknown[] {
  return (Array.isArray(list) ? (list as unknown[]) : []).filter((one) => jsonMember(one, 'disabled') !== true);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : String(value as number);
}
