import { readAuthorization } from './canonical/authorization.ts';
import { parseTimestamp } from './canonical/timestamp.ts';
import type { Refusal, RefusalCode } from './errors.ts';
import { headerValues, type Message } from './message.ts';
import type { Scheme } from './scheme.ts';
import type { Claims } from './trace.ts';

/** What a request says about its own signature, read strictly and not yet believed. */
export interface SignedClaims extends Claims {
  /** The header that the signed date stands in. */
  readonly dateHeader?: string;
  /** The signed date in milliseconds since the epoch. */
  readonly signedAtMs?: number;
  /** Headers signed beyond the scheme's own, lower case. */
  readonly furtherHeaders: readonly string[];
}

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

  const list = fields.signedHeaders?.split(';');
  const accepted = list && acceptedList(scheme, list);
  if (list && !accepted) {
    const lists = scheme.signedHeaders?.accepted.map((names) => names.join(';')).join(' or ');
    return refuse(
      'authorization/signed-headers',
      `the signed headers are "${fields.signedHeaders}"; expected ${lists}`,
    );
  }
  const furtherHeaders = list && accepted ? list.slice(accepted.length) : [];
  const date = readDate(scheme, message, accepted);
  if (!date.ok) return date;
  return { ok: true, claims: { ...fields, ...date.claims, furtherHeaders } };
}

/** The accepted list that the declared one equals or, where the scheme allows more headers, begins with. */
function acceptedList(scheme: Scheme, list: readonly string[]): readonly string[] | undefined {
  const rule = scheme.signedHeaders;
  return rule?.accepted.find(
    (names) =>
      names.every((name, index) => list[index] === name) &&
      (list.length === names.length || (rule.furtherSeparator !== undefined && new Set(list).size === list.length)),
  );
}

type DateResult =
  | { readonly ok: true; readonly claims: Pick<SignedClaims, 'date' | 'dateHeader' | 'signedAtMs'> }
  | ({ readonly ok: false } & Refusal);

function readDate(scheme: Scheme, message: Message, signed: readonly string[] | undefined): DateResult {
  const rule = scheme.date;
  if (!rule) return { ok: true, claims: {} };
  const candidates = signed ? rule.headers.filter((name) => signed.includes(name)) : rule.headers;
  for (const dateHeader of candidates) {
    const [date, second] = headerValues(message.headers, dateHeader);
    if (date === undefined) continue;
    if (second !== undefined) return refuse('date/duplicate', `the request has more than one ${dateHeader} header`);
    const signedAtMs = parseTimestamp(date, rule.format);
    if (signedAtMs === undefined) {
      return refuse('date/malformed', `"${date}" in ${dateHeader} is not a date in the format ${rule.format}`);
    }
    return { ok: true, claims: { date, dateHeader, signedAtMs } };
  }
  return refuse('date/missing', `the request has no ${candidates.join(' or ')} header`);
}

function refuse(code: RefusalCode, summary: string): { readonly ok: false } & Refusal {
  return { ok: false, code, summary };
}
