import {
  isContainer,
  jsonNodes,
  renderJson,
  type JsonContainer,
  type JsonMember,
  type JsonNode,
  type JsonScalar,
} from './json-text.ts';
import { newScalar } from './json-rewriting.ts';
import type { SameData } from './same-data.ts';

/** Objects whose members are filled in one by one: more say more about the body than about the mistake. */
const objectLimit = 12;
/** Of the API's objects that have all members of one in the body, so many. */
const fittingLimit = 3;

const nothing: JsonScalar = newScalar('literal', 'null');
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
  let room = mostChoices;
  for (const [object, likeIt] of fitting) {
    const absent = new Map(
      likeIt.flatMap((names) => names.filter((name) => !has(object, name)).map((name) => [name, names])),
    );
    for (const [name, names] of absent) {
      for (const value of [nothing, ...defaults]) {
        const written = renderJson(value, { item: ',', key: ':', string: ({ raw }) => raw });
        const label = `with "${name}", which is ${written === '""' ? 'empty' : written}`;
        const member = { key: name, value };
        const cost = value === nothing ? 2 : 3;
        for (const members of [[...object.members, member], inOrder([...object.members, member], names)])
          yield { label, cost, root: () => replaced(root, (node) => (node === object ? { ...node, members } : node)) };
      }
    }
    for (const data of severalAbsent(root, object, likeIt[0] ?? [])) {
      if (--room < 0) break;
      yield data;
    }
  }
}

/** A type of somebody's own seldom has all members of the API's: every choice of those that are absent. */
function* severalAbsent(root: JsonNode, object: JsonContainer, names: readonly string[]): Generator<SameData> {
  const absent = names.filter((name) => !has(object, name));
  if (absent.length < 2 || absent.length > mostAbsent) return;
  const choices = Array.from({ length: (1 << absent.length) - 1 }, (_, mask) =>
    absent.filter((_name, at) => (mask + 1) & (1 << at)),
  );
  // All of them, few of them, and the others.
  const ordered = choices
    .filter(({ length }) => length > 1)
    .toSorted((left, right) => rarity(left.length, absent.length) - rarity(right.length, absent.length));
  for (const chosen of ordered) {
    const made = new Set<string>();
    for (const [label, valueOf] of fillings) {
      const added = chosen.map((key) => ({ key, value: valueOf(key) }));
      const values = added.map(({ value }) => value.raw).join();
      if (made.has(values)) continue;
      made.add(values);
      const members = inOrder([...object.members, ...added], names);
      yield {
        label: `with ${chosen.map((name) => `"${name}"`).join(', ')}, which are ${label}`,
        cost: 4,
        root: () => replaced(root, (node) => (node === object ? { ...node, members } : node)),
      };
    }
  }
}

function rarity(chosen: number, all: number): number {
  return chosen === all ? 0 : chosen;
}

/** Every choice of so many is made. */
const mostAbsent = 9;
/** Of all objects together, so many choices. */
const mostChoices = 1500;

const fillings: readonly (readonly [label: string, valueOf: (name: string) => JsonScalar])[] = [
  ['null', () => nothing],
  ['the zero values of their types', zeroValue],
  ['null, false or 0 (C#)', (name) => (zeroValue(name).raw === '""' ? nothing : zeroValue(name))],
  ['empty', () => newScalar('string', '')],
  ['false', () => newScalar('literal', 'false')],
];

/** What Go, and C# for values, writes for a member that was not set; its type is told from its name. */
function zeroValue(name: string): JsonScalar {
  if (/^(?:enable|is[A-Z]|has[A-Z]|pause|loop|interrupt|mute|userEngagement)/.test(name))
    return newScalar('literal', 'false');
  if (/(?:seconds|timeout|mills|duration|version|count|digits|collect)$/i.test(name)) return newScalar('number', '0');
  if (
    /(?:options|headers|info|configuration|locator|[a-rt-z]s|to|cc|bcc|destination|ice|ace|pie|dice|user|app)$/i.test(
      name,
    ) &&
    name !== 'custom' &&
    !name.endsWith('prompts')
  )
    return nothing;
  return newScalar('string', '');
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
