import type { Scheme } from '../../scheme.ts';
import type { Fixes } from '../diagnosis.ts';
import { concatenation } from './concatenation.ts';
import { headerLine } from './headers.ts';
import { fixesOf } from './statement.ts';

/**
 * Code that writes the header of the signature as the scheme wants it.
 *
 * @param signedHeaders the list that it declares
 * @param keyId the name of the key where it has to be told; else the program has it in a variable
 */
export function authorizationFixes(
  { authorization: { header, template } }: Scheme,
  signedHeaders: readonly string[] = [],
  keyId = '{keyId}',
): Fixes {
  const list = signedHeaders.join(';');
  const pieces = template
    .replace('{signedHeaders}', list)
    .replace('{keyId}', () => keyId)
    .split(/(\{\w+\})/)
    .filter(Boolean)
    .map((piece) => (piece.startsWith('{') ? { variable: piece.slice(1, -1) } : { text: piece }));
  const code = concatenation(pieces);
  return fixesOf((language) => headerLine(language, header, code[language]));
}
