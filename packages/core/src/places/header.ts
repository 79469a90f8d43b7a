import type { Refusal } from '../errors.ts';
import { onlyHeaderValue, type Message } from '../message.ts';

/** Why a signed header cannot be taken from a message as it stands: it is missing, repeated, or says nothing. */
export function checkHeader({ headers }: Message, header: string, required: boolean): Refusal | undefined {
  const value = onlyHeaderValue(headers, header);
  if (value === 0) {
    if (!required) return undefined;
    return { code: 'header/missing', summary: `the signed header "${header}" was not sent` };
  }
  if (typeof value === 'number')
    return { code: 'header/duplicate', summary: `the signed header "${header}" was sent ${value} times` };
  if (required || value !== '') return undefined;
  return {
    code: 'header/malformed',
    summary: `the signed header "${header}" is empty, which signs as if it had not been sent`,
  };
}
