import type { AuthorizationRule } from '../scheme.ts';

/** What an Authorization header (or its equivalent) says. */
export interface AuthorizationFields {
  readonly signature: string;
  readonly keyId?: string;
  readonly signedHeaders?: string;
}

/** Writes the header's value from its fields. */
export function writeAuthorization(rule: AuthorizationRule, fields: AuthorizationFields): string {
  return rule.template.replace(/\{(\w+)\}/g, (_, name: keyof AuthorizationFields) => fields[name] ?? '');
}

const patterns = new WeakMap<AuthorizationRule, RegExp>();

/** Reads a header's value strictly by its template; `undefined` when it does not have that shape. */
export function readAuthorization(rule: AuthorizationRule, value: string): AuthorizationFields | undefined {
  let pattern = patterns.get(rule);
  if (!pattern) patterns.set(rule, (pattern = templatePattern(rule)));
  return pattern.exec(value)?.groups as AuthorizationFields | undefined;
}

/** A template becomes a regular expression whose fields hold no white space and none of the template's own delimiters. */
function templatePattern(rule: AuthorizationRule): RegExp {
  const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  let literal = '';
  let source = '';
  for (const piece of rule.template.split(/(\{\w+\})/)) {
    if (piece.startsWith('{')) source += `(?<${piece.slice(1, -1)}>[^\\s&:,"]+)`;
    else if (piece !== '') {
      const word = rule.anyCaseWord && literal === '' ? anyCase(piece, escape) : escape(piece);
      source += word;
      literal = piece;
    }
  }
  return new RegExp(`^${source}$`);
}

function anyCase(literal: string, escape: (text: string) => string): string {
  const space = literal.indexOf(' ');
  const word = space < 0 ? literal : literal.slice(0, space);
  const rest = space < 0 ? '' : literal.slice(space);
  const letters = [...word].map((letter) =>
    letter.toLowerCase() === letter.toUpperCase() ? escape(letter) : `[${letter.toLowerCase()}${letter.toUpperCase()}]`,
  );
  return letters.join('') + escape(rest);
}
