import type { SignedHeadersRule } from '../scheme.ts';

/** A declared list of signed headers, taken apart. */
export interface SignedHeaderList {
  /** The accepted list that it is, or that it begins with. */
  readonly accepted: readonly string[];
  /** The names behind that. */
  readonly further: readonly string[];
}

/**
 * Writes the list of signed headers: the first accepted one that names the date header, and the further names behind it.
 * `undefined` when the scheme allows no further names, or one is there twice.
 */
export function writeSignedHeaders(
  rule: SignedHeadersRule,
  dateHeader: string | undefined,
  further: readonly string[],
): string | undefined {
  for (const names of rule.accepted) {
    if (dateHeader !== undefined && !names.includes(dateHeader)) continue;
    if (further.length === 0) return listText(names);
    const all = [...names, ...further];
    return rule.furtherSeparator !== undefined && distinct(all) ? all.join(';') : undefined;
  }
  return undefined;
}

/** Reads a declared list; `undefined` when it is no accepted one, nor one followed by what the scheme allows. */
export function readSignedHeaders(rule: SignedHeadersRule, declared: string): SignedHeaderList | undefined {
  for (const accepted of rule.accepted) {
    const text = listText(accepted);
    if (declared === text) return { accepted, further: [] };
    if (rule.furtherSeparator === undefined || !declared.startsWith(`${text};`)) continue;
    const further = declared.slice(text.length + 1).split(';');
    if (distinct([...accepted, ...further])) return { accepted, further };
  }
  return undefined;
}

function distinct(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}

const listTexts = new WeakMap<readonly string[], string>();

function listText(names: readonly string[]): string {
  let text = listTexts.get(names);
  if (text === undefined) listTexts.set(names, (text = names.join(';')));
  return text;
}
