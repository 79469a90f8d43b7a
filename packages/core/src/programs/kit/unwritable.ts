import { CountersignError } from '../../errors.ts';
import type { Scheme } from '../../scheme.ts';

/** The error for a program that cannot be written, with what would help. */
export function unwritable(why: string): CountersignError {
  return new CountersignError('program/unwritable', why);
}

/** Sources whose value is a structure of its own, which a library makes and reads. */
const structures = new Set(['token-header', 'token-claims', 'components', 'signature-params']);

/**
 * Refuses schemes that are no HMAC over a string that a program puts together: tokens and message signatures.
 *
 * @throws CountersignError `program/unwritable`
 */
export function refuseStructures({ id, parts }: Pick<Scheme, 'id' | 'parts'>): void {
  if (!parts.some(({ source }) => structures.has(source.from))) return;
  throw unwritable(
    `what ${id} signs is a token or a message signature of its own grammar, which no short program writes or reads; take a library for it, @countersign/core for one`,
  );
}
