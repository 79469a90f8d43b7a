import { once } from '../canonical/once.ts';
import type { AuthorizationFields } from './authorization.ts';

/** A header's value that is a list of items. */
export interface ListRule {
  readonly template: string;
  readonly list: string;
  readonly escaped?: boolean;
}

/** One item of a list: the text that it begins with, and the field behind that; none where the whole item is literal. */
interface ListItem {
  readonly prefix: string;
  readonly field: string | undefined;
}

/**
 * Reads a value that is a list of items (`t=1717000000,v1=5257a8…`), strictly but for the order; `undefined` when an item
 * of the template is missing, one but the signature is there twice, or one holds what no field may hold. One pass, however
 * many items there are.
 */
export function readList(rule: ListRule, value: string): AuthorizationFields | undefined {
  const { word, items } = itemsOf(rule);
  if (!value.startsWith(word)) return undefined;
  const found = new Map<ListItem, string[]>();
  for (const text of value.slice(word.length).split(rule.list)) {
    const trimmed = rule.list === ',' ? text.trim() : text;
    const item = items.find(({ prefix, field }) =>
      field === undefined ? trimmed === prefix : trimmed.startsWith(prefix),
    );
    if (!item) continue;
    const fieldValue = fieldOf(rule, item, trimmed.slice(item.prefix.length));
    if (fieldValue === undefined) return undefined;
    const known = found.get(item);
    if (!known) found.set(item, [fieldValue]);
    else if (item.field === 'signature') known.push(fieldValue);
    else return undefined;
  }
  const fields: Record<string, string> = {};
  for (const item of items) {
    const values = found.get(item);
    if (!values) return undefined;
    if (item.field !== undefined) fields[item.field] = values[0] as string;
  }
  const { signature = '', keyId, date, ...others } = fields;
  const [, ...otherSignatures] = [...found].find(([{ field }]) => field === 'signature')?.[1] ?? [];
  return { signature, keyId, date, otherSignatures, fields: others };
}

function fieldOf({ escaped }: ListRule, { field }: ListItem, text: string): string | undefined {
  if (field === undefined) return '';
  if (text === '' || /[\s,"]/.test(text)) return undefined;
  if (!escaped || (field !== 'signature' && field !== 'keyId')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The word before the list, and the template's items: those with the longer beginnings first. */
const itemsOf = /* @__PURE__ */ once(
  ({ template, list }: ListRule): { readonly word: string; readonly items: readonly ListItem[] } => {
    const word = list === ' ' ? '' : (/^[^\s{}]+ /.exec(template)?.[0] ?? '');
    const items = template
      .slice(word.length)
      .split(list)
      .map((item): ListItem => {
        const [, prefix = '', field] = /^([^{]*)(?:\{(.*)\})?$/.exec(item) ?? [];
        return { prefix, field };
      });
    return { word, items: items.toSorted((one, other) => other.prefix.length - one.prefix.length) };
  },
);
