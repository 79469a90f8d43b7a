/** A source in a part in the list of parts is at the fourth. */
const deepest = 32;

/**
 * A copy of plain data that nobody can change any more, each member read once: what was checked stays what is used, also
 * where the original is changed later or answers differently each time. Functions are taken over as they are.
 *
 * @throws TypeError for what is nested deeper than any scheme, or holds itself
 */
export function frozenCopy<Value>(value: Value, depth = 0): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepest) throw new TypeError(`the scheme is nested deeper than ${deepest} levels`);
  if (Array.isArray(value)) return Object.freeze(Array.from(value, (item) => frozenCopy(item, depth + 1))) as Value;
  const copy: Record<string, unknown> = {};
  // Also what it inherits: a scheme may be made of another one by Object.create.
  for (const name in value) {
    const member = frozenCopy(value[name], depth + 1);
    Object.defineProperty(copy, name, { value: member, enumerable: true });
  }
  return Object.freeze(copy) as Value;
}
