import { utf8 } from '../../canonical/byte-encoding.ts';

/** The code of a character, or that of "?" where it is over the limit. */
export function narrow(character: string, limit: number): number {
  const code = character.codePointAt(0) ?? 63;
  return code <= limit ? code : 63;
}

/** Bytes as the characters of the same numbers. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** A byte for every UTF-16 unit of a text. */
export function units(text: string, byte: (unit: number) => number): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = byte(text.charCodeAt(index));
  return bytes;
}

/** A text as UTF-16. */
export function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index), littleEndian);
  return bytes;
}

const windows =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';

/** A text as Windows-1252, with "?" for what it lacks. */
export function windows1252(text: string): Uint8Array {
  return Uint8Array.from([...text], (character) => {
    const special = windows.indexOf(character);
    return special >= 0 ? special + 128 : narrow(character, 255);
  });
}

/** Bytes read as Windows-1252. */
export function readAsWindows1252(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) =>
    byte >= 128 && byte < 160 ? (windows[byte - 128] ?? '') : String.fromCharCode(byte),
  ).join('');
}

/** UTF-8 bytes read as Windows-1252: `CafÃ©`. */
export function mojibake(text: string): string {
  return readAsWindows1252(utf8.encode(text));
}

/** UTF-8 with the surrogates of a pair encoded one by one. */
export function cesu8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) bytes.push(unit);
    else if (unit < 0x800) bytes.push(0xc0 | (unit >> 6), 0x80 | (unit & 63));
    else bytes.push(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 63), 0x80 | (unit & 63));
  }
  return Uint8Array.from(bytes);
}
