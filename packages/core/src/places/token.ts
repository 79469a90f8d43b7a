import { once } from '../canonical/once.ts';
import { ownMember, readEncodedObject, type JsonObject } from '../canonical/strict-json.ts';
import type { Refusal } from '../errors.ts';

/** What a JSON Web Token says, not yet believed (RFC 7519). */
export interface Token {
  readonly header: JsonObject;
  readonly claims: JsonObject;
}

/** The fields of a header whose template has `{header}.{claims}.{signature}`. */
export type TokenFields = Readonly<Record<string, string>>;

/** Longer parts are refused unread: no provider's is near it. */
export const longestTokenPart = 16_384;

/**
 * Reads the header and the claims of a token strictly: base64url without padding and with no bit too many, UTF-8, JSON
 * objects in which no name is there twice. Read once for each request.
 */
export const readToken: (fields: TokenFields) => Token | Refusal = /* @__PURE__ */ once((fields: TokenFields) => {
  const header = readPart(fields, 'header');
  if (typeof header === 'string') return malformed('header', header);
  const claims = readPart(fields, 'claims');
  if (typeof claims === 'string') return malformed('claims', claims);
  return { header, claims };
});

/** The object that a part of a token stands for, or what is wrong with it. */
function readPart(fields: TokenFields, name: 'header' | 'claims'): JsonObject | string {
  const text = fields[name] ?? '';
  if (text.length > longestTokenPart) return `longer than ${longestTokenPart} characters`;
  return readEncodedObject(text) ?? 'not a JSON object, each member once, in base64url without padding';
}

function malformed(name: string, problem: string): Refusal {
  return { code: 'token/malformed', summary: `the ${name} of the token: ${problem}` };
}

/** A claim that is text; `undefined` where it is none, or the token cannot be read. */
export function claimText(fields: TokenFields | undefined, name: string): string | undefined {
  return memberText(fields, 'claims', name);
}

/** The key id that a token names, in a claim or in its header; `undefined` where it names none. */
export function tokenKeyId(
  { claim, tokenHeader }: { readonly claim?: string; readonly tokenHeader?: string },
  fields: TokenFields | undefined,
): string | undefined {
  if (tokenHeader !== undefined) return memberText(fields, 'header', tokenHeader);
  return claim === undefined ? undefined : claimText(fields, claim);
}

function memberText(fields: TokenFields | undefined, part: 'header' | 'claims', name: string): string | undefined {
  const token = fields && readToken(fields);
  const value = token && 'claims' in token ? ownMember(token[part], name) : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** Why the key id, the nonce or any other text cannot be taken from a token: there is no such claim, or it is no text. */
export function checkClaimText({ claims }: Token, name: string): Refusal | undefined {
  const value = ownMember(claims, name);
  if (typeof value === 'string' && value !== '') return undefined;
  const problem = value === undefined ? `has no claim "${name}"` : `has a claim "${name}" that is no text`;
  return { code: 'token/claim', summary: `the token ${problem}` };
}
