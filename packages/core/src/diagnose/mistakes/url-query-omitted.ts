import { queryFixes } from '../fixes/target.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import { brief } from '../text/brief.ts';
import { splitTarget, targetValue } from '../text/target-text.ts';

type Query =
  /** One of its parameters. */
  { readonly kind: 'without' | 'alone'; readonly name: string } | { readonly kind: keyof typeof others };

/** The query left out, or signed where the scheme leaves it out. */
export const urlQueryOmitted: MistakeClass<Query> = {
  id: 'url/query-omitted',
  rank: 160,
  needs: 'query',
  values: function* (slot, { message }) {
    if (slot.source.from === 'target' && slot.source.form === 'query' && typeof slot.value === 'string') {
      yield { detail: { kind: 'left out' }, cost: 1, value: '' };
      yield { detail: { kind: 'with question mark' }, cost: 1, value: `?${slot.value}` };
      return;
    }
    const value = targetValue(slot);
    if (value === undefined) return;
    const { path, query } = splitTarget(value);
    const sent = splitTarget(message.target).query;
    if (query === undefined) {
      if (sent !== undefined) yield { detail: { kind: 'signed too' }, cost: 1, value: `${path}?${sent}` };
      if (sent !== undefined)
        yield {
          detail: { kind: 'signed too without question mark' },
          cost: 3,
          value: path + sent,
        } satisfies ValueMove<Query>;
      yield { detail: { kind: 'bare question mark' }, cost: 2, value: `${path}?` };
      return;
    }
    yield { detail: { kind: 'left out' }, cost: 1, value: path };
    yield { detail: { kind: 'question mark kept' }, cost: 1, value: `${path}?` };
    yield { detail: { kind: 'no question mark' }, cost: 2, value: path + query };
    yield { detail: { kind: '& for question mark' }, cost: 2, value: `${path}&${query}` };
    yield { detail: { kind: 'twice' }, cost: 2, value: `${value}?${query}` };
    yield { detail: { kind: 'twice' }, cost: 3, value: `${value}&${query}` };
    const parameters = query.split('&');
    if (parameters.length === 1) return;
    for (let at = 0; at < parameters.length; at++) {
      const name = parameters[at]?.split('=')[0] ?? '';
      yield {
        detail: { kind: 'without', name },
        cost: 1,
        value: `${path}?${parameters.toSpliced(at, 1).join('&')}`,
      };
      yield { detail: { kind: 'alone', name }, cost: 2, value: `${path}?${parameters[at] ?? ''}` };
    }
  },
  say: (detail, { yours, expected }) => {
    if (detail.kind === 'signed too' || detail.kind === 'signed too without question mark')
      return `You signed ${brief(yours)} (${inWords(detail)}); the scheme signs ${brief(expected)}, without the query.`;
    return `You signed ${yours === '' ? 'no query' : `${brief(yours)} (${inWords(detail)})`}; the request was sent ${expected.startsWith('/') ? 'to' : 'with'} ${brief(expected)}.`;
  },
  fixes: ({ scheme }) => queryFixes(scheme),
};

const others = {
  'left out': 'without the query',
  'with question mark': 'the query with its question mark',
  'signed too': 'with the query',
  'signed too without question mark': 'with the query, without its question mark',
  'bare question mark': 'with a bare question mark',
  'question mark kept': 'without the query, its question mark kept',
  'no question mark': 'the query without its question mark',
  '& for question mark': 'with "&" for the question mark',
  twice: 'the query twice',
} as const;

function inWords(detail: Query): string {
  switch (detail.kind) {
    case 'without':
      return `the query without "${detail.name}"`;
    case 'alone':
      return `of the query, "${detail.name}" alone`;
    default:
      return others[detail.kind];
  }
}
