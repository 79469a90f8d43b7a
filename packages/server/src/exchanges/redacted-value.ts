import type { Redaction } from '@countersign/core/redaction';

/**
 * A value without keys: its texts and bytes are redacted, names of members included. What holds no key is the same value.
 * Functions stay. Values that it is for are the server's own and not deep.
 */
export function redactedValue<T>(value: T, redaction: Redaction): T {
  return shown(value, redaction) as T;
}

function shown(value: unknown, redaction: Redaction): unknown {
  if (typeof value === 'string') return redaction.text(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return redaction.bytes(value);
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => shown(item, redaction));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  let changed = false;
  const members = Object.entries(value).map(([name, member]): [string, unknown] => {
    const pair: [string, unknown] = [redaction.text(name), shown(member, redaction)];
    changed ||= pair[0] !== name || pair[1] !== member;
    return pair;
  });
  return changed ? Object.fromEntries(members) : value;
}
