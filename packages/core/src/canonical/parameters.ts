import type { ContentDigest } from '../content-digest.ts';
import { headerValue, type Header } from '../message.ts';

/** One parameter of a query or a form, decoded. */
export type Parameter = readonly [name: string, value: string];

/** Where parameters stand: in the query, in a body that is a form, or in the form if there is one and else in the query. */
export type ParameterPlace = 'query' | 'form' | 'form-or-query';

/** The part of a message that parameters are read from; a message whose body has not arrived has no form yet. */
export interface ParameterMessage {
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body?: Uint8Array | ContentDigest;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads `a=1&b=2` (application/x-www-form-urlencoded), in one pass and in the order sent; `undefined` where an escape is
 * none, or stands for bytes that are not UTF-8: two spellings of one value would sign alike.
 *
 * @param literalPlus names of parameters in whose values a `+` is a plus, and no space; `all` for every name and value
 */
export function readParameters(
  text: string | undefined,
  literalPlus: readonly string[] | 'all' = [],
): Parameter[] | undefined {
  // Half of a surrogate pair is a byte that is no UTF-8.
  if (text === undefined || /\p{Cs}/u.test(text)) return undefined;
  const parameters: Parameter[] = [];
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const found = pair.indexOf('=');
    const equals = found < 0 ? pair.length : found;
    const name = escapes.decode(pair.slice(0, equals), literalPlus === 'all');
    const value = escapes.decode(pair.slice(equals + 1), literalPlus === 'all' || literalPlus.includes(name as string));
    if (name === undefined || value === undefined) return undefined;
    parameters.push([name, value]);
  }
  return parameters;
}

/**
 * How a name or a value is decoded; `undefined` for an escape that is none, or that stands for bytes which are no UTF-8.
 * Whoever verifies loads a faster way.
 */
export const escapes = {
  decode(text: string, keepsPlus: boolean): string | undefined {
    try {
      return decodeURIComponent(keepsPlus ? text : text.replaceAll('+', ' '));
    } catch {
      return undefined;
    }
  },
};

/** The text of the query; empty where there is none. */
export function queryText({ target }: Pick<ParameterMessage, 'target'>): string {
  const question = target.indexOf('?');
  return question < 0 ? '' : target.slice(question + 1);
}

/** The text of a form; empty where the body is none, `undefined` where it is not UTF-8 or only its digest is known. */
export function formText({ headers, body }: ParameterMessage): string | undefined {
  if (body === undefined || body.length === 0 || !isForm(headers)) return '';
  if (!(body instanceof Uint8Array)) return undefined;
  try {
    return utf8.decode(body);
  } catch {
    return undefined;
  }
}

/** Whether a message says that its body is a form. */
export function isForm(headers: readonly Header[]): boolean {
  return /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i.test(headerValue(headers, 'content-type') ?? '');
}

/** The text that the parameters of a place stand in. */
export function parameterText(message: ParameterMessage, place: ParameterPlace): string | undefined {
  if (place === 'query') return queryText(message);
  const form = formText(message);
  return place === 'form' || form !== '' ? form : queryText(message);
}

/** Every value of one parameter, in the order sent; none where the parameters cannot be read. */
export function parameterValues(message: ParameterMessage, place: ParameterPlace, name: string): string[] {
  const all = readParameters(parameterText(message, place)) ?? [];
  return all.filter(([found]) => found === name).map(([, value]) => value);
}

/** The value of a parameter that is there once; how many times it is there, where that is not once. */
export function onlyParameterValue(message: ParameterMessage, place: ParameterPlace, name: string): string | number {
  const { length, 0: first } = parameterValues(message, place, name);
  return length === 1 ? (first as string) : length;
}
