import type { Refusal } from '../errors.ts';
import { anyText, words, type Members } from '../rule-members.ts';

/**
 * A key that is derived from the secret, for a date and a purpose that each request names: HMAC of the first step under the
 * secret, of the next under that, and so on. With it the hash of the parts is signed, behind the algorithm, the date and the
 * steps, a line each.
 */
export interface DerivedKeyRule {
  /** What stands before the secret, for example `AWS4`. */
  readonly prefix: string;
  /** The first line of what is signed. */
  readonly algorithm: string;
  /** The field of the template that holds the steps, between slashes: a date of eight digits, region, service, end. */
  readonly field: string;
  /** The last step. */
  readonly end: string;
}

/** What such a rule is made of. */
export const derivedKeyMembers: Members<DerivedKeyRule> = {
  prefix: anyText,
  algorithm: words,
  field: words,
  end: words,
};

/** Why the steps of a request are not those of a key for its date. */
export function scopeProblem(end: string, text: string, date: string): Refusal | undefined {
  const malformed = (summary: string): Refusal => ({ code: 'authorization/malformed', summary });
  const [, day = '', last] = /^(\d{8})\/[^/]+\/[^/]+\/([^/]+)$/.exec(text) ?? [];
  if (last !== end) return malformed(`the scope is "${text}"; expected <date>/<region>/<service>/${end}`);
  if (date.startsWith(day)) return undefined;
  return malformed(`the scope is of the date ${day}, and the request of ${date}`);
}
