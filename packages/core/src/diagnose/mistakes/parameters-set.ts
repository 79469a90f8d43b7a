import { isOfParameters, type ParameterSource } from '../../parts/parameter-source.ts';
import { parameterFixes } from '../fixes/parameters.ts';
import {
  inOrder,
  joinParameters,
  sentParameters,
  writtenPair,
  type SentParameter,
  type SentParameters,
} from '../reading/sent-parameters.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import { brief } from '../text/brief.ts';

type Selection =
  /** One of them. */
  | { readonly kind: 'without' | 'alone' | 'twice' | 'with'; readonly name: string }
  | { readonly kind: keyof typeof others };

/** Others of the parameters that are signed one by one: one left out, one too many, one of several with a name. */
export const parametersSet: MistakeClass<Selection> = {
  id: 'parameters/set',
  rank: 208,
  needs: 'parameters',
  phase: 'early',
  values: function* ({ source }, { message, budget }) {
    const sent = isOfParameters(source) ? sentParameters(source, message) : undefined;
    if (!isOfParameters(source) || !sent) return;
    for (const { detail, cost, chosen } of selections(source, sent)) {
      const write = (parameters: readonly SentParameter[]) => parameters.map((one) => writtenPair(source, one));
      const { query = inOrder(source, sent.query), form = inOrder(source, sent.form) } = chosen;
      const value = joinParameters(source, { query: write(query), form: write(form) });
      yield { detail, cost, value } satisfies ValueMove<Selection>;
      if (!budget.step(value.length)) return;
    }
  },
  say: (detail, { yours, expected }) =>
    `The parameters were signed ${inWords(detail)}: ${yours === '' ? 'nothing' : brief(yours)} instead of ${brief(expected)}.`,
  what: (detail) => `its parameters ${inWords(detail)}`,
  fixes: ({ scheme }) => parameterFixes(scheme, 'every one that was sent, but that of the signature'),
};

const others = {
  none: 'without any of them',
  'each once': 'with each pair once',
  'as often as sent': 'with each pair as often as it was sent',
  'first of a name': 'with the first value alone of each name',
  'last of a name': 'with the last value alone of each name',
  'joined by commas': 'with the values of one name joined by commas',
  'without the query': 'without those of the query',
  'without the form': 'without those of the form',
} as const;

function inWords(detail: Selection): string {
  switch (detail.kind) {
    case 'without':
      return `without "${detail.name}"`;
    case 'alone':
      return `with "${detail.name}" alone`;
    case 'twice':
      return `with "${detail.name}" twice`;
    case 'with':
      return `with "${detail.name}", which is not signed`;
    default:
      return others[detail.kind];
  }
}

interface Chosen {
  readonly detail: Selection;
  readonly cost: number;
  readonly chosen: Partial<Omit<SentParameters, 'leftOut'>>;
}

/** More parameters than these say more of the form than of the mistake. */
const most = 100;

function* selections(source: ParameterSource, sent: SentParameters): Generator<Chosen> {
  for (const place of ['form', 'query'] as const) {
    const all = sent[place];
    if (all.length === 0) continue;
    const own = inOrder(source, all);
    const choose = (detail: Selection, cost: number, chosen: readonly SentParameter[]): Chosen => ({
      detail,
      cost,
      chosen: { [place]: chosen },
    });
    for (const left of sent.leftOut)
      yield choose({ kind: 'with', name: left.name }, 1, inOrder(source, [...all, left]));
    for (const [at, { name, value }] of own.slice(0, most).entries()) {
      // Of those that are empty another class speaks.
      if (value !== '' || place === 'query') yield choose({ kind: 'without', name }, 1, own.toSpliced(at, 1));
      yield choose({ kind: 'twice', name }, 2, own.toSpliced(at, 0, own[at] as SentParameter));
    }
    for (const [at, { name }] of own.slice(0, most).entries())
      yield choose({ kind: 'alone', name }, 3, own.slice(at, at + 1));
    yield choose({ kind: 'each once' }, 1, distinct(own));
    yield choose({ kind: 'as often as sent' }, 1, sortedWithAll(source, all));
    yield choose({ kind: 'first of a name' }, 1, ofEachName(own, all, 'first'));
    yield choose({ kind: 'last of a name' }, 1, ofEachName(own, all, 'last'));
    for (const values of [own, inOrder(source, joinedValues(all))])
      yield choose({ kind: 'joined by commas' }, 2, joinedValues(values));
    if (sent.form.length > 0 && sent.query.length > 0)
      yield choose({ kind: place === 'form' ? 'without the form' : 'without the query' }, 1, []);
    // Of a form of which nothing was signed another class speaks.
    else if (place === 'query' || source.from === 'parameters') yield choose({ kind: 'none' }, 1, []);
  }
}

function distinct(parameters: readonly SentParameter[]): SentParameter[] {
  const seen = new Set<string>();
  return parameters.filter(({ name, value }) => seen.size < seen.add(`${name}\0${value}`).size);
}

function sortedWithAll(source: ParameterSource, all: readonly SentParameter[]): readonly SentParameter[] {
  return source.from === 'form' ? inOrder({ ...source, values: 'sorted' }, all) : inOrder(source, all);
}

function ofEachName(
  own: readonly SentParameter[],
  all: readonly SentParameter[],
  which: 'first' | 'last',
): SentParameter[] {
  const values = new Map<string, SentParameter>();
  for (const one of all) if (which === 'last' || !values.has(one.name)) values.set(one.name, one);
  return [...new Set(own.map(({ name }) => name))].map((name) => values.get(name) as SentParameter);
}

function joinedValues(own: readonly SentParameter[]): SentParameter[] {
  const joined = new Map<string, SentParameter>();
  for (const one of own) {
    const known = joined.get(one.name);
    joined.set(one.name, known ? { ...known, value: `${known.value},${one.value}` } : one);
  }
  return [...joined.values()];
}
