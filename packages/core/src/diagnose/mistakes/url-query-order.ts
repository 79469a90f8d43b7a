import { queryFixes } from '../fixes/target.ts';
import { permutations } from '../text/permutations.ts';
import { decodePercent } from '../text/percent-encoding.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import { brief } from '../text/brief.ts';
import { joinTarget, splitTarget } from '../text/target-text.ts';

const permutationLimit = 7;

interface Order {
  readonly kind: keyof typeof words;
}

/** The query's parameters in another order. */
export const urlQueryOrder: MistakeClass<Order> = {
  id: 'url/query-order',
  rank: 170,
  needs: 'query',
  values: function* (slot) {
    if (slot.source.from !== 'target' || typeof slot.value !== 'string') return;
    const bare = slot.source.form === 'query';
    const { path, query } = bare ? { path: '', query: slot.value } : splitTarget(slot.value);
    const parameters = query?.split('&') ?? [];
    if (parameters.length < 2) return;
    const write = (order: readonly string[]): string =>
      bare ? order.join('&') : joinTarget({ path, query: order.join('&') });
    for (const [kind, compare] of orders)
      yield { detail: { kind }, cost: 1, value: write(parameters.toSorted(compare)) } satisfies ValueMove<Order>;
    yield { detail: { kind: 'reversed' }, cost: 2, value: write(parameters.toReversed()) };
    const values = parameters.map((parameter) => parameter.slice(name(parameter).length));
    if (parameters.length <= 4) {
      for (const order of permutations(parameters)) {
        const renamed = order.map((parameter, at) => name(parameter) + (values[at] ?? ''));
        yield {
          detail: { kind: 'other names' },
          cost: parameters.length === 2 ? 1 : 3,
          value: write(renamed),
        };
      }
    }
    if (parameters.length > permutationLimit) return;
    for (const order of permutations(parameters))
      yield { detail: { kind: 'other' }, cost: parameters.length < 5 ? 2 : 4, value: write(order) };
  },
  say: ({ kind }, { yours, expected }) =>
    `You signed ${brief(yours)} (the query’s parameters ${words[kind]}); the request was sent to ${brief(expected)}.`,
  fixes: ({ scheme }) =>
    queryFixes(scheme, {
      javascript: 'the query as sent: no sort()',
      python: 'the query as sent: no sorted()',
      csharp: 'the query as sent',
      java: 'the query as sent; no TreeMap',
      php: 'the query as sent: no ksort()',
      go: 'the query as sent; Encode() sorts',
      ruby: 'the query as sent: no sort',
      bash: 'the query as sent: no sort',
      powershell: 'the query as sent',
      postman: 'the query as sent',
    }),
};

const name = (parameter: string): string => parameter.split('=')[0] ?? '';
const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
const orders: readonly [kind: Order['kind'], compare: (left: string, right: string) => number][] = [
  ['by name', (left, right) => compare(name(left), name(right))],
  ['by name and value', compare],
  ['by decoded name and value', (left, right) => compare(decodePercent(left), decodePercent(right))],
  ['by name regardless of case', (left, right) => compare(name(left).toLowerCase(), name(right).toLowerCase())],
  ['by name downwards', (left, right) => compare(name(right), name(left))],
];

const words = {
  'by name': 'sorted by name',
  'by name and value': 'sorted by name and value',
  'by decoded name and value': 'sorted by decoded name and value',
  'by name regardless of case': 'sorted by name regardless of case',
  'by name downwards': 'sorted by name, downwards',
  reversed: 'in reverse order',
  'other names': 'with its names in another order',
  other: 'in another order',
} as const;
