import { isContainer, type JsonMember, type JsonNode, type JsonScalar } from './json-text.ts';

/** What becomes of the tokens and the members of a tree; what is not named stays as it is. */
export interface JsonRewriting {
  readonly key?: (key: string) => string;
  /** Another node in the place of a string, a number or a literal. */
  readonly scalar?: (node: JsonScalar, key: string | undefined) => JsonNode;
  readonly members?: (members: readonly JsonMember[]) => readonly JsonMember[];
}

/** A tree rewritten from its leaves. Places in the text are those of the tree it was. */
export function rewriteJson(node: JsonNode, rewriting: JsonRewriting, key?: string): JsonNode {
  if (!isContainer(node)) return rewriting.scalar?.(node, key) ?? node;
  const members = node.members.map((member) => ({
    key: member.key === undefined ? undefined : (rewriting.key?.(member.key) ?? member.key),
    value: rewriteJson(member.value, rewriting, member.key ?? key),
  }));
  return { ...node, members: node.kind === 'object' ? (rewriting.members?.(members) ?? members) : members };
}

/** A node of its own, which stands nowhere in the text. */
export function newScalar(kind: JsonScalar['kind'], value: string): JsonScalar {
  return { kind, raw: kind === 'string' ? JSON.stringify(value) : value, text: value, start: 0, end: 0 };
}
