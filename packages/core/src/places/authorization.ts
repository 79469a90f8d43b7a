import { once } from '../canonical/once.ts';
import { headerName, words, type Members } from '../rule-members.ts';

/** Where the signature stands in the request, and how. */
export interface AuthorizationRule {
  /** The header that carries the signature. */
  readonly header: string;
  /**
   * Its value, with the fields `{signature}`, `{keyId}` and `{signedHeaders}`; everything else stands literally.
   * For example `application {keyId}:{signature}`.
   */
  readonly template: string;
  /** Whether the leading word (up to the first space) is compared in any case. */
  readonly anyCaseWord?: boolean;
}

/** What an Authorization header (or its equivalent) says. */
export interface AuthorizationFields {
  readonly signature: string;
  readonly keyId?: string | undefined;
  readonly signedHeaders?: string | undefined;
}

/** What an Authorization rule is made of. */
export const authorizationMembers: Members<AuthorizationRule> = {
  header: headerName,
  template: words,
  anyCaseWord: { wanted: 'true or false', fits: (value) => typeof value === 'boolean', optional: true },
};

/** The fields that a template may have. */
export const templateFields: Readonly<Record<keyof AuthorizationFields, true>> = {
  signature: true,
  keyId: true,
  signedHeaders: true,
};

/** The names in braces of a template, also those that are no fields. */
export function fieldsOf(template: string): readonly string[] {
  return [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
}

/** Writes the header's value from its fields. */
export function writeAuthorization(rule: AuthorizationRule, fields: AuthorizationFields): string {
  const pieces = templatePieces(rule);
  let text = '';
  for (let at = 0; at < pieces.length; at++) {
    text += at % 2 ? (fields[pieces[at] as keyof AuthorizationFields] ?? '') : pieces[at];
  }
  return text;
}

/** Literal texts at even places, the names of the fields between them at odd ones. */
const templatePieces = /* @__PURE__ */ once(({ template }: AuthorizationRule): readonly string[] =>
  template.split(/\{(\w+)\}/),
);

/** Reads a header's value strictly by its template; `undefined` when it does not have that shape. */
export function readAuthorization(rule: AuthorizationRule, value: string): AuthorizationFields | undefined {
  const match = templatePattern(rule).exec(value);
  if (!match) return undefined;
  const pieces = templatePieces(rule);
  const fields: { -readonly [Name in keyof AuthorizationFields]: AuthorizationFields[Name] } = { signature: '' };
  for (let at = 1; at < match.length; at++) fields[pieces[2 * at - 1] as keyof AuthorizationFields] = match[at] ?? '';
  return fields;
}

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
