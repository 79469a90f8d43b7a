import { decodeBase64, decodeHex, encodeBase64, encodeHex, utf8 } from '../canonical/byte-encoding.ts';
import type { Secret } from '../secret.ts';
import type { Pattern } from './pattern-search.ts';

/** Shorter texts stand in any message by chance; no provider has keys that short. */
export const shortestForm = 8;

/**
 * The bytes by which a secret can be known wherever they stand: its text, what it decodes to, both in base64 and hex, and
 * both within base64 of something longer, such as `Basic base64(key:secret)`. Escapes, base64url and a lost padding are
 * the search's business.
 *
 * @param secret a text that the scheme cannot decode is read as base64 and hex where it is
 */
export function secretForms(secret: Secret | string): Pattern[] {
  const { text, bytes } = typeof secret === 'string' ? readings(secret.trim()) : secret.expose();
  const escaped = encodeURIComponent(text.replace(/\p{Surrogate}/gu, ''));
  const patterns = [text, text.toLowerCase(), text.toUpperCase()].map((form) => whole(utf8.encode(form)));
  for (const value of [utf8.encode(text), utf8.encode(escaped), ...(bytes ? [bytes] : [])]) {
    const hex = encodeHex(value);
    patterns.push(whole(value), whole(utf8.encode(hex)), whole(utf8.encode(hex.toUpperCase())), ...inBase64(value));
  }
  // Node hands on header bytes that are no UTF-8 as one character each.
  if (bytes) patterns.push(whole(utf8.encode(String.fromCharCode(...bytes.subarray(0, 1024)))));
  return patterns.filter((pattern) => pattern.bytes.length >= shortestForm);
}

/** Of these the ones in which it is written: all but its bytes themselves, which begin by chance like other text. */
export function writtenForms(secret: Secret | string, forms: readonly Pattern[]): readonly Pattern[] {
  const { bytes } = typeof secret === 'string' ? readings(secret.trim()) : secret.expose();
  return forms.filter((form) => !bytes || form.bytes.length !== bytes.length);
}

function readings(text: string): { readonly text: string; readonly bytes: Uint8Array | undefined } {
  const padded = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  return {
    text,
    bytes: decodeBase64(padded.padEnd(Math.ceil(padded.length / 4) * 4, '=')) ?? decodeHex(text),
  };
}

/** Without its padding, which some leave away. */
function whole(bytes: Uint8Array): Pattern {
  let end = bytes.length;
  while (end > shortestForm && bytes[end - 1] === 0x3d) end--;
  return { bytes: bytes.subarray(0, end), isInBase64: false };
}

/**
 * The characters that a value gives within base64 of something longer, for each place in a group of three bytes at which
 * it can begin: those that hold no bit of what stands around it.
 */
function inBase64(value: Uint8Array): Pattern[] {
  return [0, 1, 2].map((offset) => {
    const padded = new Uint8Array(offset + value.length);
    padded.set(value, offset);
    const characters = encodeBase64(padded).slice(
      Math.ceil((offset * 4) / 3),
      Math.floor(((offset + value.length) * 4) / 3),
    );
    return { bytes: utf8.encode(characters), isInBase64: true };
  });
}
