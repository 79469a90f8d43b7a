import { inputError } from './input-error.ts';
import { jsonMember } from './json-member.ts';

/** As Postman looks for them: nothing is trimmed, and no name holds a brace. */
const token = /\{\{([^{}]*?)\}\}/g;
/** Postman's own limit for values that hold variables in turn. */
const mostPasses = 19;
/** Characters; more than any request holds. */
const longestText = 4_000_000;

/** Fills in a text what its variables stand for. */
export type Fill = (text: string) => string;

/**
 * What fills variables as Postman does: a name is looked up in each scope in turn, and a value's own variables are filled
 * again. A name without a value stays as it stands, and is added to `unresolved`; one with an empty value,
 * too, because exports hold the values that variables begin with, and not those that were put in later.
 *
 * @param scopes values by name, those that count most first
 * @see https://learning.postman.com/docs/sending-requests/variables/variables/#variable-scopes
 */
export function fillFrom(scopes: readonly ReadonlyMap<string, string>[], unresolved: Set<string>): Fill {
  const find = (name: string): string | undefined => scopes.find((scope) => scope.has(name))?.get(name);
  return (text) => {
    let filled = text;
    for (let pass = 0; pass < mostPasses; pass++) {
      let isChanged = false;
      let length = filled.length;
      filled = filled.replace(token, (whole, name: string) => {
        const value = find(name);
        if (value === undefined) return whole;
        isChanged = true;
        if (value === '') unresolved.add(whole);
        length += value.length;
        if (length > longestText)
          throw inputError('input/collection', 'its variables stand for more text than a request holds');
        return value;
      });
      if (!isChanged) break;
    }
    for (const [whole] of filled.matchAll(token)) unresolved.add(whole);
    return filled;
  };
}

/** The variables of a list, as collections and environments hold them: without those that are switched off. */
export function variablesOf(list: unknown): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of Array.isArray(list) ? (list as unknown[]) : []) {
    // Version 2.0 knows them by `id`.
    const name = jsonMember(entry, 'key') ?? jsonMember(entry, 'id');
    if (typeof name !== 'string' || jsonMember(entry, 'disabled') === true || jsonMember(entry, 'enabled') === false)
      continue;
    found.set(name, textOfValue(jsonMember(entry, 'value')));
  }
  return found;
}

function textOfValue(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
