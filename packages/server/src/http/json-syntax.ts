import { jsonExcess } from './json-extent.ts';

/** Where JSON stops being JSON, and what was expected there. */
export interface JsonProblem {
  /** One sentence: what was found, where, and what was expected. */
  readonly message: string;
  /** Offset in characters (UTF-16 code units), and the same as a line and column that count from 1. */
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  /** Set when the text was not parsed because it is too large or nested too deep: what exceeds the limit. */
  readonly excess?: string;
}

export type ParsedJson = { readonly ok: true; readonly value: unknown } | NoJson;

interface NoJson {
  readonly ok: false;
  readonly problem: JsonProblem;
}

/** How the input is called in error messages. */
type Whole = 'body' | 'file' | 'text';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Parses JSON (RFC 8259) that has no more values and levels than it may. What is wrong with one that is malformed is said
 * with its position, which `JSON.parse` leaves out more often than not.
 *
 * @param whole what the bytes are all of, for the sentence
 */
export function parseJson(bytes: Uint8Array, whole: Whole = 'body'): ParsedJson {
  if (bytes.length === 0) return problem('', 0, `the ${whole} is empty; expected a JSON value`);
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return problem('', 0, `the ${whole} is not UTF-8, which JSON must be`);
  }
  return parseJsonText(text, whole);
}

/** Parses JSON that is text already. */
export function parseJsonText(text: string, whole: Whole = 'text'): ParsedJson {
  if (text.startsWith('\uFEFF'))
    return problem(text, 0, `the ${whole} begins with a byte order mark, which JSON may not have`);
  const excess = jsonExcess(text);
  if (excess) return tooMuch(text, excess);
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    const { offset, expected } = firstError(text, whole);
    const found = offset >= text.length ? `the ${whole} ends` : `found ${JSON.stringify(characterAt(text, offset))}`;
    return problem(text, offset, `${found} where ${expected} was expected`);
  }
}

function tooMuch(text: string, { offset, problem: excess }: NonNullable<ReturnType<typeof jsonExcess>>): ParsedJson {
  const found = problem(text, offset, excess, 'JSON that is too much');
  return { ...found, problem: { ...found.problem, excess } };
}

function problem(text: string, offset: number, sentence: string, what = 'malformed JSON'): NoJson {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  const column = offset - lineStart + 1;
  const message = text === '' ? sentence : `${what} at line ${line}, column ${column}: ${sentence}`;
  return { ok: false, problem: { message, offset, line, column } };
}

function characterAt(text: string, offset: number): string {
  return String.fromCodePoint(text.codePointAt(offset) ?? 0);
}

interface SyntaxError {
  readonly offset: number;
  readonly expected: string;
}

const literal = /(?:true|false|null)/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const white = /[ \t\n\r]*/y;

/** What may stand at this point of the document. */
type Expectation = 'value' | 'value or ]' | 'name' | 'name or }' | 'colon' | 'comma or close' | 'end';

const words: Readonly<Record<Exclude<Expectation, 'comma or close' | 'end'>, string>> = {
  value: 'a value',
  'value or ]': 'a value or "]"',
  name: 'a member name in double quotes',
  'name or }': 'a member name in double quotes or "}"',
  colon: '":"',
};

/** Walks malformed JSON to its first error, iteratively: nesting depth is the sender's choice. */
function firstError(text: string, whole: Whole): SyntaxError {
  const open: ('{' | '[')[] = [];
  let at = 0;
  let expectation: Expectation = 'value';
  const take = (pattern: RegExp): number => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0].length ?? 0;
  };
  const afterValue = (): Expectation => (open.length === 0 ? 'end' : 'comma or close');
  for (;;) {
    at += take(white);
    const character = text[at];
    const close = open.at(-1) === '{' ? '}' : ']';
    const expected = expectedText(expectation, close, whole);
    const wrong: SyntaxError = { offset: at, expected };
    if (character === undefined) return wrong;
    const closes = character === close && open.length > 0;
    if (closes && (expectation === 'comma or close' || expectation === 'value or ]' || expectation === 'name or }')) {
      open.pop();
      at += 1;
      expectation = afterValue();
    } else if (expectation === 'comma or close') {
      if (character !== ',') return wrong;
      at += 1;
      expectation = open.at(-1) === '{' ? 'name' : 'value';
    } else if (expectation === 'colon') {
      if (character !== ':') return wrong;
      at += 1;
      expectation = 'value';
    } else if (expectation === 'end') {
      return wrong;
    } else if (character === '"') {
      at += 1;
      for (;;) {
        while (at < text.length && isPlain(text.charCodeAt(at))) at += 1;
        const length = text[at] === '\\' ? take(escape) : 0;
        if (length === 0) break;
        at += length;
      }
      if (text[at] !== '"') return { offset: at, expected: stringError(text, at) };
      at += 1;
      expectation = expectation.startsWith('name') ? 'colon' : afterValue();
    } else if (expectation.startsWith('name')) {
      return wrong;
    } else if (character === '{' || character === '[') {
      open.push(character);
      at += 1;
      expectation = character === '{' ? 'name or }' : 'value or ]';
    } else {
      const length = take(literal) || take(number);
      if (length === 0) return wrong;
      at += length;
      expectation = afterValue();
    }
  }
}

function expectedText(expectation: Expectation, close: string, whole: Whole): string {
  if (expectation === 'comma or close') return `"," or "${close}"`;
  return expectation === 'end' ? `the end of the ${whole}` : words[expectation];
}

/** Whether a character stands for itself in a JSON string: no quote, no backslash, no control character. */
function isPlain(code: number): boolean {
  return code >= 0x20 && code !== 0x22 && code !== 0x5c;
}

function stringError(text: string, at: number): string {
  if (text[at] === '\\') return 'a valid escape (one of \\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u and four hex digits)';
  return at < text.length ? 'an escaped character (control characters must be escaped in a string)' : 'a closing quote';
}
