import type { Refusal } from '../errors.ts';
import { headerValues, type Message } from '../message.ts';

/** Why a signed header cannot be taken from a message as it stands: it is missing, repeated, or says nothing. */
export function checkHeader({ headers }: Message, header: string, required: boolean): Refusal | undefined {
  const { length, 0: value } = headerValues(headers, header);
  if (length > 1)
    return { code: 'header/duplicate', summary: `the signed header "${header}" was sent ${length} times` };
  if (required && length === 0)
    return { code: 'header/missing', summary: `the signed header "${header}" was not sent` };
  if (required || value !== '') return undefined;
  return {
    code: 'header/malformed',
    summary: `the signed header "${header}" is empty, which signs as if it had not been sent`,
  };
}
