import { concatBytes } from '../canonical/concat-bytes.ts';
import { encodeText } from './bytes.ts';
import { inputError } from './input-error.ts';

/** A command line as words, and what could not be expanded in it. */
export interface ShellWords {
  readonly words: readonly string[];
  /** What a shell would have replaced, as it stands there: `$SIG`, `$(date)`. */
  readonly unexpanded: readonly string[];
}

const ansiEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

/**
 * Splits a command line as a POSIX shell does: quotes, backslashes, `$'…'`, line continuations, comments. Nothing is
 * expanded; what a shell would have expanded stays and is told. Reading ends at the first `|`, `;`, `&`, `<`, `>` or
 * line end outside quotes.
 *
 * @throws CountersignError `input/shell-quote` with the position of a quote that is never closed
 */
export function splitShellWords(line: string): ShellWords {
  const words: string[] = [];
  const unexpanded = new Set<string>();
  let word: string | undefined;
  let at = 0;
  const endWord = (): void => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  const take = (piece: { text: string; next: number }): void => {
    word = (word ?? '') + piece.text;
    at = piece.next;
  };

  while (at < line.length) {
    const character = line[at] ?? '';
    const continued = /^\\\r?\n/.exec(line.slice(at, at + 3));
    if (continued) at += continued[0].length;
    else if (character === "'") take(singleQuoted(line, at));
    else if (character === '"') take(doubleQuoted(line, at, unexpanded));
    else if (line.startsWith("$'", at)) take(ansiQuoted(line, at));
    else if (line.startsWith('$"', at)) at++;
    else if (character === '\\') take({ text: line[at + 1] ?? '\\', next: at + 2 });
    else if (character === ' ' || character === '\t' || character === '\r') {
      endWord();
      at++;
    } else if ('|;&<>\n'.includes(character) || (character === '#' && word === undefined)) {
      endWord();
      if (character === '\n' && words.length === 0) at++;
      else break;
    } else {
      noteExpansion(line, at, unexpanded);
      take({ text: character, next: at + 1 });
    }
  }
  endWord();
  return { words, unexpanded: [...unexpanded] };
}

interface Piece {
  readonly text: string;
  readonly next: number;
}

function singleQuoted(line: string, at: number): Piece {
  const end = line.indexOf("'", at + 1);
  if (end < 0) throw unclosed(line, at, "'");
  return { text: line.slice(at + 1, end), next: end + 1 };
}

function doubleQuoted(line: string, at: number, unexpanded: Set<string>): Piece {
  let text = '';
  let next = at + 1;
  while (next < line.length) {
    const character = line[next] ?? '';
    if (character === '"') return { text, next: next + 1 };
    const escaped = line[next + 1] ?? '';
    if (character === '\\' && '$`"\\\n'.includes(escaped) && escaped !== '') {
      text += escaped === '\n' ? '' : escaped;
      next += 2;
      continue;
    }
    noteExpansion(line, next, unexpanded);
    text += character;
    next++;
  }
  throw unclosed(line, at, '"');
}

/** `$'…'`: its `\\x` and octal escapes stand for bytes, which several together may make one UTF-8 character. */
function ansiQuoted(line: string, at: number): Piece {
  const pieces: Uint8Array[] = [];
  let next = at + 2;
  while (next < line.length) {
    if (line[next] === "'") return { text: decodeQuoted(concatBytes(pieces)), next: next + 1 };
    if (line[next] === '\\') {
      const escape = ansiEscape(line.slice(next + 1, next + 13));
      pieces.push(escape.bytes);
      next += 1 + escape.length;
    } else {
      const start = next;
      while (next < line.length && line[next] !== '\\' && line[next] !== "'") next++;
      pieces.push(encodeText(line.slice(start, next)));
    }
  }
  throw unclosed(line, at, "$'");
}

/** One escape behind the backslash, and how many characters it takes. */
function ansiEscape(rest: string): { bytes: Uint8Array; length: number } {
  const unicode = /^(?:u[0-9a-f]{1,4}(?:\\u[0-9a-f]{1,4})?|U[0-9a-f]{1,8})/i.exec(rest);
  if (unicode) return unicodeEscape(unicode[0]);
  const byte = /^x([0-9a-f]{1,2})/i.exec(rest);
  if (byte) return { bytes: Uint8Array.of(Number.parseInt(byte[1] ?? '', 16)), length: byte[0].length };
  const octal = /^[0-7]{1,3}/.exec(rest);
  if (octal) return { bytes: Uint8Array.of(Number.parseInt(octal[0], 8) & 255), length: octal[0].length };
  const letter = rest[0] ?? '';
  return { bytes: encodeText(ansiEscapes[letter] ?? `\\${letter}`), length: 1 };
}

/** `\\u` stands for a UTF-16 unit, as browsers write it: a pair of surrogates is one character. */
function unicodeEscape(text: string): { bytes: Uint8Array; length: number } {
  const units = text.split(/\\?u/i).filter((digits) => digits !== '');
  const [high = 0, low] = units.map((digits) => Number.parseInt(digits, 16));
  const isPair = low !== undefined && high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000;
  const length = low !== undefined && !isPair ? (units[0]?.length ?? 0) + 1 : text.length;
  const characters = isPair ? String.fromCharCode(high, low) : String.fromCodePoint(Math.min(high, 0x10ffff));
  return { bytes: encodeText(characters), length };
}

function decodeQuoted(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw inputError(
      'input/not-text',
      "a $'…' of the command holds bytes that are not UTF-8 text; put them into a file and give --data-binary @FILE",
    );
  }
}

function noteExpansion(line: string, at: number, unexpanded: Set<string>): void {
  const found = /^(?:\$\w+|\$\{[^}]*\}|\$\([^)]*\)|`[^`]*`)/.exec(line.slice(at, at + 200));
  if (found) unexpanded.add(found[0]);
}

function unclosed(line: string, at: number, quote: string): Error {
  const before = line.slice(0, at).split('\n');
  return inputError(
    'input/shell-quote',
    `the quote ${quote} at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1} of the command is never closed`,
  );
}
