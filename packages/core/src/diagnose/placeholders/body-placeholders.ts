import type { Evidence } from '../reading/evidence.ts';
import { isContainer, jsonNodes } from '../text/json-text.ts';
import type { BodyMove } from '../search/mistake-class.ts';
import { nicknames, spellings } from './name-grammar.ts';
import {
  namelessPlaceholders,
  rareSyntaxes,
  syntaxes,
  unresolved,
  usualNames,
  type Syntax,
  type Unresolved,
} from './placeholders.ts';
import { namesByValue } from './value-names.ts';

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
    for (const leaf of leaves) {
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
const bytesForOne = 32;
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

/** Names that are not the keys': what people call such values, and two or three of those at once. */
function* rarePlaceholders(text: string, leaves: readonly Leaf[]): Generator<BodyMove<Unresolved>> {
  const put = (chosen: readonly (readonly [Leaf, string])[]): BodyMove<Unresolved> => fill(text, chosen, rareCost);
  const common = syntaxes.slice(0, 3);
  for (const { write } of common) {
    for (const leaf of leaves) {
      for (const name of new Set([...namesByValue(leaf.value).flatMap(spellings), ...leaf.called.flatMap(nicknames)]))
        yield put([[leaf, write(name)]]);
    }
  }
  for (const leaf of leaves) for (const placeholder of namelessPlaceholders) yield put([[leaf, placeholder]]);
  const telling = leaves.filter(({ value }) => namesByValue(value).length > 0).slice(0, 8);
  const namesOf = ({ called, value }: Leaf): string[] => [...new Set([...called, ...namesByValue(value)])];
  for (const { write } of common.slice(0, 1)) yield* several(telling, write, namesOf, put);
  for (const write of rareSyntaxes) {
    for (const leaf of leaves) {
      for (const name of new Set([...leaf.names, ...namesByValue(leaf.value)])) yield put([[leaf, write(name)]]);
    }
  }
  for (const { write } of common.slice(1)) yield* several(telling, write, namesOf, put);
}

/** Two or three values at once, of three each by the names that come first. */
function* several(
  leaves: readonly Leaf[],
  write: Syntax,
  namesOf: (leaf: Leaf) => readonly string[],
  put: (chosen: readonly (readonly [Leaf, string])[]) => BodyMove<Unresolved>,
): Generator<BodyMove<Unresolved>> {
  for (const [at, left] of leaves.entries()) {
    for (const right of leaves.slice(at + 1)) {
      for (const one of namesOf(left)) {
        for (const other of namesOf(right))
          yield put([
            [left, write(one)],
            [right, write(other)],
          ]);
      }
    }
  }
  const few = leaves.slice(0, 4);
  for (const left of few) {
    for (const middle of few.slice(few.indexOf(left) + 1)) {
      for (const right of few.slice(few.indexOf(middle) + 1)) {
        for (const one of namesOf(left).slice(0, 6))
          for (const other of namesOf(middle).slice(0, 6))
            for (const third of namesOf(right).slice(0, 6))
              yield put([
                [left, write(one)],
                [middle, write(other)],
                [right, write(third)],
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
