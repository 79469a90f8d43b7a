import { encodeBase64, utf8 } from '../canonical/byte-encoding.ts';
import { originOf } from './origin.ts';
import { queryText, readParameters } from '../canonical/parameters.ts';
import { targetForm } from '../canonical/request-target.ts';
import { parseDictionary, parseItem, parseList, type Item } from '../canonical/structured-fields.ts';
import { dictionaryText, itemText, listText, memberText } from '../canonical/structured-text.ts';
import { withoutEnds } from '../canonical/trimming.ts';
import type { Refusal } from '../errors.ts';
import { headerValues, type Message } from '../message.ts';
import type { StructuredFieldKind } from '../places/components-rule.ts';

/** The value of a component, or why the request has none. */
export type ComponentValue = { readonly text: string } | Refusal;

type Fields = Readonly<Record<string, StructuredFieldKind>>;

/** Headers that RFCs define as structured fields. */
const knownFields: Fields = {
  'accept-ch': 'list',
  'cache-status': 'list',
  'cdn-cache-control': 'dictionary',
  'client-cert': 'item',
  'client-cert-chain': 'list',
  'content-digest': 'dictionary',
  priority: 'dictionary',
  'proxy-status': 'list',
  'repr-digest': 'dictionary',
  signature: 'dictionary',
  'signature-input': 'dictionary',
  'want-content-digest': 'dictionary',
  'want-repr-digest': 'dictionary',
};

/** The value of a component of a request (RFC 9421 §2.1 and §2.2). */
export function componentValue(component: Item, message: Message, fields: Fields | undefined): ComponentValue {
  const name = component.item.value as string;
  const unsupported = [...component.parameters.keys()].find((parameter) => parameter === 'req' || parameter === 'tr');
  if (unsupported !== undefined) {
    const why = unsupported === 'req' ? 'only of a response' : 'of trailers, which are not kept with a message';
    return refuse(`signs ${itemText(component)}: ";${unsupported}" can be said ${why}`);
  }
  return name.startsWith('@') ? derivedValue(name, component, message) : fieldValue(name, component, message, fields);
}

function derivedValue(name: string, component: Item, message: Message): ComponentValue {
  const { target } = message;
  const query = targetForm(target, 'query');
  if (name === '@query-param') return queryParameter(component, message);
  if (component.parameters.size > 0) return refuse(`signs ${itemText(component)}: "${name}" has no parameters`);
  switch (name) {
    case '@method':
      return { text: message.method };
    case '@target-uri':
      return { text: originOf(message) + target };
    case '@authority':
      return { text: authorityOf(message) };
    case '@scheme':
      return { text: schemeOf(message) };
    case '@request-target':
      return { text: target };
    case '@path':
      return { text: targetForm(target, 'path') };
    case '@query':
      return { text: `?${query}` };
    case '@status':
      return refuse('signs "@status", which a request does not have');
  }
  return refuse(`signs "${name}", which is no component of a request`);
}

/** Scheme in lower case. */
function schemeOf(message: Message): string {
  return originOf(message).split(':', 1)[0]?.toLowerCase() ?? '';
}

/** Host and port as they are signed: in lower case, without the scheme's default port. */
export function authorityOf(message: Message): string {
  const authority = originOf(message)
    .replace(/^[a-z]+:\/\//i, '')
    .toLowerCase();
  const port = /^(?:http|ws)$/.test(schemeOf(message)) ? ':80' : ':443';
  return authority.endsWith(port) ? authority.slice(0, -port.length) : authority;
}

function queryParameter(component: Item, message: Message): ComponentValue {
  const named = component.parameters.get('name');
  if (named?.kind !== 'string' || component.parameters.size > 1)
    return refuse(`signs ${itemText(component)}: it takes one parameter, name`);
  const parameters = readParameters(queryText(message));
  if (!parameters)
    return { code: 'target/malformed', summary: 'the query holds an escape that is none, or is no UTF-8' };
  const values = parameters.filter(([name]) => formEncoded(name) === named.value).map(([, value]) => value);
  const [value, second] = values;
  if (value === undefined)
    return { code: 'target/malformed', summary: `the query has no parameter "${named.value}", which is signed` };
  if (second !== undefined)
    return {
      code: 'target/malformed',
      summary: `the query has "${named.value}" ${values.length} times, and it is signed`,
    };
  return { text: formEncoded(value) };
}

/** Percent-encodes all but letters, digits, `*`, `-`, `.` and `_` (RFC 9421 §2.2.8). */
function formEncoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function fieldValue(name: string, component: Item, message: Message, fields: Fields | undefined): ComponentValue {
  const lines = headerValues(message.headers, name).map(unfolded);
  if (lines.length === 0) return { code: 'header/missing', summary: `the signed header "${name}" was not sent` };
  const { parameters } = component;
  const [[parameter, value] = [], another] = parameters;
  if (parameter === undefined) return { text: lines.join(', ') };
  if (another !== undefined) return refuse(`signs ${itemText(component)}: its parameters exclude each other`);
  const isOn = value?.kind === 'boolean' && value.value;
  if (parameter === 'bs' && isOn) {
    if (/\p{Cs}/u.test(lines.join('')))
      return { code: 'header/malformed', summary: `the signed header "${name}" is no UTF-8` };
    return { text: lines.map((line) => `:${encodeBase64(utf8.encode(line))}:`).join(', ') };
  }
  if (parameter === 'sf' && isOn) return strictField(name, lines.join(', '), (fields ?? {})[name] ?? knownFields[name]);
  if (parameter === 'key' && value?.kind === 'string') return memberOf(name, lines.join(', '), value.value);
  return refuse(
    `signs ${itemText(component)}: the parameter "${parameter}" is unknown, or has another value than it may have`,
  );
}

/** Without white space at its ends, and in one line: a fold is one space (RFC 9421 §2.1). */
function unfolded(value: string): string {
  if (!value.includes('\n')) return withoutEnds(value, ' \t');
  return value
    .split(/\r?\n(?=[ \t])/)
    .map((line) => withoutEnds(line, ' \t'))
    .join(' ');
}

function strictField(name: string, text: string, kind: StructuredFieldKind | undefined): ComponentValue {
  if (kind === undefined)
    return refuse(
      `signs "${name}";sf: whether that is an item, a list or a dictionary is not known; say so in structuredFields`,
    );
  const malformed = (problem: string): Refusal => ({
    code: 'header/malformed',
    summary: `the signed header "${name}" is no ${kind} of a structured field: ${problem}`,
  });
  if (kind === 'dictionary') {
    const parsed = parseDictionary(text);
    return 'value' in parsed ? { text: dictionaryText(parsed.value) } : malformed(parsed.problem);
  }
  if (kind === 'list') {
    const parsed = parseList(text);
    return 'value' in parsed ? { text: listText(parsed.value) } : malformed(parsed.problem);
  }
  const parsed = parseItem(text);
  return 'value' in parsed ? { text: itemText(parsed.value) } : malformed(parsed.problem);
}

function memberOf(name: string, text: string, member: string): ComponentValue {
  const parsed = parseDictionary(text);
  if ('problem' in parsed)
    return { code: 'header/malformed', summary: `the signed header "${name}" is no dictionary: ${parsed.problem}` };
  const found = parsed.value.get(member);
  if (!found) return { code: 'header/missing', summary: `the signed header "${name}" has no member "${member}"` };
  return { text: memberText(found) };
}

/** The signature covers what this cannot judge. */
function refuse(why: string): Refusal {
  return { code: 'authorization/signed-headers', summary: `the request ${why}` };
}
