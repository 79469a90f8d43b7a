import type { FixLanguage } from '../diagnose/diagnosis.ts';
import type { Scheme } from '../scheme.ts';
import { languages } from './languages/catalog.ts';
import type { ProgramRequest } from './request-lines.ts';
import { signingSteps } from './signing-steps.ts';

export type { ProgramRequest } from './request-lines.ts';

/**
 * A whole program that signs one request by a scheme and sends it, on the standard library of its language. It reads the
 * secret from the environment (`SIGNING_SECRET`, and `SIGNING_KEY_ID` where requests name their key); a Postman script has
 * them in variables. No secret stands in it.
 *
 * @throws CountersignError `program/unwritable` where the request lacks a header that is signed, or its body cannot stand
 * in a program
 */
export function signingProgram(language: FixLanguage, scheme: Scheme, request: ProgramRequest): string {
  return languages[language].signing(signingSteps(language, scheme, request));
}
