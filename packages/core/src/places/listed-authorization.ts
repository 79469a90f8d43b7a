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
  const found: (string[] | undefined)[] = [];
  let signatures: readonly string[] = [];
  const list = word === '' ? value : value.slice(word.length);
  for (const text of list.split(rule.list)) {
    const trimmed = rule.list === ',' ? text.trim() : text;
    for (let at = 0; at < items.length; at++) {
      const item = items[at] as ListItem;
      const { prefix, field } = item;
      if (field === undefined ? trimmed !== prefix : !trimmed.startsWith(prefix)) continue;
      const fieldValue = fieldOf(rule, item, trimmed.slice(prefix.length));
      if (fieldValue === undefined) return undefined;
      const known = found[at];
      if (!known) found[at] = [fieldValue];
      else if (field === 'signature') known.push(fieldValue);
      else return undefined;
      break;
    }
  }
  const fields: Record<string, string> = {};
  for (let at = 0; at < items.length; at++) {
    const { field } = items[at] as ListItem;
    const values = found[at];
    if (!values) return undefined;
    if (field === undefined) continue;
    fields[field] = values[0] as string;
    if (field === 'signature') signatures = values;
  }
  const { signature = '', keyId, date, ...others } = fields;
  return { signature, keyId, date, otherSignatures: signatures.slice(1), fields: others };
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
