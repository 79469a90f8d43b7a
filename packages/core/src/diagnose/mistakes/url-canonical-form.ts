import { stringToSignFixes } from '../fixes/string-to-sign.ts';
import { splitTarget } from '../text/target-text.ts';
import { decodePercent, encodeComponent, encodeRfc3986 } from '../text/percent-encoding.ts';
import { brief } from '../text/brief.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Slot } from '../reading/layout.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';

interface Form {
  readonly kind: keyof typeof words;
}

/** Path or query in another canonical form than the scheme's. */
export const urlCanonicalForm: MistakeClass<Form> = {
  id: 'url/canonical-form',
  rank: 175,
  needs: 'a canonical target',
  values: (slot, evidence) => movesOf(slot, evidence),
  say: ({ kind }, { yours, expected }) =>
    `You signed ${yours === '' ? 'nothing' : brief(yours)} (${words[kind]}); the scheme signs ${brief(expected)}.`,
  fixes: ({ scheme }) => stringToSignFixes(scheme),
};

const words = {
  'as sent': 'the path as it is sent, not encoded once more',
  'encoded twice': 'the path encoded once too often',
  decoded: 'the path decoded',
  'not normalized': 'the path with its dot segments and repeated slashes',
  'with its query': 'the path with the query behind it',
  'without its slash': 'the path without the slash at its end',
  'query as sent': 'the query as it is sent, not sorted',
  'query in its order': 'the parameters in the order sent',
  'query decoded': 'the query decoded',
  'query sorted as sent': 'the parameters sorted, and not encoded anew',
  'sorted regardless of case': 'the parameters sorted regardless of case',
  'plus for spaces': 'spaces written as plus signs',
  'plus as a space': 'with its "+" taken for a space, which is "%20"',
  'lower-case escapes': 'the escapes in lower case',
  'no equals sign': 'parameters without a value written without "="',
  'encoded by encodeURIComponent': 'with "!\'()*" left as they are',
  'question mark': 'with the question mark before it',
  'no query': 'without the query',
  'no account': 'without the account before the path',
  'account twice': 'with the account twice before the path',
  'names as sent': 'with names of parameters as they were sent, not in lower case',
  'only comp': 'with the parameter comp alone of the query',
} as const;

/** Azure's resource: the account, the path, and what is signed of the query. */
function* resourceMoves(
  form: 'shared-key' | 'lite',
  value: string,
  { message, authorization, credential }: Evidence,
): Generator<ValueMove<Form>> {
  const { path, query } = splitTarget(message.target);
  const account = `/${authorization?.fields.keyId ?? credential.keyId ?? ''}`;
  const own = account + path;
  if (!value.startsWith(own)) return;
  const rest = value.slice(own.length);
  const move = (kind: Form['kind'], text: string): ValueMove<Form> => ({ detail: { kind }, cost: 1, value: text });
  yield move('no account', path + rest);
  yield move('account twice', account + own + rest);
  if (query === undefined || query === '') return;
  yield move('query as sent', `${own}?${query}`);
  const pairs = query.split('&').map((pair): readonly [string, string] => {
    const at = pair.indexOf('=');
    return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
  });
  const comp = pairs.find(([name]) => name === 'comp');
  if (form === 'lite') return;
  if (comp) yield move('only comp', `${own}?comp=${decodePercent(comp[1])}`);
  const lines = (all: typeof pairs, write: (pair: readonly [string, string]) => string): string =>
    own + all.map((pair) => `\n${write(pair)}`).join('');
  const sorted = pairs.toSorted(([name], [other]) => (name.toLowerCase() < other.toLowerCase() ? -1 : 1));
  yield move(
    'query in its order',
    lines(pairs, ([name, text]) => `${decodePercent(name).toLowerCase()}:${decodePercent(text)}`),
  );
  yield move(
    'names as sent',
    lines(sorted, ([name, text]) => `${decodePercent(name)}:${decodePercent(text)}`),
  );
}

function* movesOf({ source, value }: Slot, evidence: Evidence): Generator<ValueMove<Form>> {
  const { message } = evidence;
  if (typeof value !== 'string') return;
  if (source.from === 'canonical-resource') return yield* resourceMoves(source.form, value, evidence);
  const { path, query = '' } = splitTarget(message.target);
  const move = (kind: Form['kind'], cost: number, text: string): ValueMove<Form>[] =>
    text === value ? [] : [{ detail: { kind }, cost, value: text }];
  if (source.from === 'canonical-path') {
    const segments = (encode: (segment: string) => string): string => path.split('/').map(encode).join('/');
    yield* move('as sent', 1, path);
    yield* move('encoded twice', 1, value.split('/').map(encodeRfc3986).join('/'));
    yield* move('encoded twice', 1, segments(encodeRfc3986));
    yield* move('decoded', 1, decodePercent(path));
    yield* move('not normalized', 1, segments(encodeRfc3986));
    yield* move(
      'encoded by encodeURIComponent',
      2,
      segments((segment) => encodeComponent(segment)),
    );
    yield* move('with its query', 1, message.target);
    if (query !== '') yield* move('with its query', 2, `${value}?${query}`);
    yield* move('without its slash', 2, value.replace(/(?<=.)\/$/, ''));
    yield* move('lower-case escapes', 2, inLowerCase(value));
    return;
  }
  if (source.from !== 'canonical-query' || query === '') return;
  const pairs = query.split('&').filter(Boolean);
  const own = value.split('&');
  const name = (pair: string): string => pair.split('=')[0] ?? '';
  const recoded = pairs.map(
    (pair) => own.find((one) => decodePercent(one) === decodePercent(pair.includes('=') ? pair : `${pair}=`)) ?? pair,
  );
  yield* move('query as sent', 1, query);
  yield* move('query in its order', 1, recoded.join('&'));
  yield* move('query sorted as sent', 1, pairs.toSorted().join('&'));
  yield* move('query decoded', 1, decodePercent(value));
  yield* move('query decoded', 2, decodePercent(query));
  yield* move(
    'sorted regardless of case',
    1,
    own.toSorted((one, other) => (name(one).toLowerCase() < name(other).toLowerCase() ? -1 : 1)).join('&'),
  );
  yield* move('plus for spaces', 1, value.replaceAll('%20', '+'));
  if (query.includes('+')) yield* move('plus as a space', 1, value.replaceAll('%2B', '%20'));
  yield* move('lower-case escapes', 1, inLowerCase(value));
  yield* move('no equals sign', 1, value.replace(/=(?=&|$)/g, ''));
  yield* move(
    'encoded by encodeURIComponent',
    2,
    value.replace(/%(?:21|27|28|29|2A)/g, (escape) => decodePercent(escape)),
  );
  yield* move('question mark', 1, `?${value}`);
  yield* move('no query', 1, '');
}

function inLowerCase(text: string): string {
  return text.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
}
