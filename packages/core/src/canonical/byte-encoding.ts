import type { DigestEncoding } from '../digest/algorithms.ts';

const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Writes bytes as text: base64 (RFC 4648 §4, padded) or lower-case hex. */
export function encodeBytes(bytes: Uint8Array, encoding: DigestEncoding): string {
  return encoding === 'hex' ? encodeHex(bytes) : encodeBase64(bytes);
}

/** Base64 with the standard alphabet and padding. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    // Bytes past the end read as undefined, which shifts as 0; the padding below replaces what they give.
    const group = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
    text +=
      base64Alphabet[group >> 18]! +
      base64Alphabet[(group >> 12) & 63]! +
      (at + 1 < bytes.length ? base64Alphabet[(group >> 6) & 63]! : '=') +
      (at + 2 < bytes.length ? base64Alphabet[group & 63]! : '=');
  }
  return text;
}

/** Lower-case hex, two digits a byte. */
export function encodeHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

/**
 * Decodes canonical base64: standard alphabet, padding present, no white space, unused bits zero.
 * Returns `undefined` for anything else, because two spellings of one key or digest are one too many.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const digits = text.length - padding;
  if (text.length % 4 !== 0) return undefined;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let bits = 0;
  let at = 0;
  for (let index = 0; index < digits; index++) {
    const value = base64Alphabet.indexOf(text.charAt(index));
    if (value < 0) return undefined;
    bits = ((bits & 0xffff) << 6) | value;
    // Every digit but the first of a group of four completes a byte.
    const phase = index % 4;
    if (phase > 0) bytes[at++] = bits >> (6 - 2 * phase);
  }
  const unused = bits & ((1 << (2 * padding)) - 1);
  return unused === 0 ? bytes : undefined;
}

/** Decodes hex of either case; `undefined` when it is not hex. */
export function decodeHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(text.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}
