import { bodyFixes } from '../fixes/string-to-sign.ts';
import { type Departure, sayDeparture } from '../search/departure.ts';
import { jsonStyles, stringWriters } from '../text/json-dialects.ts';
import type { Evidence } from '../reading/evidence.ts';
import { isContainer, isUnset, jsonNodes, renderJson, type JsonNode } from '../text/json-text.ts';
import type { BodyMove, MistakeClass } from '../search/mistake-class.ts';
import { brief } from '../text/brief.ts';

type Piece =
  | { readonly kind: 'part'; readonly path: string }
  | { readonly kind: 'only member' | 'field' | 'field value' | 'all but'; readonly name: string }
  | { readonly kind: 'all but one item' };

/** A piece of the body instead of all of it. */
export const bodyPartOnly: MistakeClass<Piece | Departure> = {
  id: 'body/part-only',
  rank: 280,
  needs: 'body',
  manifold: true,
  bodies: (_, text, evidence) => pieces(text, evidence),
  bodiesAreShort: true,
  speaksOf: (find) => (find.kind === 'departure' && find.subject === 'body' ? find : undefined),
  say: (detail, { yours }) =>
    detail.kind === 'departure'
      ? sayDeparture(detail)
      : `Only a part of the body was hashed: ${inWords(detail)}${yours === '' ? '' : ` (${brief(yours)})`}.`,
  fixes: ({ scheme }) =>
    bodyFixes(scheme, {
      javascript: 'body: the whole of it, JSON.stringify(request), once',
      python: 'body: the whole of it, json.dumps(request).encode(), once',
      csharp: 'body: the whole of it, serialized once',
      java: 'body: the whole of it, mapper.writeValueAsBytes(request), not request.getContent()',
      php: 'body: the whole of it, json_encode($request), once',
      go: 'body: the whole of it, json.Marshal(request), once',
      ruby: 'body: the whole of it, request.to_json, once',
      bash: 'body: the whole of it',
      powershell: 'body: the whole of it, serialized once',
    }),
};

function inWords(detail: Piece): string {
  switch (detail.kind) {
    case 'part':
      return `the part "${detail.path}"`;
    case 'only member':
      return `its member "${detail.name}" alone`;
    case 'field':
      return `the field "${detail.name}"`;
    case 'field value':
      return `the value of the field "${detail.name}"`;
    case 'all but':
      return `all of it but "${detail.name}"`;
    case 'all but one item':
      return 'all of it but one item';
  }
}

/** More pieces than this say more about the body than about the mistake. */
const pieceLimit = 400;

function* pieces(text: string | undefined, { bodyJson, budget }: Evidence): Generator<BodyMove<Piece>> {
  if (text === undefined) return;
  const root = bodyJson();
  if (!root) {
    yield* formFields(text, budget);
    return;
  }
  let count = 0;
  for (const { node, path } of jsonNodes(root)) {
    if (node === root) continue;
    if (++count > pieceLimit) return;
    const length = node.end - node.start;
    if (!budget.affordsBody(length)) continue;
    const part: Piece = { kind: 'part', path };
    yield { detail: part, cost: 1, body: text.slice(node.start, node.end) };
    if (isContainer(node)) {
      for (const { style } of jsonStyles.slice(0, 4)) {
        for (const writer of stringWriters.slice(0, 4)) {
          if (!budget.affordsBody(length)) return;
          yield { detail: part, cost: 2, body: renderJson(node, { ...style, string: writer.write }) };
        }
      }
    } else if (node.kind === 'string') {
      yield { detail: part, cost: 1, body: node.text };
    }
  }
  yield* withoutOne(root, text.length, budget);
}

/** The body without one of its members, at the top and one level below. */
function* withoutOne(root: JsonNode, length: number, budget: Evidence['budget']): Generator<BodyMove<Piece>> {
  if (!isContainer(root)) return;
  const containers = [root];
  for (const { value } of root.members) {
    if (isContainer(value)) containers.push(value);
  }
  for (const container of containers.slice(0, 10)) {
    for (const left of container.members.slice(0, 40)) {
      // What serializers leave out by themselves is no part of the body.
      if (left.key !== undefined && isUnset(left.value)) continue;
      const keep = (member: { value: unknown }): boolean => member.value !== left.value;
      for (const { style } of jsonStyles.slice(0, 3)) {
        for (const writer of stringWriters.slice(0, 3)) {
          if (!budget.affordsBody(length)) return;
          const detail: Piece =
            left.key === undefined ? { kind: 'all but one item' } : { kind: 'all but', name: left.key };
          yield { detail, cost: 2, body: renderJson(root, { ...style, string: writer.write, keep }) };
        }
      }
    }
  }
  const { members } = root;
  if (root.kind === 'object' && members.length > 2) {
    const top = new Set<JsonNode>(members.map(({ value }) => value));
    for (const only of members.slice(0, 40)) {
      if (!budget.affordsBody(length)) return;
      const keep = ({ value }: { value: JsonNode }): boolean => value === only.value || !top.has(value);
      yield {
        detail: { kind: 'only member', name: only.key ?? '' },
        cost: 2,
        body: renderJson(root, { item: ',', key: ':', string: ({ raw }) => raw, keep }),
      };
    }
  }
}

function* formFields(text: string, budget: Evidence['budget']): Generator<BodyMove<Piece>> {
  if (!/^[^=&\s]+=/.test(text)) return;
  let start = 0;
  for (const field of text.split('&', pieceLimit)) {
    const name = field.split('=')[0] ?? '';
    yield { detail: { kind: 'field', name }, cost: 1, body: field };
    yield { detail: { kind: 'field value', name }, cost: 1, body: field.slice(name.length + 1) };
    const rest = start + field.length + 1;
    if (!budget.affordsBody(text.length)) return;
    const others = rest > text.length ? text.slice(0, Math.max(0, start - 1)) : text.slice(0, start) + text.slice(rest);
    yield { detail: { kind: 'all but', name }, cost: 1, body: others };
    start = rest;
  }
}
