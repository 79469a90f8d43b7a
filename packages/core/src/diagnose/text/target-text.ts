/** A request target (or an absolute URL somebody signed in its place), taken apart without changing it. */
export interface TargetText {
  readonly path: string;
  /** The query without its question mark; `undefined` when there is no question mark. */
  readonly query: string | undefined;
}

export function splitTarget(text: string): TargetText {
  const at = text.indexOf('?');
  return at < 0 ? { path: text, query: undefined } : { path: text.slice(0, at), query: text.slice(at + 1) };
}

export function joinTarget({ path, query }: TargetText): string {
  return query === undefined ? path : `${path}?${query}`;
}

/** The text of a slot that holds a target's path or path and query, else `undefined`. */
export function targetValue(slot: { source: { from: string; form?: string }; value: unknown }): string | undefined {
  return slot.source.from === 'target' && slot.source.form !== 'query' && typeof slot.value === 'string'
    ? slot.value
    : undefined;
}
