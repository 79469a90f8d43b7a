import { once } from '../canonical/once.ts';
import { headerNameLists, type Members } from '../rule-members.ts';
import type { SignedHeadersRule } from './signed-headers-rule.ts';
import { writers } from './writers.ts';

export type { SignedHeadersRule } from './signed-headers-rule.ts';

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

/** Writes the first accepted list that names the date header. */
writers.signedHeaders = ({ accepted }, dateHeader) => {
  const names = accepted.find((list) => !dateHeader || list.includes(dateHeader));
  return names && listText(names);
};

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
