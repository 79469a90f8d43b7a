import { encodeComponent } from '../text/percent-encoding.ts';
import { formText, queryText } from '../../canonical/parameters.ts';
import type { Message } from '../../message.ts';
import type { ParameterSource } from '../../parts/parameter-source.ts';

/** One parameter as it was sent, and decoded. */
export interface SentParameter {
  readonly name: string;
  readonly value: string;
  /** As it stands in the query or the form. */
  readonly raw: string;
}

/** The parameters that a part is made of, in the order sent. */
export interface SentParameters {
  readonly query: readonly SentParameter[];
  readonly form: readonly SentParameter[];
  /** Those that the scheme leaves out, that of the signature among them. */
  readonly leftOut: readonly SentParameter[];
}

/** Reads the parameters of a part; `undefined` where one of them cannot be read. */
export function sentParameters(source: ParameterSource, message: Message): SentParameters | undefined {
  const form = read(formText(message), source);
  const query = source.from === 'form' ? [] : read(queryText(message), source);
  if (!form || !query) return undefined;
  if (source.from !== 'parameters') return { query, form, leftOut: [] };
  const all = source.in === 'query' || form.length === 0 ? query : form;
  const isLeftOut = ({ name }: SentParameter): boolean => source.except?.includes(name) === true;
  const own = all.filter((parameter) => !isLeftOut(parameter));
  return { query: [], form: own, leftOut: all.filter(isLeftOut) };
}

function read(text: string | undefined, source: ParameterSource): SentParameter[] | undefined {
  const literalPlus = source.from === 'parameters' ? (source.literalPlus ?? []) : [];
  const parameters: SentParameter[] = [];
  for (const raw of (text ?? '').split('&')) {
    if (raw === '') continue;
    const at = raw.indexOf('=');
    const name = decoded(at < 0 ? raw : raw.slice(0, at), false);
    const value = name === undefined || at < 0 ? '' : decoded(raw.slice(at + 1), literalPlus.includes(name));
    if (name === undefined || value === undefined) return undefined;
    parameters.push({ name, value, raw });
  }
  return parameters;
}

function decoded(text: string, keepsPlus: boolean): string | undefined {
  try {
    return decodeURIComponent(keepsPlus ? text : text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/** A name and a value as somebody wrote them. */
export type WrittenPair = readonly [name: string, value: string];

/** Pairs in the order in which somebody wrote them. */
export interface WrittenParameters {
  readonly query: readonly WrittenPair[];
  readonly form: readonly WrittenPair[];
}

/** What stands around and between names and values, where that is another than the part's own. */
export interface PairShape {
  readonly between: string;
  readonly separator: string;
}

/**
 * Joins pairs as the part does, in their order.
 *
 * @param shape another way to join them
 */
export function joinParameters(source: ParameterSource, { query, form }: WrittenParameters, shape?: PairShape): string {
  if (shape) return [...query, ...form].map((pair) => pair.join(shape.between)).join(shape.separator);
  switch (source.from) {
    case 'form':
      return form.flat().join('');
    case 'query-and-form': {
      if (query.length === 0 && form.length === 0) return '';
      const dot = query.length > 0 && form.length > 0 ? '.' : '';
      return `?${query.map((pair) => pair.join('=')).join('&')}${dot}${form.flat().join('')}`;
    }
    case 'parameters': {
      const [before = '', between = '', after = ''] = source.pair.split(/\{name\}|\{value\}/);
      return [...query, ...form]
        .map(([name, value]) => before + name + between + value + after)
        .join(source.separator ?? '');
    }
  }
}

/** A name and a value as the part writes them. */
export function writtenPair(
  source: ParameterSource,
  { name, value }: Pick<SentParameter, 'name' | 'value'>,
): WrittenPair {
  if (source.from !== 'parameters' || source.writing === 'decoded') return [name, value];
  if (source.writing === 'underscored') return [name, value.replace(/[&=]/g, '_')];
  return [encodeComponent(name), encodeComponent(value)];
}

/** Which of a part's parameters somebody wrote otherwise: all, or of those in two places the ones in one. */
export type WrittenPlace = 'all' | 'query' | 'form';

/** The places in which the same slip is another one: where there are both, each alone, too. */
export function placesOf({ query, form }: SentParameters): readonly WrittenPlace[] {
  return query.length > 0 && form.length > 0 ? ['all', 'query', 'form'] : ['all'];
}

/** Pairs as somebody wrote those of a place, and the others as the part does. */
export function writtenIn(
  source: ParameterSource,
  sent: SentParameters,
  place: WrittenPlace,
  write: (parameters: readonly SentParameter[]) => readonly WrittenPair[],
): WrittenParameters {
  const own = (parameters: readonly SentParameter[]): WrittenPair[] =>
    inOrder(source, parameters).map((one) => writtenPair(source, one));
  const writer = (of: 'query' | 'form') => (place === 'all' || place === of ? write : own);
  return { query: writer('query')(sent.query), form: writer('form')(sent.form) };
}

/** What the place adds to a sentence about the parameters. */
export function placeWords(place: WrittenPlace): string {
  return place === 'all' ? '' : `those of the ${place} `;
}

/** The order in which a part has its parameters: by name; those of one name by value, where the part sorts them too. */
export function inOrder(source: ParameterSource, parameters: readonly SentParameter[]): readonly SentParameter[] {
  const sortsValues = source.from !== 'parameters';
  const sorted = parameters.toSorted((one, other) => {
    if (one.name !== other.name) return one.name < other.name ? -1 : 1;
    return sortsValues && one.value !== other.value ? (one.value < other.value ? -1 : 1) : 0;
  });
  if (source.from !== 'form' || source.values !== 'distinct') return sorted;
  return sorted.filter((one, at) => one.name !== sorted[at - 1]?.name || one.value !== sorted[at - 1]?.value);
}
