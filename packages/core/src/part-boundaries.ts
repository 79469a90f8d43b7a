/** One part of a string to sign, as far as its borders concern: what stands around it, and what it may hold. */
export interface BoundedPart {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** Its length is known in advance. */
  readonly fixed: boolean;
  /** Whether its value may hold a character. */
  readonly mayHold: (character: string) => boolean;
}

/**
 * Two parts between which bytes can move while the joined text stays the same; `undefined` when the text reads in one way
 * only. Read from the left, a part ends at the first character that it may not hold; read from the right, it begins
 * behind the last one. One part may hold anything: it is what the readings from both sides leave over.
 *
 * Holds for parts that end or begin with a separator; two parts that touch are told apart only when one is fixed.
 */
export function movableBoundary(parts: readonly BoundedPart[]): readonly [string, string] | undefined {
  const fromLeft = parts.findIndex((part, at) => {
    if (part.fixed || at === parts.length - 1) return false;
    const [end] = part.after + (parts[at + 1]?.before ?? '');
    return end === undefined || part.mayHold(end);
  });
  if (fromLeft < 0) return undefined;
  for (let at = parts.length - 1; at > fromLeft; at--) {
    const part = parts[at];
    const start = ((parts[at - 1]?.after ?? '') + (part?.before ?? '')).at(-1);
    if (part && !part.fixed && (start === undefined || part.mayHold(start))) {
      return [parts[fromLeft]?.name ?? '', part.name];
    }
  }
  return undefined;
}
