import type { DigestEncoding } from '../digest/algorithms.ts';

/** Text to its UTF-8 bytes. One for all, because a bundler must keep each one that is made. */
export const utf8 = new TextEncoder();

/** The bytes of a value; text stands for its UTF-8. */
export function bytesOf(value: string | Uint8Array): Uint8Array {
  return typeof value === 'string' ? utf8.encode(value) : value;
}

/** A byte as percent-encoding writes it (RFC 3986 §2.1), its digits in capitals. */
export function percentByte(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
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

/** Writes bytes as text: base64 (RFC 4648 §4, padded), base64url (§5, not padded) or hex, lower case unless it is `upper-hex`. */
export function encodeBytes(bytes: Uint8Array, encoding: DigestEncoding): string {
  if (encoding === 'base64') return encodeBase64(bytes);
  if (encoding === 'base64url') return encodeBase64Url(bytes);
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

/** Base64 with the alphabet for URLs and no padding (RFC 4648 §5), as tokens are written. */
export function encodeBase64Url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
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

/** Decodes canonical base64url: its alphabet, no padding, unused bits zero; `undefined` for anything else. */
export function decodeBase64Url(text: string): Uint8Array | undefined {
  if (/[^\w-]/.test(text)) return undefined;
  const standard = text.replaceAll('-', '+').replaceAll('_', '/');
  return decodeBase64(standard + '='.repeat(-standard.length & 3));
}

/** Decodes a digest's text; `undefined` when it is not of the encoding. */
export function decodeBytes(text: string, encoding: DigestEncoding): Uint8Array | undefined {
  if (encoding === 'base64') return decodeBase64(text);
  return encoding === 'base64url' ? decodeBase64Url(text) : decodeHex(text);
}

/** Decodes hex of either case; `undefined` when it is not hex. */
export function decodeHex(text: string): Uint8Array | undefined {
  if (text.length % 2 || /[^\da-f]/i.test(text)) return undefined;
  return Uint8Array.from(text.match(/../g) ?? [], (digits) => Number(`0x${digits}`));
}
