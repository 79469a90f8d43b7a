import { percentByte } from '../canonical/byte-encoding.ts';
import { encodeText } from './bytes.ts';
import type { ReadFile } from './read-file.ts';

/** The bytes that one data option adds to the body. */
export async function curlData(option: string, value: string, readFile: ReadFile): Promise<Uint8Array> {
  if (option === 'data-urlencode') return encodeText(await urlEncoded(value, readFile));
  if (option === 'data-raw' || !value.startsWith('@')) return encodeText(value);
  const bytes = await readFile(value.slice(1));
  // `--data @file` strips line ends and NUL from the file; `--data-binary` and `--json` do not.
  const strips = option === 'data' || option === 'data-ascii';
  return strips ? bytes.filter((byte) => byte !== 10 && byte !== 13 && byte !== 0) : bytes;
}

/** `--data-urlencode`: `content`, `=content`, `name=content`, `@file` or `name@file`. */
export async function urlEncoded(value: string, readFile: ReadFile): Promise<string> {
  const separator = /[=@]/.exec(value);
  if (!separator) return percentEncode(encodeText(value));
  const name = value.slice(0, separator.index);
  const rest = value.slice(separator.index + 1);
  const bytes = separator[0] === '@' ? await readFile(rest) : encodeText(rest);
  return (name === '' ? '' : `${name}=`) + percentEncode(bytes);
}

/** As curl does: everything but RFC 3986's unreserved characters, and `+` for a space. */
function percentEncode(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    if (character === ' ') text += '+';
    else text += /[A-Za-z0-9\-._~]/.test(character) ? character : percentByte(byte);
  }
  return text;
}
