/** The characters of the bytes 80 to 9F; all others are those of Latin-1. */
const special =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';

/** A text as bytes, with "?" for what the charset has not. */
export function encodeWindows1252(text: string): Uint8Array {
  return Uint8Array.from([...text], (character) => {
    const at = special.indexOf(character);
    const code = character.codePointAt(0) ?? 63;
    return at >= 0 ? at + 128 : code <= 255 ? code : 63;
  });
}

/** Bytes read as this charset: `CafÃ©`, where they are UTF-8. */
export function readAsWindows1252(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) =>
    byte >= 128 && byte < 160 ? (special[byte - 128] ?? '') : String.fromCharCode(byte),
  ).join('');
}
