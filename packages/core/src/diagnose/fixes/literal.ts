import type { FixLanguage } from '../diagnosis.ts';

/** Whether a text holds a character that no literal shows as it stands. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const control = /[\u0000-\u001f\u007f\u2028\u2029]/g;

/** A control character as an escape of so many hexadecimal digits behind a prefix. */
function escaped(text: string, write: (code: number) => string): string {
  const names: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  return text.replace(control, (character) => names[character] ?? write(character.charCodeAt(0)));
}

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');
const byUnicode = (code: number): string => `\\u${hex(code, 4)}`;

/** As JavaScript and Python write a text between single quotes. */
const single = (text: string): string => `'${escaped(text.replace(/[\\']/g, '\\$&'), byUnicode)}'`;

/** As C#, Java and Go write a text. */
const double = (text: string, write: (code: number) => string): string =>
  `"${escaped(text.replace(/[\\"]/g, '\\$&'), write)}"`;

/** PHP and Ruby read escapes between double quotes alone. */
function plainOrEscaped(text: string, special: RegExp): string {
  if (text.search(control) < 0) return `'${text.replace(/[\\']/g, '\\$&')}'`;
  return `"${escaped(text.replace(special, '\\$&'), (code) => `\\u{${hex(code, 4)}}`)}"`;
}

function inBash(text: string): string {
  const isPlain = text.search(control) < 0;
  if (isPlain) return `'${text.replaceAll("'", "'\\''")}'`;
  return `$'${escaped(text.replace(/[\\']/g, '\\$&'), byUnicode)}'`;
}

/** PowerShell 5.1 reads a script without BOM as ANSI, so what is not ASCII is written as its code. */
function inPowerShell(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return `'${text.replaceAll("'", "''")}'`;
  const units = text
    .replace(/[`"$]/g, '`$&')
    .replaceAll('\n', '`n')
    .replaceAll('\r', '`r')
    .replaceAll('\t', '`t')
    // By code unit: a character beyond the plane is two of them.
    .replace(/[^\x20-\x7e]/g, (unit) => `$([char]0x${hex(unit.charCodeAt(0), 4)})`);
  return `"${units}"`;
}

/**
 * Java up to 17 reads a file in the encoding of the system, so what is not ASCII is escaped; but not so a control character:
 * Java reads such escapes before anything else, and a line break would break the line.
 */
function inJava(text: string): string {
  const shown = double(text, (code) => (code < 0o200 ? `\\${code.toString(8).padStart(3, '0')}` : byUnicode(code)));
  return shown.replace(/[^\x20-\x7e]/g, (unit) => byUnicode(unit.charCodeAt(0)));
}

const byLanguage: Readonly<Record<FixLanguage, (text: string) => string>> = {
  javascript: single,
  python: single,
  csharp: (text) => double(text, byUnicode),
  java: inJava,
  php: (text) => plainOrEscaped(text, /[\\"$]/g),
  go: (text) => double(text, byUnicode),
  ruby: (text) => plainOrEscaped(text, /[\\"#]/g),
  bash: inBash,
  powershell: inPowerShell,
  postman: single,
};

/**
 * A text as a language writes it in a program that is saved as UTF-8. A NUL cannot be written in bash, where no variable
 * holds one.
 */
export function literal(language: FixLanguage, text: string): string {
  return byLanguage[language](text);
}
