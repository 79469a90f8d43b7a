import { encodeBase64, utf8 } from './byte-encoding.ts';
import type { BareItem, InnerList, Item, Member, Parameters } from './structured-fields.ts';

/** Writes a dictionary in the one way that RFC 9651 §4.1.2 has. */
export function dictionaryText(members: ReadonlyMap<string, Member>): string {
  return [...members]
    .map(([name, member]) =>
      'item' in member && member.item.kind === 'boolean' && member.item.value
        ? name + parametersText(member.parameters)
        : `${name}=${memberText(member)}`,
    )
    .join(', ');
}

/** Writes a list. */
export function listText(members: readonly Member[]): string {
  return members.map(memberText).join(', ');
}

/** Writes an item or an inner list. */
export function memberText(member: Member): string {
  return 'item' in member ? itemText(member) : innerListText(member);
}

/** Writes an item with its parameters. */
export function itemText({ item, parameters }: Item): string {
  return bareText(item) + parametersText(parameters);
}

/** Writes a list in brackets with its parameters. */
export function innerListText({ items, parameters }: InnerList): string {
  return `(${items.map(itemText).join(' ')})${parametersText(parameters)}`;
}

function parametersText(parameters: Parameters): string {
  let text = '';
  for (const [name, value] of parameters) {
    text += `;${name}`;
    if (value.kind !== 'boolean' || !value.value) text += `=${bareText(value)}`;
  }
  return text;
}

/** Writes a bare item. */
export function bareText({ kind, value }: BareItem): string {
  switch (kind) {
    case 'string':
      return `"${value.replace(/["\\]/g, '\\$&')}"`;
    case 'bytes':
      return `:${encodeBase64(value)}:`;
    case 'boolean':
      return value ? '?1' : '?0';
    case 'date':
      return `@${value}`;
    case 'integer':
      return `${value === 0 ? 0 : value}`;
    case 'decimal':
      return decimalText(value);
    case 'display':
      return `%"${displayText(value)}"`;
    case 'token':
      return value;
  }
}

function decimalText(value: number): string {
  const [whole = '0', fraction = ''] = value.toFixed(3).split('.');
  return `${whole}.${fraction.replace(/0{1,2}$/, '')}`;
}

function displayText(value: string): string {
  let text = '';
  for (const byte of utf8.encode(value)) {
    const isPlain = byte >= 0x20 && byte <= 0x7e && byte !== 0x25 && byte !== 0x22;
    text += isPlain ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`;
  }
  return text;
}
