import { utf8 } from '../canonical/byte-encoding.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A text's UTF-8 bytes. */
export function encodeText(text: string): Uint8Array {
  return utf8.encode(text);
}

/** Bytes as UTF-8 text; what is not UTF-8 becomes replacement characters. */
export function decodeText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
