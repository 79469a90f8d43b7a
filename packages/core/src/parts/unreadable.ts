import { isForm } from '../canonical/parameters.ts';
import { CountersignError, type Refusal } from '../errors.ts';
import type { Message } from '../message.ts';

/** @throws CountersignError `target/malformed` or `body/malformed` for parameters that cannot be read */
export function unreadable(code: 'target/malformed' | 'body/malformed', part: string): never {
  throw new CountersignError(code, `part "${part}" holds an escape that is none, or is no UTF-8`);
}

/** Why a message cannot be verified whose form is signed: it has a body that is none, which nothing signs. */
export function checkForm({ headers, body }: Message): Refusal | undefined {
  if (body.length === 0 || isForm(headers)) return undefined;
  return {
    code: 'body/malformed',
    summary: 'the body is not a form by its Content-Type, so the signature says nothing of it',
  };
}
