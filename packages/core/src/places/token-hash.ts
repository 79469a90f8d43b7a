import type { ContentHashRule } from '../canonical/content-hash.ts';
import { ownMember } from '../canonical/strict-json.ts';
import type { Refusal } from '../errors.ts';
import { bodyLength, type Message } from '../message.ts';
import { readToken, type TokenFields } from './token.ts';

/** Why the body is not the one that a token was made for, by the claim that holds its hash. */
export function checkHashClaim(
  { empty }: ContentHashRule,
  claim: string,
  { body }: Pick<Message, 'body'>,
  computed: string,
  fields: TokenFields,
): Refusal | undefined {
  const token = readToken(fields);
  if ('code' in token) return token;
  const sent = ownMember(token.claims, claim);
  const isEmpty = bodyLength(body) === 0;
  if (sent === undefined) {
    if (isEmpty && empty !== 'hashed') return undefined;
    const summary = `the token has no claim "${claim}", so it says nothing of the body that arrived`;
    return { code: 'content-hash/missing', summary };
  }
  // Anyone can compute this hash from the body, so its comparison gives nothing away.
  if (sent === computed && !(isEmpty && empty === 'blank')) return undefined;
  const what = isEmpty ? 'no body arrived' : `the body that arrived hashes to ${computed}`;
  return { code: 'content-hash/mismatch', summary: `the claim "${claim}" says ${shown(sent)}, and ${what}` };
}

function shown(sent: unknown): string {
  return typeof sent === 'string' ? sent.slice(0, 128) : 'what is no text';
}
