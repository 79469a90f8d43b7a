const longest = 60;

/**
 * A value for the sentence of an error: a text, cut where it is long, or a number as it is, else what kind of value it is.
 * How long it is, and how deeply nested, is its sender's choice.
 */
export function shownValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > longest ? `${value.slice(0, longest)}…` : value);
  if (typeof value !== 'object' || value === null) return String(value);
  return Array.isArray(value) ? 'an array' : 'an object';
}
