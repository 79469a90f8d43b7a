import type { AuthorizationRule } from '../scheme.ts';
import { once } from './once.ts';

/** What an Authorization header (or its equivalent) says. */
export interface AuthorizationFields {
  readonly signature: string;
  readonly keyId?: string | undefined;
  readonly signedHeaders?: string | undefined;
}

/** Writes the header's value from its fields. */
export function writeAuthorization(rule: AuthorizationRule, fields: AuthorizationFields): string {
  const pieces = templatePieces(rule);
  let text = '';
  for (let at = 0; at < pieces.length; at++) {
    text += at % 2 === 0 ? pieces[at] : (fields[pieces[at] as keyof AuthorizationFields] ?? '');
  }
  return text;
}

/** Literal texts at even places, the names of the fields between them at odd ones. */
const templatePieces = once(({ template }: AuthorizationRule): readonly string[] => template.split(/\{(\w+)\}/));

/** Reads a header's value strictly by its template; `undefined` when it does not have that shape. */
export function readAuthorization(rule: AuthorizationRule, value: string): AuthorizationFields | undefined {
  const match = templatePattern(rule).exec(value);
  if (!match) return undefined;
  const pieces = templatePieces(rule);
  const fields: { -readonly [Name in keyof AuthorizationFields]: AuthorizationFields[Name] } = { signature: '' };
  for (let at = 1; at < match.length; at++) fields[pieces[2 * at - 1] as keyof AuthorizationFields] = match[at] ?? '';
  return fields;
}

/** Whether a request can name this key id: no signature would ever be read with one that holds its own end. */
export function isKeyId(rule: AuthorizationRule, keyId: string): boolean {
  return keyIdPattern(rule).test(keyId);
}

const keyIdPattern = /* @__PURE__ */ once(({ template }: AuthorizationRule): RegExp => {
  const end = template.charAt(template.indexOf('{keyId}') + '{keyId}'.length);
  return new RegExp(`^[^\\s,"\0-\x1f\x7f${escape(end)}]+$`);
});

/** A field holds neither white space, commas or quotes nor the character that ends it in the template. */
const templatePattern = /* @__PURE__ */ once((rule: AuthorizationRule): RegExp => {
  const pieces = templatePieces(rule);
  let source = '';
  pieces.forEach((piece, at) => {
    if (at % 2 === 1) source += `([^\\s,"${escape(pieces[at + 1]?.[0] ?? '')}]+)`;
    else source += at === 0 && rule.anyCaseWord ? anyCase(piece) : escape(piece);
  });
  return new RegExp(`^${source}$`);
});

/** The literal's leading word in either case, the rest as it is. */
function anyCase(literal: string): string {
  const [word = ''] = literal.split(' ', 1);
  const letters = word.replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
  return letters + escape(literal.slice(word.length));
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
