import { rowOf } from '../../parts/sources.ts';
import type { PartRule } from '../../scheme.ts';
import type { FixLanguage } from '../diagnosis.ts';
import { variableFor } from './headers.ts';
import { nameIn } from './statement.ts';

/** Literal text, or the camel-case name of a variable. */
export type Piece = { readonly text: string } | { readonly variable: string };

/** The body as text, in languages whose programs have it as bytes. */
const bodyAsText: Readonly<Partial<Record<FixLanguage, string>>> = {
  python: 'body.decode()',
  csharp: 'Encoding.UTF8.GetString(body)',
  java: 'new String(body, StandardCharsets.UTF_8)',
  go: 'string(body)',
  powershell: '[Text.Encoding]::UTF8.GetString($body)',
};

/** How a language calls a variable where its text is wanted. */
export function textIn(language: FixLanguage, variable: string): string {
  return (variable === 'body' ? bodyAsText[language] : undefined) ?? nameIn(language, variable);
}

/** One expression that joins texts and variables, by language. */
export function concatenation(pieces: readonly Piece[]): Readonly<Record<FixLanguage, string>> {
  const write = (language: FixLanguage, variable: (name: string) => string, text = escaped): string =>
    pieces.map((piece) => ('text' in piece ? text(piece.text) : variable(textIn(language, piece.variable)))).join('');
  const added = (language: FixLanguage): string =>
    pieces
      .map((piece) => ('text' in piece ? `"${escaped(piece.text)}"` : textIn(language, piece.variable)))
      .join(' + ');
  const braced = (name: string): string => `{${name}}`;
  const doubled = (text: string): string => escaped(text).replace(/[{}]/g, '$&$&');
  const backticked = (text: string): string => escaped(text).replace(/`|\$\{/g, '\\$&');
  return {
    javascript: `\`${write('javascript', (name) => `\${${name}}`, backticked)}\``,
    python: `f'${write('python', braced, (text) => doubled(text).replaceAll("'", "\\'"))}'`,
    csharp: `$"${write('csharp', braced, doubled)}"`,
    java: added('java'),
    php: `"${write('php', braced, (text) => escaped(text).replaceAll('$', () => '\\$'))}"`,
    go: added('go'),
    ruby: `"${write(
      'ruby',
      (name) => `#{${name}}`,
      (text) => escaped(text).replaceAll('#', '\\#'),
    )}"`,
    // $'…' alone reads \n, and what stands side by side is one word.
    bash: write(
      'bash',
      (name) => `"$${name}"`,
      (text) => `$'${escaped(text).replaceAll("'", "\\'")}'`,
    ),
    powershell: `"${write(
      'powershell',
      (name) => `$(${name})`,
      (text) => text.replace(/[`$"]/g, '`$&').replaceAll('\n', '`n').replaceAll('\r', '`r'),
    )}"`,
    postman: `\`${write('postman', (name) => `\${${name}}`, backticked)}\``,
  };
}

/** What stands for a part in a string to sign: its text where the scheme says it, else a variable. */
export function pieceOf({ source }: PartRule): Piece {
  const row = rowOf(source);
  const text = row.constant?.(source);
  return text === undefined ? { variable: variableFor(row.variable?.(source) ?? source.from) } : { text };
}

/** Neighboring texts made one, empty ones left out. */
export function merged(pieces: readonly Piece[]): Piece[] {
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
