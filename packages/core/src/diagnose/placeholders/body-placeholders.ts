import type { Evidence } from '../reading/evidence.ts';
import { isContainer, jsonNodes } from '../text/json-text.ts';
import type { BodyMove } from '../search/mistake-class.ts';
import { cased, nicknames, spellings, usualCases, type LetterCase } from './name-grammar.ts';
import {
  namelessPlaceholders,
  rareSyntaxes,
  syntaxes,
  unresolved,
  usualNames,
  type Syntax,
  type Unresolved,
} from './placeholders.ts';
import { composedNames, dynamicNames, namesByValue, piecesOfText } from './value-names.ts';

const leafLimit = 60;

/** Placeholders in the body: for each value by its own key's name and usual ones, and for the user's variables wherever they stand. */
export function* bodyPlaceholders(
  text: string | undefined,
  { variables, bodyJson, budget }: Evidence,
): Generator<BodyMove<Unresolved>> {
  if (text === undefined || text === '') return;
  const named = [...variables].filter(([, value]) => value !== '' && text.includes(value));
  for (const { write, cost } of syntaxes.slice(0, 9)) {
    for (const [name, value] of named)
      yield bodyMove(text.replaceAll(value, write(name)), [[write(name), value]], 1 + cost);
    if (named.length > 1) {
      let all = text;
      for (const [name, value] of named) all = all.replaceAll(value, write(name));
      yield bodyMove(
        all,
        named.map(([name, value]) => [write(name), value] as const),
        1 + cost,
      );
    }
  }
  const root = bodyJson();
  if (!root) return;
  const leaves: Leaf[] = [];
  for (const { node, key, path } of jsonNodes(root)) {
    if (isContainer(node) || node.kind === 'literal') continue;
    const quoted = node.kind === 'string';
    const parent = path
      .split('.')
      .at(-2)
      ?.replace(/\[\d+\]$/, '');
    const called = [
      key,
      parent,
      parent !== undefined && key !== undefined ? parent + key.slice(0, 1).toUpperCase() + key.slice(1) : undefined,
    ].filter((name) => name !== undefined);
    const names = [...new Set(called.flatMap(spellings))];
    leaves.push({
      start: node.start + (quoted ? 1 : 0),
      end: node.end - (quoted ? 1 : 0),
      value: node.text,
      called,
      names,
      quoted,
    });
    if (leaves.length === leafLimit) break;
  }
  for (const { write, cost } of syntaxes.slice(0, 7)) {
    for (const leaf of leaves) {
      const put = (name: string, more: number, start = leaf.start, end = leaf.end): BodyMove<Unresolved> =>
        bodyMove(text.slice(0, start) + write(name) + text.slice(end), [[write(name), leaf.value]], 1 + cost + more);
      for (const name of new Set([...leaf.names, ...variables.keys()])) {
        yield put(name, name === leaf.names[0] || variables.has(name) ? 0 : 1);
        // A number that a template writes without quotes, or a string whose quotes came with the value.
        if (leaf.quoted) yield put(name, 2, leaf.start - 1, leaf.end + 1);
      }
      for (const name of usualNames) if (!leaf.names.includes(name)) yield put(name, 2);
    }
    yield* severalLeaves(text, leaves, write, cost);
  }
  for (const { write } of syntaxes.slice(0, 3)) {
    for (const leaf of [...leaves, ...leaves.flatMap((one) => originOf(one, text))]) {
      for (const name of namesByValue(leaf.value))
        if (!leaf.names.includes(name)) yield fill(text, [[leaf, write(name)]], 4);
    }
  }
  // So many that a long body takes only a share of them.
  let room = budget.bytes / bytesForOne / Math.max(text.length, 1);
  for (const move of rarePlaceholders(text, leaves)) {
    if (--room < 0) return;
    yield move;
  }
}

/** Bytes of the budget for one that these bodies may have, each of which costs some four times its length. */
const bytesForOne = 20;
/** Tried alone, after usual pairs. */
const rareCost = 8;

/** A value of the body that a variable may have stood for. */
interface Leaf {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** Its key, its parent's, and both. */
  readonly called: readonly string[];
  readonly names: readonly string[];
  readonly quoted: boolean;
}

/** Scheme and host of a URL, which a variable often holds by themselves. */
function originOf(leaf: Leaf, text: string): Leaf[] {
  const origin = /^\w+:\/\/[^/?#]+(?=[/?#])/.exec(leaf.value)?.[0];
  if (origin === undefined || !text.startsWith(origin, leaf.start)) return [];
  return [{ ...leaf, end: leaf.start + origin.length, value: origin, called: [], names: [], quoted: false }];
}

/** Names that are not the keys': what people call such values, and two or three of those at once. */
function* rarePlaceholders(text: string, leaves: readonly Leaf[]): Generator<BodyMove<Unresolved>> {
  const put = (chosen: readonly (readonly [Leaf, string])[]): BodyMove<Unresolved> => fill(text, chosen, rareCost);
  const common = syntaxes.slice(0, 3);
  const usualOf = ({ names, value }: Leaf): Set<string> => new Set([...names, ...namesByValue(value)]);
  for (const { write } of common) {
    for (const leaf of leaves) {
      for (const name of new Set([...namesByValue(leaf.value).flatMap(spellings), ...leaf.called.flatMap(nicknames)]))
        yield put([[leaf, write(name)]]);
    }
  }
  const pieces = leaves.flatMap((leaf) => piecesOf(leaf, text));
  for (const leaf of [...leaves, ...pieces.map(([piece]) => piece)])
    for (const name of dynamicNames(leaf.value)) yield put([[leaf, `{{${name}}}`]]);
  for (const leaf of leaves) for (const placeholder of namelessPlaceholders) yield put([[leaf, placeholder]]);
  const telling = leaves.filter(({ value }) => namesByValue(value).length > 0).slice(0, 8);
  const rarer = [...syntaxes.slice(3).map((syntax) => syntax.write), ...rareSyntaxes];
  for (const write of rarer) {
    for (const leaf of leaves)
      for (const name of [...usualOf(leaf)].slice(0, firstInRareMarks)) yield put([[leaf, write(name)]]);
  }
  yield* several(telling, put);
  for (const write of rarer) {
    for (const leaf of leaves)
      for (const name of [...usualOf(leaf)].slice(firstInRareMarks)) yield put([[leaf, write(name)]]);
  }
  for (const { write } of common) {
    for (const leaf of leaves) {
      for (const letterCase of usualCases)
        for (const name of composedNames(leaf.value, letterCase)) yield put([[leaf, write(name)]]);
    }
    for (const [piece, names] of pieces) for (const name of names.flatMap(spellings)) yield put([[piece, write(name)]]);
    for (const origin of leaves.flatMap((leaf) => originOf(leaf, text)))
      for (const letterCase of usualCases)
        for (const name of composedNames(origin.value, letterCase)) yield put([[origin, write(name)]]);
  }
}

/** Parts of a text that variables of their own stood for, with their names. */
function piecesOf(leaf: Leaf, text: string): [Leaf, readonly string[]][] {
  if (!text.startsWith(leaf.value, leaf.start)) return [];
  return piecesOfText(leaf.value).map(({ start, end, names }) => {
    const value = leaf.value.slice(start, end);
    return [{ start: leaf.start + start, end: leaf.start + end, value, called: [], names: [], quoted: false }, names];
  });
}

/** Names that are tried in a rare mark before several values at once. */
const firstInRareMarks = 15;
/** The names of several values that are tried together before all others, and those of three. */
const [firstOfTwo, firstOfThree] = [24, 20];

/**
 * Two or three values at once. Whoever names two variables writes both in one letter case, so that names which are written
 * otherwise are not tried together.
 */
function* several(
  leaves: readonly Leaf[],
  put: (chosen: readonly (readonly [Leaf, string])[]) => BodyMove<Unresolved>,
): Generator<BodyMove<Unresolved>> {
  const [braces] = syntaxes;
  if (!braces) return;
  const named = (letterCase: LetterCase): Named[] =>
    leaves.map((leaf) => ({
      leaf,
      names: [
        ...new Set([...leaf.called.map((name) => cased(name, letterCase)), ...composedNames(leaf.value, letterCase)]),
      ],
    }));
  const byCase = usualCases.map((letterCase) => ({ letterCase, all: named(letterCase) }));
  for (const { all } of byCase) yield* two(all, braces.write, put, 0, firstOfTwo);
  for (const { all, letterCase } of byCase.slice(0, 3))
    yield* three(all.slice(0, 4), braces.write, put, letterCase === 'camel' ? firstOfThree : firstOfThree / 2);
  for (const { write } of syntaxes.slice(1, 4)) yield* two(byCase[0]?.all ?? [], write, put, 0, firstOfTwo);
  for (const { all } of byCase) yield* two(all, braces.write, put, firstOfTwo, Number.POSITIVE_INFINITY);
}

/** A value of the body with the names that may have stood there. */
interface Named {
  readonly leaf: Leaf;
  readonly names: readonly string[];
}

/** Two values by names of which one at least stands in the list at `from` or later, and both before `to`. */
function* two(
  all: readonly Named[],
  write: Syntax,
  put: (chosen: readonly (readonly [Leaf, string])[]) => BodyMove<Unresolved>,
  from: number,
  to: number,
): Generator<BodyMove<Unresolved>> {
  for (const [at, left] of all.entries()) {
    for (const right of all.slice(at + 1)) {
      for (const [index, one] of left.names.slice(0, to).entries()) {
        for (const other of right.names.slice(index < from ? from : 0, to))
          yield put([
            [left.leaf, write(one)],
            [right.leaf, write(other)],
          ]);
      }
    }
  }
}

function* three(
  all: readonly Named[],
  write: Syntax,
  put: (chosen: readonly (readonly [Leaf, string])[]) => BodyMove<Unresolved>,
  to: number,
): Generator<BodyMove<Unresolved>> {
  for (const [at, left] of all.entries()) {
    for (const [next, middle] of all.slice(at + 1).entries()) {
      for (const right of all.slice(at + next + 2)) {
        for (const one of left.names.slice(0, to))
          for (const other of middle.names.slice(0, to))
            for (const third of right.names.slice(0, to))
              yield put([
                [left.leaf, write(one)],
                [middle.leaf, write(other)],
                [right.leaf, write(third)],
              ]);
      }
    }
  }
}

/** The body with placeholders for values that stand in it in this order. */
function fill(text: string, chosen: readonly (readonly [Leaf, string])[], cost: number): BodyMove<Unresolved> {
  let body = text;
  for (const [leaf, placeholder] of chosen.toReversed())
    body = body.slice(0, leaf.start) + placeholder + body.slice(leaf.end);
  return bodyMove(
    body,
    chosen.map(([leaf, placeholder]) => [placeholder, leaf.value] as const),
    cost,
  );
}

/** Two or more leaves, each by its own key. */
function* severalLeaves(
  text: string,
  leaves: readonly Leaf[],
  write: Syntax,
  cost: number,
): Generator<BodyMove<Unresolved>> {
  const considered = leaves.slice(0, 14);
  const put = (chosen: readonly Leaf[]): BodyMove<Unresolved> =>
    fill(
      text,
      chosen.map((leaf) => [leaf, write(leaf.names[0] ?? 'value')] as const),
      2 + cost,
    );
  for (const [index, left] of considered.entries()) {
    for (const right of considered.slice(index + 1)) yield put([left, right]);
  }
  if (considered.length > 2 && considered.length <= 8) yield put(considered);
}

function bodyMove(
  body: string,
  placeholders: readonly (readonly [placeholder: string, value: string])[],
  cost: number,
): BodyMove<Unresolved> {
  const detail = unresolved(
    placeholders.map(([placeholder, value]) => ({ placeholder, value })),
    'in the body',
  );
  return { detail, cost, body };
}
