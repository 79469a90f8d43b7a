import { ownMember, type JsonObject } from '../canonical/strict-json.ts';
import type { Refusal } from '../errors.ts';
import { readToken, type TokenFields } from './token.ts';

/** The date of a token, and what it says of its own validity. */
export interface TokenDate {
  readonly dateHeader: undefined;
  readonly text: string;
  readonly signedAtMs: number;
  readonly validity: Validity;
}

/** From when and until when a token is valid, in milliseconds since the epoch; `undefined` where it does not say. */
export interface Validity {
  readonly fromMs: number | undefined;
  readonly untilMs: number | undefined;
}

/** The time in a claim, with `nbf` and `exp` wherever they are: seconds since the epoch (RFC 7519 §2, NumericDate). */
export function readTokenDate(claim: string, fields: TokenFields): TokenDate | Refusal {
  const token = readToken(fields);
  if ('code' in token) return token;
  const { claims } = token;
  for (const name of [claim, 'nbf', 'exp']) {
    const value = ownMember(claims, name);
    if (value === undefined && name === claim)
      return { code: 'date/missing', summary: `the token has no claim "${claim}"` };
    if (value !== undefined && timeMs(claims, name) === undefined)
      return { code: 'date/malformed', summary: `the claim "${name}" of the token is ${kindOf(value)}` };
  }
  return {
    dateHeader: undefined,
    text: String(claims[claim]),
    signedAtMs: timeMs(claims, claim) as number,
    validity: { fromMs: timeMs(claims, 'nbf'), untilMs: timeMs(claims, 'exp') },
  };
}

function kindOf(value: unknown): string {
  if (typeof value === 'number' && value >= 1e12) return 'in milliseconds, and seconds belong there';
  return typeof value === 'string' ? 'text, and no number of seconds' : 'no number of seconds';
}

function timeMs(claims: JsonObject, name: string): number | undefined {
  const value = ownMember(claims, name);
  return typeof value === 'number' && value >= 0 && value < 1e12 ? value * 1000 : undefined;
}
