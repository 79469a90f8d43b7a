import type { SignedHeadersRule } from '../places/signed-headers.ts';
import type { PartRule } from './part-rule.ts';
import type { SourceRules } from './source.ts';
import { rowOf } from './sources.ts';

/** One part of a string to sign, as far as its borders concern: what stands around it, and what it may hold. */
interface BoundedPart {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** Whether its value may hold a character; `undefined` where its length is known in advance. */
  readonly mayHold: ((character: string) => boolean) | undefined;
}

/** What a scheme says of how its parts are told apart. */
interface BoundaryRules extends SourceRules {
  readonly parts: readonly PartRule[];
  readonly signedHeaders?: SignedHeadersRule;
}

/**
 * Two parts between which bytes can move while the joined text stays the same; `undefined` when the text reads in one way
 * only. Read from the left, a part ends at the first character that it may not hold; read from the right, it begins
 * behind the last one. One part may hold anything: it is what the readings from both sides leave over.
 *
 * Holds for parts that end or begin with a separator; two parts that touch are told apart only when one is fixed.
 */
export function movableBoundary(scheme: BoundaryRules): readonly [string, string] | undefined {
  const parts = boundedParts(scheme);
  const fromLeft = parts.findIndex((part, at) => {
    if (!part.mayHold || at === parts.length - 1) return false;
    const [end] = part.after + (parts[at + 1]?.before ?? '');
    return end === undefined || part.mayHold(end);
  });
  if (fromLeft < 0) return undefined;
  for (let at = parts.length - 1; at > fromLeft; at--) {
    const part = parts[at];
    const start = ((parts[at - 1]?.after ?? '') + (part?.before ?? '')).at(-1);
    if (part?.mayHold && (start === undefined || part.mayHold(start))) {
      return [parts[fromLeft]?.name ?? '', part.name];
    }
  }
  return undefined;
}

/** The parts with what each may hold, as `stringToSign` and the formats of dates and hashes leave it. */
function boundedParts(scheme: BoundaryRules): BoundedPart[] {
  const bounded: BoundedPart[] = [];
  for (const { name, source, before = '', after, excludes = '' } of scheme.parts) {
    const constant = rowOf(source).constant?.(source);
    if (constant !== undefined) {
      // Literal text is more of the separator behind the part before it.
      const last = bounded.pop();
      if (last) bounded.push({ ...last, after: last.after + before + constant + after });
      continue;
    }
    const holds = rowOf(source).holds(source, scheme);
    const mayHold = holds && ((character: string) => holds.test(character) && !excludes.includes(character));
    bounded.push({ name, before, after, mayHold });
  }
  const separator = scheme.signedHeaders?.furtherSeparator;
  if (separator === undefined) return bounded;
  // There may be any number of further headers, so none of them can be told from what stands before it from the right.
  return [...bounded, { name: 'further headers', before: separator, after: '', mayHold: () => true }];
}
