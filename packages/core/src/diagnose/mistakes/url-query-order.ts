import { told, type Told } from '../search/told.ts';
import { permutations } from '../text/permutations.ts';
import { decodePercent } from '../text/percent-encoding.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import { brief } from '../text/brief.ts';
import { joinTarget, splitTarget } from '../text/target-text.ts';

const permutationLimit = 7;

/** The query's parameters in another order. */
export const urlQueryOrder: MistakeClass<Told> = {
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
    for (const [detail, compare] of orders)
      yield { detail: told(detail), cost: 1, value: write(parameters.toSorted(compare)) } satisfies ValueMove<Told>;
    yield { detail: told('in reverse order'), cost: 2, value: write(parameters.toReversed()) };
    const values = parameters.map((parameter) => parameter.slice(name(parameter).length));
    if (parameters.length <= 4) {
      for (const order of permutations(parameters)) {
        const renamed = order.map((parameter, at) => name(parameter) + (values[at] ?? ''));
        yield {
          detail: told('with its names in another order'),
          cost: parameters.length === 2 ? 1 : 3,
          value: write(renamed),
        };
      }
    }
    if (parameters.length > permutationLimit) return;
    for (const order of permutations(parameters))
      yield { detail: told('in another order'), cost: parameters.length < 5 ? 2 : 4, value: write(order) };
  },
  say: ({ how }, { yours, expected }) =>
    `The query’s parameters were signed ${how}: ${brief(yours)}; ${brief(expected)} was sent.`,
  fixes: {
    javascript: 'const { search } = new URL(url); // the query as sent: no sort()',
    python: 'query = urlsplit(prepared.url).query  # the query as sent: no sorted()',
    csharp: 'var query = uri.Query; // the query as sent',
    java: 'String query = uri.getRawQuery(); // the query as sent; no TreeMap',
    php: '$query = parse_url($url, PHP_URL_QUERY); // the query as sent: no ksort()',
    postman: 'const query = pm.request.url.getQueryString(); // as sent',
  },
};

const name = (parameter: string): string => parameter.split('=')[0] ?? '';
const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
const orders: readonly [detail: string, compare: (left: string, right: string) => number][] = [
  ['sorted by name', (left, right) => compare(name(left), name(right))],
  ['sorted by name and value', compare],
  ['sorted by decoded name and value', (left, right) => compare(decodePercent(left), decodePercent(right))],
  ['sorted by name regardless of case', (left, right) => compare(name(left).toLowerCase(), name(right).toLowerCase())],
  ['sorted by name, downwards', (left, right) => compare(name(right), name(left))],
];
