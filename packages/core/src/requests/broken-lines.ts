import { bareLine } from './byte-text.ts';
import { headerName } from './header-name.ts';

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
  const whole = lines.slice(0, first + 1);
  for (const line of lines.slice(first + 1, end)) {
    const last = whole.length - 1;
    if (last > first && continues(line)) whole[last] = joined(whole[last] ?? '', line);
    else whole.push(line);
  }
  return whole.length === end ? undefined : [...whole, ...lines.slice(end)].join('\n');
}

/** A line that begins with white space, or is no header and no body. */
function continues(line: string): boolean {
  const bare = bareLine(line);
  if (bare === '') return false;
  if (/^[ \t]/.test(line)) return true;
  const colon = bare.indexOf(':');
  return (
    !(colon > 0 && headerName.test(bare.slice(0, colon).trimEnd())) && !/^[:{[<]/.test(bare) && !bare.includes(' ')
  );
}

function joined(header: string, line: string): string {
  const before = header.replace(/[ \t\r]+$/, '');
  const name = before.slice(0, Math.max(before.indexOf(':'), 0));
  const value = bareLine(before.slice(name.length + 1));
  const isWord = /authorization$/i.test(name) && schemeWord.test(value);
  const gap = value === '' || (signatureHeader.test(name) && !isWord) ? '' : ' ';
  return `${before}${gap}${bareLine(line)}${line.endsWith('\r') ? '\r' : ''}`;
}
