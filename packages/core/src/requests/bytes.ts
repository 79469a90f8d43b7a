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

/** Several pieces of bytes as one. */
export function concatBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
