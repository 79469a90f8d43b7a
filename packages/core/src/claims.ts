import { onlyParameterValue } from './canonical/parameters.ts';
import type { Refusal, RefusalCode } from './errors.ts';
import { onlyHeaderValue, type Message } from './message.ts';
import { rowOf } from './parts/sources.ts';
import { readAuthorization, type AuthorizationFields } from './places/authorization.ts';
import { parseTimestamp } from './canonical/timestamp.ts';
import { identifierOf, type ComponentsRule } from './places/components-rule.ts';
import { parametersField } from './parts/components.ts';
import { readDate } from './places/date.ts';
import { readList, type ListRule } from './places/listed-authorization.ts';
import { readSignatureInput, type DeclaredSignature } from './places/signature-input.ts';
import { readSignedHeaders } from './places/signed-headers.ts';
import type { Validity } from './places/token-date.ts';
import { tokenKeyId } from './places/token.ts';
import type { RequestRules } from './request-rules.ts';
import type { Claims } from './trace.ts';

/** What a request says about its own signature, read strictly and not yet believed. */
export interface SignedClaims extends Claims {
  /** The header that the signed date stands in. */
  readonly dateHeader?: string | undefined;
  /** The signed date in milliseconds since the epoch. */
  readonly signedAtMs?: number | undefined;
  /** Headers signed beyond the scheme's own, lower case. */
  readonly furtherHeaders: readonly string[];
  /** What a token, or a signature that declares its components, says of its own validity. */
  readonly validity?: Validity | undefined;
  /** Further signatures, where the request may carry several: any of them may be the right one. */
  readonly otherSignatures?: readonly string[] | undefined;
  /** The components that the request says it signs, if it lists them. */
  readonly declared?: DeclaredSignature | undefined;
  /** Fields of the scheme's own that stand beside the signature, by name. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
}

/** What was read, or why nothing could be. */
export type ClaimsResult = { readonly ok: true; readonly claims: SignedClaims } | ({ readonly ok: false } & Refusal);

/**
 * Reads what a request claims: its key id, signature, signed headers and date. Nothing is verified; use it to look a key
 * up before `verify`.
 */
export function readClaims(scheme: RequestRules, message: ClaimingMessage): ClaimsResult {
  if (scheme.components) return readDeclared(scheme, scheme.components, message);
  const { authorization } = scheme;
  const { header, parameter, keyHeader } = authorization;
  const fields =
    parameter === undefined
      ? fieldsOfHeader(message, authorization, header)
      : fieldsOfValue(onlyParameterValue(message, 'form-or-query', parameter), authorization, parameter, 'parameter');
  if ('code' in fields) return { ok: false, ...fields };
  const named =
    keyHeader &&
    (keyHeader.header === ''
      ? { keyId: tokenKeyId(keyHeader, fields.fields) }
      : fieldsOfHeader(message, keyHeader, keyHeader.header));
  if (named && 'code' in named) return { ok: false, ...named };

  const { signature, signedHeaders, otherSignatures, fields: ownFields } = fields;
  const { keyId } = named ?? fields;
  const list =
    signedHeaders === undefined
      ? undefined
      : scheme.signedHeaders && readSignedHeaders(scheme.signedHeaders, signedHeaders);
  if (signedHeaders !== undefined && !list) {
    const lists = scheme.signedHeaders?.accepted.map((names) => names.join(';')).join(' or ');
    return refuse('authorization/signed-headers', `the signed headers are "${signedHeaders}"; expected ${lists}`);
  }
  const furtherHeaders = list?.further ?? [];
  if (!scheme.date)
    return {
      ok: true,
      claims: { signature, keyId, signedHeaders, furtherHeaders, otherSignatures, fields: ownFields },
    };
  const date = readDate(scheme.date, message, list?.accepted, fields.date, ownFields);
  if ('code' in date) return { ok: false, ...date };
  const { dateHeader, text, signedAtMs, validity } = date;
  return {
    ok: true,
    claims: {
      signature,
      keyId,
      signedHeaders,
      date: text,
      dateHeader,
      signedAtMs,
      validity,
      furtherHeaders,
      otherSignatures,
      fields: ownFields,
    },
  };
}

/** Those of a signature that declares its components. */
function readDeclared(scheme: RequestRules, rule: ComponentsRule, message: ClaimingMessage): ClaimsResult {
  const declared = readSignatureInput(rule, message);
  if ('code' in declared) return { ok: false, ...declared };
  const { signature, keyId, created, expiresAtMs, parametersText, components } = declared;
  const signedAtMs = created === undefined || !scheme.date ? undefined : parseTimestamp(created, scheme.date.format);
  if (created === undefined) return refuse('date/missing', 'signature-input: there is no created');
  if (signedAtMs === undefined) return refuse('date/malformed', `signature-input: created is no time: ${created}`);
  return {
    ok: true,
    claims: {
      signature,
      keyId,
      signedHeaders: components.map(identifierOf).join(' '),
      date: created,
      signedAtMs,
      validity: { fromMs: undefined, untilMs: expiresAtMs },
      furtherHeaders: [],
      declared,
      fields: { [parametersField]: parametersText },
    },
  };
}

/** Whether the claims can be this scheme's at all: all JWTs look alike, and only their claims differ. */
export function fitsScheme(scheme: RequestRules, { fields = {} }: Pick<SignedClaims, 'fields'>): boolean {
  return scheme.parts.every(({ source }) => rowOf(source).fits?.(source, fields, scheme) !== false);
}

/** The message; or only its head, when the body has not arrived: then parameters are those of the query. */
export type ClaimingMessage = Omit<Message, 'body'> & Partial<Pick<Message, 'body'>>;

/** What is read by a template. */
type FieldsRule = Parameters<typeof readAuthorization>[0] & { readonly list?: string };

function fieldsOfHeader(message: ClaimingMessage, rule: FieldsRule, header: string): AuthorizationFields | Refusal {
  return fieldsOfValue(onlyHeaderValue(message.headers, header), rule, header, 'header');
}

/** @param value that of the only one; how many there are, where that is not one */
function fieldsOfValue(
  value: string | number,
  rule: FieldsRule,
  name: string,
  kind: 'header' | 'parameter',
): AuthorizationFields | Refusal {
  if (value === 0) return { code: 'authorization/missing', summary: `the request has no ${name} ${kind}` };
  if (typeof value === 'number')
    return { code: 'authorization/duplicate', summary: `the request has ${value} ${name} ${kind}s` };
  const fields = rule.list === undefined ? readAuthorization(rule, value) : readList(rule as ListRule, value);
  return (
    fields ?? { code: 'authorization/malformed', summary: `the ${name} ${kind} is not of the form "${rule.template}"` }
  );
}

function refuse(code: RefusalCode, summary: string): { readonly ok: false } & Refusal {
  return { ok: false, code, summary };
}
