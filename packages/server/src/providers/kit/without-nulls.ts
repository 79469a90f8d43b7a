/**
 * A value that was just parsed, changed in place: members that are `null` count as absent, for clients that write unset
 * fields so. A reviver of `JSON.parse` takes ten times as long.
 */
export function withoutNulls(value: unknown): unknown {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const container = open.pop() as Record<string, unknown>;
    if (typeof container !== 'object' || container === null) continue;
    for (const name of Object.keys(container)) {
      const member = container[name];
      if (typeof member === 'object' && member !== null) open.push(member);
      else if (member !== null) continue;
      else if (Array.isArray(container)) (container as unknown[])[Number(name)] = undefined;
      else delete container[name];
    }
  }
  return value ?? undefined;
}
