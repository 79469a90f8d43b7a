/** A part of a file: its first and its last byte. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The one range that a `Range` header asks for.
 *
 * @param length of the file, in bytes
 * @returns `undefined` for the whole file: there is no header, or it asks for something else than one range that begins at
 * a byte (RFC 9110 lets a server ignore it); `unsatisfiable` when the file has none of the bytes
 */
export function byteRange(header: string | undefined, length: number): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d+)-(\d*)$/.exec(header ?? '');
  if (!match) return undefined;
  const from = Number(match[1]);
  const to = Math.min(match[2] === '' ? length - 1 : Number(match[2]), length - 1);
  return from > to ? 'unsatisfiable' : { from, to };
}
