import { withoutEnds } from '../canonical/trimming.ts';
import { decodeText, encodeText } from './bytes.ts';

const chunk = 8192;

/**
 * Bytes as a text of one character each (U+0000 to U+00FF), so that lines can be taken apart and put together without a byte
 * of a body being lost that is no UTF-8.
 */
export function byteText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += chunk) text += String.fromCharCode(...bytes.subarray(at, at + chunk));
  return text;
}

/** The bytes of such a text. */
export function bytesOfText(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** The characters for which a byte text stands. */
export function decodedByteText(text: string): string {
  return decodeText(bytesOfText(text));
}

/** The byte text that stands for characters. */
export function encodedByteText(text: string): string {
  return byteText(encodeText(text));
}

/** A line without the white space around it. `trim` would take the byte A0, which ends the UTF-8 of `à`. */
export function bareLine(text: string): string {
  return withoutEnds(text, ' \t\r\n');
}
