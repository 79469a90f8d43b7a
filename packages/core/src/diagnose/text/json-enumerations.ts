import { isContainer, jsonNodes, type JsonNode } from './json-text.ts';
import { newScalar, rewriteJson } from './json-rewriting.ts';
import { isName, namingPolicies } from './key-names.ts';
import type { SameData } from './same-data.ts';

/** Names of members that hold one value of a few. */
const enumeration =
  /(?:kind|type|method|status|state|format|mode|reason|category|level|role|action|command|provider|channel|direction|capability|affinity|gender|priority|severity)s?$/i;
const valueLimit = 10;
/** Values of enumerations that are numbered together: each further one takes ten times as many bodies. */
const togetherLimit = 2;
const highestNumber = 9;
/** So many are numbered together up to a lower number. */
const fewNumbered = 3;
const lowNumber = 4;

/** A value of an enumeration, with the member that holds it. */
interface Value {
  readonly key: string;
  readonly text: string;
}

/** The body with the values of its enumerations as numbers, or named by another policy. */
export function* withOtherEnumerations(root: JsonNode): Generator<SameData> {
  const values = valuesOf(root);
  if (values.length === 0) return;
  for (const { style, rename, cost } of namingPolicies) {
    const told = `with values of enumerations in ${style}`;
    yield { label: told, cost: cost + 1, root: () => renamed(root, values, rename) };
    for (const value of values) yield { label: told, cost: cost + 1, root: () => renamed(root, [value], rename) };
  }
  for (const value of values) yield* numbered(root, [value]);
  if (values.length > 1 && values.length <= togetherLimit) yield* numbered(root, values);
  else if (values.length === fewNumbered) yield* numbered(root, values, lowNumber);
}

function valuesOf(root: JsonNode): Value[] {
  const found = new Map<string, Value>();
  for (const { node, key } of jsonNodes(root)) {
    if (isContainer(node) || node.kind !== 'string' || key === undefined) continue;
    if (!enumeration.test(key) || !isName(node.text)) continue;
    found.set(`${key} ${node.text}`, { key, text: node.text });
    if (found.size === valueLimit) break;
  }
  return [...found.values()];
}

function withValues(root: JsonNode, other: (value: Value) => JsonNode | undefined): JsonNode {
  return rewriteJson(root, {
    scalar: (node, key) =>
      node.kind === 'string' && key !== undefined ? (other({ key, text: node.text }) ?? node) : node,
  });
}

function indexIn(values: readonly Value[], { key, text }: Value): number {
  return values.findIndex((value) => value.key === key && value.text === text);
}

function renamed(root: JsonNode, values: readonly Value[], rename: (name: string) => string): JsonNode {
  return withValues(root, (value) =>
    indexIn(values, value) < 0 ? undefined : newScalar('string', rename(value.text)),
  );
}

/** Every number for each of a few values. */
function* numbered(root: JsonNode, values: readonly Value[], highest = highestNumber): Generator<SameData> {
  const count = (highest + 1) ** values.length;
  for (let at = 0; at < count; at++) {
    const numberOf = (index: number): string => String(Math.floor(at / (highest + 1) ** index) % (highest + 1));
    const other = (value: Value): JsonNode | undefined => {
      const index = indexIn(values, value);
      return index < 0 ? undefined : newScalar('number', numberOf(index));
    };
    yield {
      label: 'with values of enumerations as numbers',
      cost: values.length === 1 ? 3 : 4,
      root: () => withValues(root, other),
    };
  }
}
