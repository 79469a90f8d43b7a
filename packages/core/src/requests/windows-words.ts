import { inputError } from './input-error.ts';

/** Whether a command line was written for cmd.exe: it continues lines or quotes with carets. */
export function isWindowsCommand(line: string): boolean {
  return /\^\r?\n/.test(line) || line.includes('^"');
}

/**
 * Splits a command line as cmd.exe and then the Microsoft C runtime do: first carets are taken away outside quotes, then
 * arguments are split at white space, with `\"` and `""` for a quote inside quotes. Browsers' "Copy as cURL (cmd)"
 * writes for both readers at once.
 */
export function splitWindowsWords(line: string): readonly string[] {
  return splitArguments(removeCarets(line.replace(/\r\n?/g, '\n')));
}

/** cmd.exe's part: a caret outside quotes takes the meaning from the next character; before a line end it joins lines. */
function removeCarets(line: string): string {
  let text = '';
  let quoted = false;
  let isBlank = true;
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? '';
    if (character === '^' && !quoted) {
      at += line[at + 1] === '\n' ? 2 : 1;
      text += line[at] ?? '';
      isBlank &&= (line[at] ?? '').trim() === '';
      continue;
    }
    if (character === '"') quoted = !quoted;
    if (character === '\n' && !quoted) {
      if (isBlank) continue;
      break;
    }
    isBlank &&= character.trim() === '';
    text += character;
  }
  return text;
}

/** The C runtime's part. */
function splitArguments(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? '';
    let slashes = 0;
    while (line[at + slashes] === '\\') slashes++;
    if (slashes > 0) {
      const beforeQuote = line[at + slashes] === '"';
      word = (word ?? '') + '\\'.repeat(beforeQuote ? Math.floor(slashes / 2) : slashes);
      at += slashes - 1;
      if (beforeQuote && slashes % 2 === 1) {
        word += '"';
        at++;
      }
    } else if (character === '"') {
      word ??= '';
      if (quoted && line[at + 1] === '"') {
        word += '"';
        at++;
      } else quoted = !quoted;
    } else if (/[ \t\n]/.test(character) && !quoted) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + character;
  }
  if (quoted) throw inputError('input/shell-quote', 'a quote (") of the command is never closed');
  if (word !== undefined) words.push(word);
  return words;
}
