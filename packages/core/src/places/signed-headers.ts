import { once } from '../canonical/once.ts';
import { headerNameLists, type Members } from '../rule-members.ts';

/** Which lists of signed headers a request may declare. */
export interface SignedHeadersRule {
  /** Accepted lists, lower case, in order. The first is the one written by default. */
  readonly accepted: readonly (readonly string[])[];
  /** When further headers may follow an accepted list: what stands before each of their values in the string to sign. */
  readonly furtherSeparator?: string;
}

/** What a rule on signed headers is made of. */
export const signedHeadersMembers: Members<SignedHeadersRule> = {
  accepted: headerNameLists,
  furtherSeparator: {
    wanted: 'text, and not empty',
    fits: (value) => typeof value === 'string' && value !== '',
    optional: true,
  },
};

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
  const names = rule.accepted.find((list) => !dateHeader || list.includes(dateHeader));
  if (!names || further.length === 0) return names && listText(names);
  const all = [...names, ...further];
  return rule.furtherSeparator && new Set(all).size === all.length ? all.join(';') : undefined;
}

/** Reads a declared list; `undefined` when it is no accepted one, nor one followed by what the scheme allows. */
export function readSignedHeaders(rule: SignedHeadersRule, declared: string): SignedHeaderList | undefined {
  for (const accepted of rule.accepted) {
    const text = listText(accepted);
    if (declared === text) return { accepted, further: [] };
    if (rule.furtherSeparator === undefined || !declared.startsWith(`${text};`)) continue;
    const further = declared.slice(text.length + 1).split(';');
    const all = [...accepted, ...further];
    if (new Set(all).size === all.length) return { accepted, further };
  }
  return undefined;
}

const listText = /* @__PURE__ */ once((names: readonly string[]) => names.join(';'));
