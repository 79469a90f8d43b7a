/**
 * A copy of plain data that nobody can change any more, each member read once: what was checked stays what is used, also
 * where the original is changed later or answers differently each time. Functions are taken over as they are.
 */
export function frozenCopy<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(Array.from(value, frozenCopy)) as Value;
  const copy: Record<string, unknown> = {};
  // Also what it inherits: a scheme may be made of another one by Object.create.
  for (const name in value) {
    const member = frozenCopy(value[name]);
    Object.defineProperty(copy, name, { value: member, enumerable: true });
  }
  return Object.freeze(copy) as Value;
}
