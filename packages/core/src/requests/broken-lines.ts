import { withoutEnd } from '../canonical/trimming.ts';
import { bareLine } from './byte-text.ts';
import { headerNamePattern } from './header-name.ts';

/** Words that begin an Authorization header, behind which a space belongs. */
const schemeWord = /^[A-Za-z][\w-]{0,30}$/;
const signatureHeader = /^(?:[\w-]*authorization|[\w-]*signature)$/i;

/**
 * The head of a raw request with the headers on one line each that an editor, a terminal or a mail program broke over
 * several; `undefined` where none is. A signature is put together without the white space that its wrapping added.
 */
export function withWholeHeaders(text: string): string | undefined {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => bareLine(line) !== '');
  const blank = lines.findIndex((line, at) => at > first && bareLine(line) === '');
  const end = blank < 0 ? lines.length : blank;
  const headers: string[][] = [];
  for (const line of lines.slice(first + 1, end)) {
    const last = headers.at(-1);
    if (last && continues(line)) last.push(line);
    else headers.push([line]);
  }
  if (headers.length === Math.max(end - first - 1, 0)) return undefined;
  return [...lines.slice(0, first + 1), ...headers.map(joined), ...lines.slice(end)].join('\n');
}

/** A line that begins with white space, or is no header and no body. */
function continues(line: string): boolean {
  const bare = bareLine(line);
  if (bare === '') return false;
  if (/^[ \t]/.test(line)) return true;
  const colon = bare.indexOf(':');
  return (
    !(colon > 0 && headerNamePattern.test(bare.slice(0, colon).trimEnd())) &&
    !/^[:{[<]/.test(bare) &&
    !bare.includes(' ')
  );
}

/** One header out of its lines. */
function joined(lines: readonly string[]): string {
  const [first = '', ...rest] = lines;
  if (rest.length === 0) return first;
  const start = withoutEnd(first, ' \t\r');
  const name = start.slice(0, Math.max(start.indexOf(':'), 0));
  const value = bareLine(start.slice(name.length + 1));
  const between = signatureHeader.test(name) ? '' : ' ';
  const isWord = /authorization$/i.test(name) && schemeWord.test(value);
  const gap = isWord ? ' ' : value === '' ? '' : between;
  return `${start}${gap}${rest.map(bareLine).join(between)}${first.endsWith('\r') ? '\r' : ''}`;
}
