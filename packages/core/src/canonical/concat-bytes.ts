/** Several pieces of bytes as one. */
export function concatBytes(pieces: readonly Uint8Array[]): Uint8Array {
  let at = 0;
  for (const piece of pieces) at += piece.length;
  const whole = new Uint8Array(at);
  at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
