import { headerValues } from '../../message.ts';
import { stringToSignFixes } from '../fixes/string-to-sign.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Slot } from '../reading/layout.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';

type Form =
  | {
      readonly kind:
        'untrimmed' | 'last line' | 'joined without a space' | 'as sent' | 'not normalized' | 'added' | 'blank';
      readonly header: string;
    }
  | {
      readonly kind:
        'spaces kept' | 'names as sent' | 'a space behind the colon' | 'in the order sent' | 'no line break';
    };

/** The value of a signed header in another form than the one that is signed. */
export const headerCanonicalForm: MistakeClass<Form> = {
  id: 'header/canonical-form',
  rank: 45,
  needs: 'lines of headers or components',
  values: (slot, evidence) => movesOf(slot, evidence),
  say: (detail) => `The signed headers are in another form than the one that is signed: ${inWords(detail)}.`,
  fixes: ({ scheme }) => stringToSignFixes(scheme),
};

function inWords(detail: Form): string {
  switch (detail.kind) {
    case 'untrimmed':
      return `the value of ${detail.header} has white space at an end, which is not signed`;
    case 'last line':
      return `one of several lines of ${detail.header} was signed; all of them are, joined by a comma`;
    case 'joined without a space':
      return `the lines of ${detail.header} are joined by a comma without a space`;
    case 'as sent':
      return `${detail.header} was signed as it was sent, and the scheme signs it strictly serialized`;
    case 'not normalized':
      return 'the host was signed as it was sent; it is signed in lower case and without the default port';
    case 'added':
      return `a line of ${detail.header} was added, which the request does not list`;
    case 'blank':
      return `the line of ${detail.header} was signed without its value`;
    case 'spaces kept':
      return 'several spaces in a value were kept; one of them is signed';
    case 'names as sent':
      return 'the names were signed as they were sent; they are signed in lower case';
    case 'a space behind the colon':
      return 'a space stands behind each colon';
    case 'in the order sent':
      return 'the headers stand in the order sent; they are sorted by name';
    case 'no line break':
      return 'the last of them does not end in a line break';
  }
}

function* movesOf({ source, value, name }: Slot, { message }: Evidence): Generator<ValueMove<Form>> {
  if (typeof value !== 'string') return;
  if (source.from === 'listed-headers' || source.from === 'canonical-headers') yield* ofLines(value, message.headers);
  if (source.from === 'listed-headers') yield* ofList(value, message.headers);
  const header =
    source.from === 'header' ? source.header : source.from === 'component' ? (name.split(';', 1)[0] ?? '') : '';
  if (header === '') return;
  if (header === '@authority') {
    const [host] = headerValues(message.headers, 'host');
    if (host !== undefined && host !== value)
      yield { detail: { kind: 'not normalized', header }, cost: 1, value: host };
    return;
  }
  if (header.startsWith('@')) return;
  const lines = headerValues(message.headers, header);
  for (const text of [` ${value}`, `${value} `, `\t${value}`, `${value}\r`])
    yield { detail: { kind: 'untrimmed', header }, cost: 2, value: text };
  const joined = lines.join(', ');
  if (joined !== value) yield { detail: { kind: 'as sent', header }, cost: 1, value: joined };
  if (lines.length < 2) return;
  for (const line of lines) yield { detail: { kind: 'last line', header }, cost: 1, value: line };
  yield { detail: { kind: 'joined without a space', header }, cost: 1, value: lines.join(',') };
}

/** More have no client. */
const mostListed = 64;

function* ofLines(value: string, headers: Evidence['message']['headers']): Generator<ValueMove<Form>> {
  const lines = value.split('\n').slice(0, -1);
  if (lines.length > mostListed) return;
  const names = lines.map((line) => line.slice(0, line.indexOf(':')));
  const sent = (name: string): readonly string[] =>
    headers.filter(([one]) => one.toLowerCase() === name).map(([, text]) => text);
  const spelled = (name: string): string => headers.find(([one]) => one.toLowerCase() === name)?.[0] ?? name;
  const write = (order: readonly string[], line: (name: string) => string): string =>
    order.map((name) => `${line(name)}\n`).join('');
  const own = (name: string): string => lines[names.indexOf(name)] ?? '';
  const behind = (name: string): string => own(name).slice(name.length + 1);
  const move = (
    kind: 'spaces kept' | 'names as sent' | 'a space behind the colon' | 'in the order sent' | 'no line break',
    cost: number,
    text: string,
  ): ValueMove<Form>[] => (text === value ? [] : [{ detail: { kind }, cost, value: text }]);
  yield* move(
    'spaces kept',
    1,
    write(names, (name) => `${name}:${sent(name).join(',')}`),
  );
  yield* move(
    'names as sent',
    1,
    write(names, (name) => `${spelled(name)}:${behind(name)}`),
  );
  yield* move(
    'a space behind the colon',
    1,
    write(names, (name) => `${name}: ${behind(name)}`),
  );
  const order = [...new Set(headers.map(([name]) => name.toLowerCase()))].filter((name) => names.includes(name));
  yield* move('in the order sent', 1, write(order, own));
  yield* move('no line break', 1, value.slice(0, -1));
}

/** A line of the list without its value, and one more. */
function* ofList(value: string, headers: Evidence['message']['headers']): Generator<ValueMove<Form>> {
  const lines = value.split(/(?<=\n)/);
  if (lines.length > mostListed || headers.length > mostListed) return;
  const names = lines.map((line) => line.slice(0, line.indexOf(':')));
  for (const [at, header] of names.entries()) {
    if (lines[at] !== `${header}:\n`)
      yield { detail: { kind: 'blank', header }, cost: 2, value: lines.with(at, `${header}:\n`).join('') };
  }
  for (const header of new Set(headers.map(([name]) => name.toLowerCase()))) {
    if (names.includes(header) || header === 'authorization') continue;
    const sent = headers.filter(([name]) => name.toLowerCase() === header).map(([, text]) => text.trim());
    const more = [...lines, `${header}:${sent.join(',')}\n`].toSorted();
    yield { detail: { kind: 'added', header }, cost: 2, value: more.join('') };
  }
}
