import { CountersignError, type InputErrorCode } from '../errors.ts';

/** A request that cannot be read: a code for programs, and a sentence that says what, where and what was expected. */
export function inputError(code: InputErrorCode, message: string): CountersignError {
  return new CountersignError(code, message);
}
