import { isOfParameters, type ParameterSource } from '../../parts/parameter-source.ts';
import { formText, queryText } from '../../canonical/parameters.ts';
import { parameterFixes } from '../fixes/parameters.ts';
import {
  inOrder,
  joinParameters,
  placesOf,
  placeWords,
  sentParameters,
  writtenIn,
  writtenPair,
  type PairShape,
  type SentParameter,
  type SentParameters,
  type WrittenPair,
  type WrittenPlace,
} from '../reading/sent-parameters.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import { brief } from '../text/brief.ts';
import { decodePercent, formDialects } from '../text/percent-encoding.ts';

type Writing = (
  | { readonly kind: keyof typeof words }
  /** Decoded and encoded by a dialect. */
  | { readonly kind: 'encoded'; readonly dialect: string }
) & {
  /** All of them where it is left out. */
  readonly place?: WrittenPlace;
};

/** Parameters that are signed one by one, written in another way: not decoded, or joined by what stands in forms. */
export const parametersEncoding: MistakeClass<Writing> = {
  id: 'parameters/encoding',
  rank: 182,
  needs: 'parameters',
  phase: 'early',
  values: function* ({ source }, { message }) {
    const sent = isOfParameters(source) ? sentParameters(source, message) : undefined;
    if (!isOfParameters(source) || !sent) return;
    const text = source.from === 'parameters' && source.in === 'query' ? '' : formText(message);
    const raw = text === undefined || text === '' ? queryText(message) : text;
    yield { detail: { kind: 'raw' }, cost: 1, value: raw };
    yield { detail: { kind: 'raw, decoded' }, cost: 2, value: decodePercent(raw.replaceAll('+', ' ')) };
    yield* writings(source, sent);
    if (source.from === 'query-and-form') yield* otherJoints(sent, queryText(message));
    if (source.from === 'parameters') yield* otherSeparators(source, sent);
  },
  say: (detail, { yours, expected }) =>
    `The parameters were signed ${inWords(detail)}: ${brief(yours)} instead of ${brief(expected)}.`,
  what: (detail) => `its parameters ${inWords(detail)}`,
  fixes: ({ scheme }) => parameterFixes(scheme, 'names and values decoded once, and written as the scheme has them'),
};

const words = {
  raw: 'as the text in which they were sent',
  'raw, decoded': 'as the text in which they were sent, decoded',
  undecoded: 'as they are encoded',
  'undecoded, + as space': 'as they are encoded, with spaces for +',
  decoded: 'decoded',
  'plus kept': 'decoded, with + for spaces',
  'decoded twice': 'decoded twice',
  pairs: 'as name=value with & between them',
  'names and values': 'as names and values with nothing between them',
  lines: 'as name=value, one a line',
  'not underscored': 'with & and = in their values as they stand',
  'pairs on end': 'as name=value with nothing between them',
  'no sign in front': 'without the sign before the first',
  '@vonage/auth': 'as @vonage/auth writes them: URL-encoded, and with _ for every & and =',
  'no question mark': 'without the question mark before them',
  'no dot': 'without the dot between those of the query and those of the form',
} as const;

function inWords(detail: Writing): string {
  const how = detail.kind === 'encoded' ? `encoded again ${detail.dialect}` : words[detail.kind];
  return placeWords(detail.place ?? 'all') + how;
}

const byName = (one: SentParameter, other: SentParameter): number =>
  one.name < other.name ? -1 : one.name > other.name ? 1 : 0;

/** Query and form put together by somebody who forgot what stands before, between or in them. */
function* otherJoints(sent: SentParameters, rawQuery: string): Generator<ValueMove<Writing>> {
  const source: ParameterSource = { from: 'query-and-form' };
  const own = joinParameters(
    source,
    writtenIn(source, sent, 'form', (all) => inOrder(source, all).map(plainPair)),
  );
  if (own === '') return;
  yield { detail: { kind: 'no question mark' }, cost: 1, value: own.slice(1) };
  if (sent.query.length === 0) return;
  const { query, form } = writtenIn(source, sent, 'all', (all) => inOrder(source, all).map(plainPair));
  const fields = joinParameters(source, { query: [], form }).slice(1);
  yield { detail: { kind: 'raw', place: 'query' }, cost: 1, value: `?${rawQuery}${fields === '' ? '' : '.'}${fields}` };
  if (fields !== '')
    yield { detail: { kind: 'no dot' }, cost: 1, value: joinParameters(source, { query, form: [] }) + fields };
}

/** Parameters as the scheme writes each, with something else between them. */
function* otherSeparators(
  source: Extract<ParameterSource, { from: 'parameters' }>,
  sent: SentParameters,
): Generator<ValueMove<Writing>> {
  const own = inOrder(source, sent.form);
  const pairs = own.map((one) => writtenPair(source, one));
  const [sign = '', between = ''] = source.pair.split(/\{name\}|\{value\}/);
  if (sign !== '')
    yield {
      detail: { kind: 'no sign in front' },
      cost: 1,
      value: joinParameters(source, { query: [], form: pairs }).slice(sign.length),
    };
  for (const [at, written] of [pairs, own.map(plainPair)].entries())
    yield { detail: { kind: 'pairs on end' }, cost: 1 + at, value: written.map((pair) => pair.join(between)).join('') };
  if (source.writing !== 'underscored') return;
  const encoded = new URLSearchParams(sent.form.toSorted(byName).map(plainPair)).toString();
  yield { detail: { kind: '@vonage/auth' }, cost: 1, value: encoded.replace(/[&=]/g, '_') };
}

function plainPair({ name, value }: SentParameter): [name: string, value: string] {
  return [name, value];
}

function* writings(source: ParameterSource, sent: SentParameters): Generator<ValueMove<Writing>> {
  const join = (write: (parameter: SentParameter) => WrittenPair, shape?: PairShape, place: WrittenPlace = 'all') =>
    joinParameters(
      source,
      writtenIn(source, sent, place, (parameters) => inOrder(source, parameters).map(write)),
      shape,
    );
  const each =
    (change: (text: string) => string) =>
    ({ name, value }: SentParameter): WrittenPair => [change(name), change(value)];
  const split = ({ raw }: SentParameter): WrittenPair => {
    const at = raw.indexOf('=');
    return at < 0 ? [raw, ''] : [raw.slice(0, at), raw.slice(at + 1)];
  };
  const plain = each((text) => text);
  const spaced = (parameter: SentParameter): WrittenPair => {
    const [name, value] = split(parameter);
    return [name.replaceAll('+', ' '), value.replaceAll('+', ' ')];
  };
  const plusKept = (parameter: SentParameter): WrittenPair => {
    const [name, value] = split(parameter);
    return [decodePercent(name), decodePercent(value)];
  };
  for (const place of placesOf(sent)) {
    for (const [kind, cost, write] of [
      ['undecoded', 1, split],
      ['undecoded, + as space', 2, spaced],
      ['decoded', 1, plain],
      ['plus kept', 1, plusKept],
      ['decoded twice', 2, each(decodePercent)],
    ] as const)
      yield { detail: { kind, place }, cost, value: join(write, undefined, place) };
    for (const { label, encode } of formDialects)
      yield {
        detail: { kind: 'encoded', dialect: label, place },
        cost: 2,
        value: join(each(encode), undefined, place),
      };
  }
  if (source.from === 'parameters' && source.writing === 'underscored')
    yield { detail: { kind: 'not underscored' }, cost: 1, value: join(plain) };
  for (const [kind, between, separator] of shapes) {
    for (const [at, write] of [plain, split].entries())
      yield { detail: { kind }, cost: 1 + at, value: join(write, { between, separator }) };
  }
}

const shapes = [
  ['pairs', '=', '&'],
  ['names and values', '', ''],
  ['lines', '=', '\n'],
] as const;
