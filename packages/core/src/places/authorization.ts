import { once } from '../canonical/once.ts';
import {
  headerName,
  optionalFlag,
  optionalObject,
  optionalSeparator,
  optionalWords,
  words,
  type Members,
} from '../rule-members.ts';

/** Where the signature stands in the request, and how. */
export interface AuthorizationRule {
  /** The header that carries the signature; empty where a parameter does. */
  readonly header: string;
  /** The parameter of the form, or of the query where there is no form, that carries it in place of a header. */
  readonly parameter?: string;
  /**
   * Its value, with the fields `{signature}`, `{keyId}`, `{signedHeaders}`, `{date}` and those of the scheme's `resource`
   * parts (`{header}` and `{claims}` of a token); everything else stands literally, but for white space
   * behind a comma. For example `application {keyId}:{signature}`.
   */
  readonly template: string;
  /** Whether the leading word (up to the first space) is compared in any case. */
  readonly anyCaseWord?: boolean;
  /**
   * What separates the items of the value, where it is a list of them: each piece of the template between two such is an
   * item, read in any order; items that the template does not have are skipped, and several signatures are allowed, any of
   * which may fit. For example `,` with `t={date},v1={signature}`.
   */
  readonly list?: string;
  /** Whether signature and key id are percent-encoded in the value. */
  readonly escaped?: boolean;
  /**
   * A second header, which names the key and is not signed: it chooses among the keys given, and nothing else. What stands
   * literally in its template must be there, so it never chooses an algorithm either.
   */
  readonly keyHeader?: KeyHeaderRule;
}

/** A header beside the one with the signature, which names the key; of a token, a claim. */
export interface KeyHeaderRule {
  /** Empty where a claim names the key. */
  readonly header: string;
  /** The claim of the token, in place of a header; its value is the key's id alone. */
  readonly claim?: string;
  /** The member of the token's header (`kid`), in place of a header of the request; its value is the key's id alone. */
  readonly tokenHeader?: string;
  /** Its value with `{keyId}`, for example `key={keyId},algorithm=HMAC_SHA256`. */
  readonly template: string;
  readonly list?: string;
}

/** What an Authorization header (or its equivalent) says. */
export interface AuthorizationFields {
  readonly signature: string;
  readonly keyId?: string | undefined;
  readonly signedHeaders?: string | undefined;
  /** The text of the signed date, where it stands beside the signature. */
  readonly date?: string | undefined;
  /** Further signatures of a list, in the order sent. */
  readonly otherSignatures?: readonly string[];
  /** Fields of the scheme's own, by name. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
}

/** What an Authorization rule is made of. */
export const authorizationMembers: Members<AuthorizationRule> = {
  header: { wanted: 'the name of a header', fits: (value) => value === '' || headerName.fits(value) },
  parameter: optionalWords,
  template: words,
  anyCaseWord: optionalFlag,
  list: optionalSeparator,
  escaped: optionalFlag,
  keyHeader: optionalObject,
};

/** What the rule of a header that names the key is made of. */
export const keyHeaderMembers: Members<KeyHeaderRule> = {
  header: { wanted: 'the name of a header', fits: (value) => value === '' || headerName.fits(value) },
  claim: optionalWords,
  tokenHeader: optionalWords,
  template: words,
  list: optionalSeparator,
};

/** Their names. */
export const templateFields: readonly CommonField[] = ['signature', 'keyId', 'signedHeaders', 'date'];

/** The names in braces of a template, also those that are no fields. */
export function fieldsOf(template: string): readonly string[] {
  return [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
}

/** Writes the header's value from its fields. */
export function writeAuthorization(rule: WrittenRule, fields: AuthorizationFields): string {
  const pieces = templatePieces(rule);
  let text = '';
  for (let at = 0; at < pieces.length; at++) {
    text += at % 2 ? (fields[pieces[at] as CommonField] ?? '') : pieces[at];
  }
  return text;
}

/** The fields that every template may have. */
export type CommonField = 'signature' | 'keyId' | 'signedHeaders' | 'date';

/** What is read by a template. */
type ReadRule = Pick<AuthorizationRule, 'template' | 'anyCaseWord'>;

/** What is written by a template. */
export type WrittenRule = Pick<AuthorizationRule, 'template'>;

/** Literal texts at even places, the names of the fields between them at odd ones. */
const templatePieces = /* @__PURE__ */ once(({ template }: WrittenRule): readonly string[] =>
  template.split(/\{(\w+)\}/),
);

/** Reads a header's value strictly by its template; `undefined` when it does not have that shape. */
export function readAuthorization(rule: ReadRule, value: string): AuthorizationFields | undefined {
  const { pattern, at, own } = templateReading(rule);
  const match = pattern.exec(value);
  if (!match) return undefined;
  return {
    signature: match[at.signature] ?? '',
    keyId: match[at.keyId],
    signedHeaders: match[at.signedHeaders],
    date: match[at.date],
    fields: own && Object.fromEntries(own.map(([name, group]) => [name, match[group] ?? ''])),
  };
}

/** How a template is read: its pattern, and the groups that its fields are; one behind the last where it has no such field. */
interface TemplateReading {
  readonly pattern: RegExp;
  readonly at: Readonly<Record<CommonField, number>>;
  /** The fields of the scheme's own. */
  readonly own: readonly (readonly [name: string, group: number])[] | undefined;
}

const templateReading = /* @__PURE__ */ once((rule: ReadRule): TemplateReading => {
  const names = templatePieces(rule).filter((_, at) => at % 2 === 1);
  const group = (name: CommonField): number => names.lastIndexOf(name) + 1 || names.length + 1;
  const own = names
    .map((name, at) => [name, at + 1] as const)
    .filter(([name]) => !templateFields.includes(name as CommonField));
  return {
    pattern: templatePattern(rule),
    at: {
      signature: group('signature'),
      keyId: group('keyId'),
      signedHeaders: group('signedHeaders'),
      date: group('date'),
    },
    own: own.length > 0 ? own : undefined,
  };
});

/** A field holds neither white space, commas or quotes nor the character that ends it in the template. */
function templatePattern(rule: ReadRule): RegExp {
  const pieces = templatePieces(rule);
  let source = '';
  pieces.forEach((piece, at) => {
    // A token that is not signed ends with its dot.
    const least = piece === 'signature' && pieces[at - 1] === '.' ? '*' : '+';
    if (at % 2 === 1) source += `([^\\s,"${escape(pieces[at + 1]?.[0] ?? '')}]${least})`;
    else source += at === 0 && rule.anyCaseWord ? anyCase(piece) : literal(piece);
  });
  return new RegExp(`^${source}$`);
}

/** A literal text; behind a comma there may be white space or none (RFC 9110 §5.6.1). */
function literal(text: string): string {
  return escape(text).replace(/, /g, ',[ \\t]*');
}

/** The literal's leading word in either case, the rest as it is. */
function anyCase(text: string): string {
  const [word = ''] = text.split(' ', 1);
  const letters = word.replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
  return letters + literal(text.slice(word.length));
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
