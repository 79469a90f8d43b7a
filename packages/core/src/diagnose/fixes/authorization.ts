import type { Scheme } from '../../scheme.ts';
import type { Fixes, FixLanguage } from '../diagnosis.ts';
import { concatenation } from './concatenation.ts';
import { headerLine } from './headers.ts';
import { literal } from './literal.ts';
import { assigned, fixesOf, nameIn, type Expressions } from './statement.ts';

/**
 * Code that writes the header of the signature as the scheme wants it, or the parameter where one carries it.
 *
 * @param signedHeaders the list that it declares
 * @param keyId the name of the key where it has to be told; else the program has it in a variable
 */
export function authorizationFixes(
  scheme: Pick<Scheme, 'authorization'>,
  signedHeaders: readonly string[] = [],
  keyId = '{keyId}',
): Fixes {
  const { parameter, escaped } = scheme.authorization;
  if (parameter !== undefined) return fixesOf((language) => parameterLine(language, parameter));
  const line = authorizationLine(scheme, signedHeaders, keyId);
  if (!escaped) return line;
  const value = assigned('escapedSignature', 'text', escapedSignature);
  return fixesOf((language) => `${value[language]}\n${line[language] ?? ''}`);
}

/** The line alone that sends the header. Where the template is escaped, the program has what it takes in a variable. */
export function authorizationLine(
  { authorization: { header, template, escaped } }: Pick<Scheme, 'authorization'>,
  signedHeaders: readonly string[] = [],
  keyId = '{keyId}',
): Fixes {
  const list = signedHeaders.join(';');
  const pieces = template
    .replace('{signedHeaders}', list)
    .replace('{keyId}', () => keyId)
    .replace('{signature}', escaped ? '{escapedSignature}' : '{signature}')
    .split(/(\{\w+\})/)
    .filter(Boolean)
    .map((piece) => (piece.startsWith('{') ? { variable: variableOf(piece.slice(1, -1)) } : { text: piece }));
  const code = concatenation(pieces);
  return fixesOf((language) => headerLine(language, header, code[language]));
}

/** Fields that have another name where they are signed. */
const signedAs: Readonly<Record<string, string>> = {
  headers: 'signedHeaders',
  header: 'tokenHeader',
  claims: 'tokenClaims',
};

const variableOf = (field: string): string => (Object.hasOwn(signedAs, field) ? (signedAs[field] ?? '') : field);

/** The line that puts the signature among the parameters that are sent, which stand in a dictionary. */
function parameterLine(language: FixLanguage, parameter: string): string {
  const name = literal(language, parameter);
  switch (language) {
    case 'java':
      return `fields.put(${name}, signature);`;
    case 'bash':
      return `fields[${name}]=$signature`;
    case 'postman':
      return `pm.request.url.update(pm.variables.replaceIn(pm.request.url.toString()) + \`&${parameter}=\${signature}\`);`;
    case 'php':
    case 'powershell':
      return `$fields[${name}] = $signature${language === 'php' ? ';' : ''}`;
    case 'javascript':
    case 'csharp':
      return `fields[${name}] = signature;`;
    default:
      return `fields[${name}] = ${nameIn(language, 'signature')}`;
  }
}

/** The signature as a URL holds it. */
export const escapedSignature: Expressions = {
  javascript: 'encodeURIComponent(signature)',
  python: "quote(signature, safe='')",
  csharp: 'Uri.EscapeDataString(signature)',
  java: 'URLEncoder.encode(signature, StandardCharsets.UTF_8)',
  php: 'rawurlencode($signature)',
  go: 'neturl.QueryEscape(signature)',
  ruby: 'ERB::Util.url_encode(signature)',
  bash: '${signature//+/%2B}; escaped_signature=${escaped_signature//\\//%2F}; escaped_signature=${escaped_signature//=/%3D}',
  powershell: '[Uri]::EscapeDataString($signature)',
  postman: 'encodeURIComponent(signature)',
};
