import type { Refusal, RefusalCode } from './errors.ts';
import { headerValues, type Message } from './message.ts';
import { readAuthorization } from './places/authorization.ts';
import { readDate } from './places/date.ts';
import { readSignedHeaders } from './places/signed-headers.ts';
import type { Scheme } from './scheme.ts';
import type { Claims } from './trace.ts';

/** What a request says about its own signature, read strictly and not yet believed. */
export interface SignedClaims extends Claims {
  /** The header that the signed date stands in. */
  readonly dateHeader?: string | undefined;
  /** The signed date in milliseconds since the epoch. */
  readonly signedAtMs?: number | undefined;
  /** Headers signed beyond the scheme's own, lower case. */
  readonly furtherHeaders: readonly string[];
}

/** What was read, or why nothing could be. */
export type ClaimsResult = { readonly ok: true; readonly claims: SignedClaims } | ({ readonly ok: false } & Refusal);

/**
 * Reads what a request claims: its key id, signature, signed headers and date. Nothing is verified; use it to look a key
 * up before `verify`.
 */
export function readClaims(scheme: Scheme, message: Message): ClaimsResult {
  const { header, template } = scheme.authorization;
  const values = headerValues(message.headers, header);
  const [value] = values;
  if (value === undefined) return refuse('authorization/missing', `the request has no ${header} header`);
  if (values.length > 1) return refuse('authorization/duplicate', `the request has ${values.length} ${header} headers`);
  const fields = readAuthorization(scheme.authorization, value);
  if (!fields) return refuse('authorization/malformed', `the ${header} header is not of the form "${template}"`);

  const { signature, keyId, signedHeaders } = fields;
  const list =
    signedHeaders === undefined
      ? undefined
      : scheme.signedHeaders && readSignedHeaders(scheme.signedHeaders, signedHeaders);
  if (signedHeaders !== undefined && !list) {
    const lists = scheme.signedHeaders?.accepted.map((names) => names.join(';')).join(' or ');
    return refuse('authorization/signed-headers', `the signed headers are "${signedHeaders}"; expected ${lists}`);
  }
  const furtherHeaders = list?.further ?? [];
  if (!scheme.date) return { ok: true, claims: { signature, keyId, signedHeaders, furtherHeaders } };
  const date = readDate(scheme.date, message, list?.accepted);
  if ('code' in date) return { ok: false, ...date };
  const { dateHeader, text, signedAtMs } = date;
  return { ok: true, claims: { signature, keyId, signedHeaders, date: text, dateHeader, signedAtMs, furtherHeaders } };
}

function refuse(code: RefusalCode, summary: string): { readonly ok: false } & Refusal {
  return { ok: false, code, summary };
}
