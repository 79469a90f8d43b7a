import type { DigestEncoding } from '../digest/algorithms.ts';

/** Text to its UTF-8 bytes. One for all, because a bundler must keep each one that is made. */
export const utf8 = new TextEncoder();

/** The bytes of a value; text stands for its UTF-8. */
export function bytesOf(value: string | Uint8Array): Uint8Array {
  return typeof value === 'string' ? utf8.encode(value) : value;
}

/** Longer bytes stay bytes: turned into text they would be there twice. */
const longestText = 16_384;
const strictUtf8 = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text that bytes are the UTF-8 of; `undefined` where they are that of none, or many. */
export function textOfUtf8(bytes: Uint8Array): string | undefined {
  if (bytes.length > longestText) return undefined;
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Writes bytes as text: base64 (RFC 4648 §4, padded) or hex, lower case unless it is `upper-hex`. */
export function encodeBytes(bytes: Uint8Array, encoding: DigestEncoding): string {
  if (encoding === 'base64') return encodeBase64(bytes);
  const text = encodeHex(bytes);
  return encoding === 'hex' ? text : text.toUpperCase();
}

/** Base64 with the standard alphabet and padding. */
export function encodeBase64(bytes: Uint8Array & { toBase64?: () => string }): string {
  // Newer engines have it built in (ES2026), in a quarter of the time.
  if (bytes.toBase64) return bytes.toBase64();
  let characters = '';
  for (const byte of bytes) characters += String.fromCharCode(byte);
  return btoa(characters);
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
  try {
    const characters = atob(text);
    // `atob` is lenient, so only what would be written in the same way is taken.
    if (btoa(characters) === text) return Uint8Array.from(characters, (character) => character.charCodeAt(0));
  } catch {
    // Not base64 at all.
  }
  return undefined;
}

/** Decodes hex of either case; `undefined` when it is not hex. */
export function decodeHex(text: string): Uint8Array | undefined {
  if (text.length % 2 || /[^\da-f]/i.test(text)) return undefined;
  return Uint8Array.from(text.match(/../g) ?? [], (digits) => Number(`0x${digits}`));
}
