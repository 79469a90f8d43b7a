const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text of a target or a header's value that came as one character for each byte, as Node and Fetch give them. Bytes
 * that are UTF-8 become that text. Where they are not, each byte beyond ASCII becomes the half of a surrogate pair
 * U+DC80 to U+DCFF, which no UTF-8 stands for: so the byte E9 and the bytes C3 A9 stay two values, and `verify` refuses
 * the first where it is signed.
 */
export function textOfBytes(bytes: string): string {
  // oxlint-disable-next-line no-control-regex -- bytes beyond ASCII, and nothing beyond bytes
  if (!/[\x80-\xff]/.test(bytes) || /[^\x00-\xff]/.test(bytes)) return bytes;
  try {
    return utf8.decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
  } catch {
    return bytes.replace(/[\x80-\xff]/g, (byte) => String.fromCharCode(0xdc00 + byte.charCodeAt(0)));
  }
}
