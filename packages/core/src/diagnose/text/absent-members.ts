import { isContainer, jsonNodes, renderJson, type JsonContainer, type JsonMember, type JsonNode } from './json-text.ts';
import { newScalar } from './json-rewriting.ts';
import type { SameData } from './same-data.ts';

/** Objects whose members are filled in one by one: more say more about the body than about the mistake. */
const objectLimit = 12;
/** Of the API's objects that have all members of one in the body, so many. */
const fittingLimit = 3;

const nothing = newScalar('literal', 'null');
/** What serializers write for what was not set, besides null. */
const defaults: readonly JsonNode[] = [
  newScalar('literal', 'false'),
  newScalar('string', ''),
  newScalar('number', '0'),
  { kind: 'array', members: [], start: 0, end: 0 },
  { kind: 'object', members: [], start: 0, end: 0 },
];

/**
 * The body with members that were left out of it because they are null or as they are by default. Their names are the
 * API's: each of `objects` has an object's names in the order of its documents.
 */
export function* withAbsentMembers(root: JsonNode, objects: readonly string[]): Generator<SameData> {
  const known = objects.map((names) => names.split(' '));
  const found = [...jsonNodes(root)].flatMap(({ node }) => (node.kind === 'object' && isContainer(node) ? [node] : []));
  const fitting = new Map(found.slice(0, objectLimit).map((object) => [object, objectsLike(object, known)]));
  for (const at of [0, 1]) {
    const fill = (node: JsonContainer): JsonContainer => filled(node, (fitting.get(node) ?? [])[at] ?? []);
    yield { label: 'with the members that are null', cost: 2, isOfMany: true, root: () => replaced(root, fill) };
    yield {
      label: 'with the members of the outermost object that are null',
      cost: 2,
      root: () => replaced(root, (node) => (node === root ? fill(node) : node)),
    };
  }
  for (const [object, likeIt] of fitting) {
    const absent = new Map(
      likeIt.flatMap((names) => names.filter((name) => !has(object, name)).map((name) => [name, names])),
    );
    for (const [name, names] of absent) {
      const kinds = object === root ? [nothing, ...defaults] : [nothing];
      for (const value of kinds) {
        const written = renderJson(value, { item: ',', key: ':', string: ({ raw }) => raw });
        const label = `with "${name}", which is ${written === '""' ? 'empty' : written}`;
        const member = { key: name, value };
        const cost = value === nothing ? 2 : 3;
        for (const members of [[...object.members, member], inOrder([...object.members, member], names)])
          yield { label, cost, root: () => replaced(root, (node) => (node === object ? { ...node, members } : node)) };
      }
    }
  }
}

function has({ members }: JsonContainer, name: string): boolean {
  return members.some(({ key }) => key === name);
}

/** The API's objects that an object may be, the smallest first. */
function objectsLike(object: JsonContainer, known: readonly (readonly string[])[]): (readonly string[])[] {
  if (object.members.length === 0) return [];
  return known
    .filter((names) => object.members.every(({ key }) => names.includes(key ?? '')))
    .toSorted((left, right) => left.length - right.length)
    .slice(0, fittingLimit);
}

function filled(object: JsonContainer, names: readonly string[]): JsonContainer {
  const added = names.filter((name) => !has(object, name)).map((name) => ({ key: name, value: nothing }));
  return added.length === 0 ? object : { ...object, members: inOrder([...object.members, ...added], names) };
}

function inOrder(members: readonly JsonMember[], names: readonly string[]): readonly JsonMember[] {
  return members.toSorted((left, right) => names.indexOf(left.key ?? '') - names.indexOf(right.key ?? ''));
}

/** A tree with other objects in the place of some. */
function replaced(node: JsonNode, change: (object: JsonContainer) => JsonContainer): JsonNode {
  if (!isContainer(node)) return node;
  const changed = node.kind === 'object' ? change(node) : node;
  return { ...changed, members: changed.members.map(({ key, value }) => ({ key, value: replaced(value, change) })) };
}
