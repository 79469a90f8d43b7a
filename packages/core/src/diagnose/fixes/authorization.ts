import type { Scheme } from '../../scheme.ts';
import type { Fixes } from '../diagnosis.ts';
import { concatenation } from './concatenation.ts';
import { headerLine } from './headers.ts';
import { fixesOf } from './statement.ts';

/**
 * Code that writes the header of the signature as the scheme wants it.
 *
 * @param keyId the name of the key where it has to be told; else the program has it in a variable
 */
export function authorizationFixes(
  { authorization: { header, template }, signedHeaders }: Scheme,
  keyId = '{keyId}',
): Fixes {
  const list = signedHeaders?.accepted[0]?.join(';') ?? '';
  const pieces = template
    .replace('{signedHeaders}', list)
    .replace('{keyId}', () => keyId)
    .split(/(\{\w+\})/)
    .filter(Boolean)
    .map((piece) => (piece.startsWith('{') ? { variable: piece.slice(1, -1) } : { text: piece }));
  const code = concatenation(pieces);
  return fixesOf((language) => headerLine(language, header, code[language]));
}
