import { CountersignError } from '../../errors.ts';

/** The error for a program that cannot be written, with what would help. */
export function unwritable(why: string): CountersignError {
  return new CountersignError('program/unwritable', why);
}
