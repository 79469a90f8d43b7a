import type { Evidence } from '../reading/evidence.ts';
import { isContainer, jsonNodes } from '../text/json-text.ts';
import type { BodyMove } from '../search/mistake-class.ts';
import {
  dynamicNames,
  spellings,
  syntaxes,
  unresolved,
  usualNames,
  type Syntax,
  type Unresolved,
} from './placeholders.ts';

const leafLimit = 60;

/** Placeholders in the body: for each value by its own key's name and usual ones, and for the user's variables wherever they stand. */
export function* bodyPlaceholders(
  text: string | undefined,
  { variables, bodyJson }: Evidence,
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
  const leaves: { start: number; end: number; value: string; names: string[]; quoted: boolean }[] = [];
  for (const { node, key, path } of jsonNodes(root)) {
    if (isContainer(node) || node.kind === 'literal') continue;
    const quoted = node.kind === 'string';
    const parent = path
      .split('.')
      .at(-2)
      ?.replace(/\[\d+\]$/, '');
    const names = [
      ...new Set(
        [
          key,
          parent,
          parent !== undefined && key !== undefined ? parent + key.slice(0, 1).toUpperCase() + key.slice(1) : undefined,
        ].flatMap((name) => (name === undefined ? [] : spellings(name))),
      ),
    ];
    leaves.push({
      start: node.start + (quoted ? 1 : 0),
      end: node.end - (quoted ? 1 : 0),
      value: node.text,
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
      for (const name of [...usualNames, ...dynamicNames]) if (!leaf.names.includes(name)) yield put(name, 2);
    }
    yield* severalLeaves(text, leaves, write, cost);
  }
}

/** Two or more leaves, each by its own key. */
function* severalLeaves(
  text: string,
  leaves: readonly { start: number; end: number; value: string; names: string[] }[],
  write: Syntax,
  cost: number,
): Generator<BodyMove<Unresolved>> {
  const considered = leaves.slice(0, 14);
  const put = (chosen: readonly (typeof leaves)[number][]): BodyMove<Unresolved> => {
    let body = text;
    for (const leaf of chosen.toReversed())
      body = body.slice(0, leaf.start) + write(leaf.names[0] ?? 'value') + body.slice(leaf.end);
    return bodyMove(
      body,
      chosen.map((leaf) => [write(leaf.names[0] ?? 'value'), leaf.value] as const),
      2 + cost,
    );
  };
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
