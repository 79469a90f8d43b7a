import type { DigestEncoding } from '../digest/algorithms.ts';

const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const base64Values = new Map([...base64Alphabet].map((character, value) => [character, value]));

/** Writes bytes as text: base64 (RFC 4648 §4, padded) or lower-case hex. */
export function encodeBytes(bytes: Uint8Array, encoding: DigestEncoding): string {
  return encoding === 'hex' ? encodeHex(bytes) : encodeBase64(bytes);
}

/** Base64 with the standard alphabet and padding. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const group = (a << 16) | (b << 8) | c;
    for (let sextet = 0; sextet < 4; sextet++) {
      const missing = at + sextet > bytes.length;
      text += missing ? '=' : base64Alphabet[(group >> (18 - 6 * sextet)) & 63];
    }
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
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let at = 0;
  for (let index = 0; index < text.length; index += 4) {
    let group = 0;
    for (let sextet = 0; sextet < 4; sextet++) {
      const position = index + sextet;
      const value = position >= text.length - padding ? 0 : base64Values.get(text[position] ?? '');
      if (value === undefined) return undefined;
      group = (group << 6) | value;
    }
    for (let shift = 16; shift >= 0; shift -= 8) {
      const byte = (group >> shift) & 255;
      if (at < bytes.length) bytes[at++] = byte;
      else if (byte !== 0) return undefined;
    }
  }
  return bytes;
}

/** Decodes hex of either case; `undefined` when it is not hex. */
export function decodeHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) return undefined;
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(2 * index, 2 * index + 2), 16),
  );
}
