import { isOfParameters, type ParameterSource } from '../../parts/parameter-source.ts';
import { formText, queryText } from '../../canonical/parameters.ts';
import { parameterFixes } from '../fixes/parameters.ts';
import {
  inOrder,
  joinParameters,
  sentParameters,
  type PairShape,
  type SentParameter,
  type SentParameters,
  type WrittenPair,
} from '../reading/sent-parameters.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import { brief } from '../text/brief.ts';
import { decodePercent, formDialects } from '../text/percent-encoding.ts';

type Writing =
  | { readonly kind: keyof typeof words }
  /** Decoded and encoded by a dialect. */
  | { readonly kind: 'encoded'; readonly dialect: string };

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
  'form underscored':
    'as the text of a form with "_" for every "&" and "=" (so does @vonage/auth 1.15.0, and Vonage documents another string)',
  'not underscored': 'with & and = in their values as they stand',
} as const;

function inWords(detail: Writing): string {
  return detail.kind === 'encoded' ? `encoded again ${detail.dialect}` : words[detail.kind];
}

function* writings(source: ParameterSource, sent: SentParameters): Generator<ValueMove<Writing>> {
  const join = (write: (parameter: SentParameter) => WrittenPair, shape?: PairShape): string => {
    const pairs = (parameters: readonly SentParameter[]) => inOrder(source, parameters).map(write);
    return joinParameters(source, { query: pairs(sent.query), form: pairs(sent.form) }, shape);
  };
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
  yield { detail: { kind: 'undecoded' }, cost: 1, value: join(split) };
  yield { detail: { kind: 'undecoded, + as space' }, cost: 2, value: join(spaced) };
  yield { detail: { kind: 'decoded' }, cost: 1, value: join(plain) };
  yield { detail: { kind: 'plus kept' }, cost: 1, value: join(plusKept) };
  yield { detail: { kind: 'decoded twice' }, cost: 2, value: join(each(decodePercent)) };
  if (source.from === 'parameters' && source.writing === 'underscored') {
    yield { detail: { kind: 'not underscored' }, cost: 1, value: join(plain) };
    const pairs = [...sent.query, ...sent.form].map(plain).map(([name, value]): [string, string] => [name, value]);
    const form = new URLSearchParams(pairs);
    form.sort();
    yield { detail: { kind: 'form underscored' }, cost: 1, value: form.toString().replace(/[&=]/g, '_') };
  }
  for (const [kind, between, separator] of shapes) {
    for (const [at, write] of [plain, split].entries())
      yield { detail: { kind }, cost: 1 + at, value: join(write, { between, separator }) };
  }
  for (const { label, encode } of formDialects)
    yield { detail: { kind: 'encoded', dialect: label }, cost: 2, value: join(each(encode)) };
}

const shapes = [
  ['pairs', '=', '&'],
  ['names and values', '', ''],
  ['lines', '=', '\n'],
] as const;
