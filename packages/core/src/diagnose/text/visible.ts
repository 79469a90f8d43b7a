import { hashText } from '#digest';
import { bytesOf } from '../../canonical/byte-encoding.ts';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const limit = 600;

/** The text of UTF-8 bytes, or `undefined` when they are no UTF-8. A byte order mark stays. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * A value as people can read it: `\n`, `\r` and `\t` for themselves, `·` for white space at an end, `\x00` for other
 * unprintable bytes and characters, and a cut in the middle of a long one.
 */
export function visible(value: string | Uint8Array): string {
  const text = typeof value === 'string' ? value : textOf(value);
  if (text === undefined) return cut(hexDump(value as Uint8Array));
  if (text.length <= 4 * limit) return cut(escaped(text));
  // Only both ends of a long text are shown; a letter stands for the rest, so that no space seems to stand at an end.
  const [head, tail] = [escaped(`${text.slice(0, limit)}x`), escaped(`x${text.slice(-limit)}`)];
  return `${head.slice(0, limit - 60)} … ${tail.slice(-60)}`;
}

function escaped(text: string): string {
  return (
    text
      .replace(/\\/g, '\\\\')
      .replace(/^ +| +$/gm, (spaces) => '·'.repeat(spaces.length))
      .replace(/\n/g, '\\n')
      .replace(/\r/g, '\\r')
      .replace(/\t/g, '\\t')
      // eslint-disable-next-line no-control-regex
      .replace(/[\0-\x1f\x7f-\x9f]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
      .replace(
        /[\u00a0\u00ad\u200b-\u200f\u2028\u2029\ufeff\ufffd]|\p{M}|\p{Cs}/gu,
        (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
      )
  );
}

function hexDump(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes.subarray(0, limit)) {
    text += byte > 31 && byte < 127 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return text;
}

function cut(text: string): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 60)} … ${text.slice(-60)}`;
}

/** Byte offset of the first difference; the shorter length when one begins with the other. */
export function firstDifference(yours: string | Uint8Array, expected: string | Uint8Array): number {
  const left = bytesOf(yours);
  const right = bytesOf(expected);
  const end = Math.min(left.length, right.length);
  let at = 0;
  while (at < end && left[at] === right[at]) at++;
  return at;
}

/** The start of the UTF-8 character that a byte belongs to. */
export function characterStart(bytes: Uint8Array, offset: number): number {
  let at = Math.min(Math.max(0, offset), bytes.length);
  while (at > 0 && at < bytes.length && ((bytes[at] ?? 0) & 0xc0) === 0x80) at--;
  return at;
}

/** A key under which equal bytes meet, whether they are held as text or as bytes. */
export function sameBytesKey(value: string | Uint8Array): string {
  if (typeof value === 'string') return value;
  return textOf(value) ?? `\0${hashText('sha256', value, 'hex')}`;
}
