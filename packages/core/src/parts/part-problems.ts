import { isObject, memberProblems } from '../rule-members.ts';
import { partMembers, type PartRule } from './part-rule.ts';
import type { SourceRules } from './source.ts';
import { rowOf, sources, type PartSource } from './sources.ts';

/** What a scheme says of its parts, unchecked. */
interface UncheckedParts extends SourceRules {
  readonly parts: readonly PartRule[];
}

/** What is wrong with the parts of a scheme, one by one and together. */
export function* partProblems(scheme: UncheckedParts): Generator<string> {
  const { parts } = scheme;
  // Literal text is the same in every request: it proves nothing of this one.
  if (parts.every((part) => part?.source?.from === 'literal')) yield 'at least one part must be signed';
  const names = new Set<string>();
  for (const part of parts) {
    yield* ownProblems(part);
    const { name, source } = part;
    if (names.has(name)) yield `part "${name}" is named twice`;
    names.add(name);
    const { needs } = rowOf(source);
    if (needs !== undefined && !scheme[needs]) yield `a ${source.from} part needs \`${needs}\``;
  }
  // What is sent but not signed proves nothing: whoever changes the body changes its hash too.
  for (const [from, { needs }] of Object.entries(sources)) {
    if (needs === undefined || !scheme[needs]) continue;
    const signs = ({ source }: PartRule): boolean =>
      rowOf(source).needs === needs || rowOf(source).signsRule?.(source, scheme, needs) === true;
    if (!parts.some(signs)) yield `\`${needs}\` is not signed: it needs a ${from} part`;
  }
}

function* ownProblems(part: PartRule): Generator<string> {
  if (!isObject(part)) yield '`parts: each` must be an object';
  const path = (member: string): string => `parts: ${member} of ${part?.name}`;
  yield* memberProblems(`part "${part?.name}"`, part, partMembers, path);
  const { name, source } = part;
  const from = Object.keys(sources);
  if (!from.includes(source.from)) {
    yield* memberProblems('source', { from: source.from }, { from }, () => path('source'));
    return;
  }
  yield* memberProblems(`the source of part "${name}"`, source, { from, ...rowOf(source).members }, path);
}

/** The part that is a scheme's nonce, when its source is one that may be. */
export function noncePart(parts: readonly PartRule[], nonce: string): PartSource | undefined {
  const source = parts.find(({ name }) => name === nonce)?.source;
  return source && rowOf(source).isNonce?.(source) ? source : undefined;
}
