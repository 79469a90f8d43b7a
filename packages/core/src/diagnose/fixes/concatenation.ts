import { rowOf } from '../../parts/sources.ts';
import type { PartRule } from '../../scheme.ts';
import type { Fixes, FixLanguage } from '../diagnosis.ts';
import { snakeCase, variableFor } from './headers.ts';

/** Literal text, or the camel-case name of a variable. */
export type Piece = { readonly text: string } | { readonly variable: string };

/** One expression that joins texts and variables, by language. */
export function concatenation(pieces: readonly Piece[]): Readonly<Record<FixLanguage, string>> {
  const write = (variable: (name: string) => string): string =>
    pieces.map((piece) => ('text' in piece ? escaped(piece.text) : variable(piece.variable))).join('');
  const javascript = `\`${write((name) => `\${${name}}`)}\``;
  return {
    javascript,
    python: `f'${write((name) => `{${snakeCase(name)}}`)}'`,
    csharp: `$"${write((name) => `{${name}}`)}"`,
    java: pieces.map((piece) => ('text' in piece ? `"${escaped(piece.text)}"` : piece.variable)).join(' + '),
    php: `"${write((name) => `{$${name}}`)}"`,
    postman: javascript,
  };
}

/** Code that puts a scheme's string to sign together. */
export function stringToSignFixes(parts: readonly PartRule[], remarks: Partial<Fixes> = {}): Fixes {
  const pieces = parts.flatMap(({ before = '', source, after }): Piece[] => {
    const row = rowOf(source);
    const text = row.constant?.(source);
    const value: Piece =
      text === undefined ? { variable: variableFor(row.variable?.(source) ?? source.from) } : { text };
    return [{ text: before }, value, { text: after }];
  });
  const code = concatenation(merged(pieces));
  const remark = (language: FixLanguage, mark: string): string =>
    remarks[language] === undefined ? '' : `${mark} ${remarks[language]}`;
  return {
    javascript: `const stringToSign = ${code.javascript};${remark('javascript', ' //')}`,
    python: `string_to_sign = ${code.python}${remark('python', '  #')}`,
    csharp: `var stringToSign = ${code.csharp};${remark('csharp', ' //')}`,
    java: `String stringToSign = ${code.java};${remark('java', ' //')}`,
    php: `$stringToSign = ${code.php};${remark('php', ' //')}`,
    postman: `const stringToSign = ${code.postman};${remark('postman', ' //')}`,
  };
}

/** Neighboring texts made one, empty ones left out. */
function merged(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if ('text' in piece && last !== undefined && 'text' in last)
      result[result.length - 1] = { text: last.text + piece.text };
    else if (!('text' in piece) || piece.text !== '') result.push(piece);
  }
  return result;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('"', '\\"');
}
