import { concatBytes } from '../canonical/concat-bytes.ts';

/** A value in DER (X.690): its tag, what is in it, and both as they were written. */
export interface DerValue {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly whole: Uint8Array;
}

/** The tags that keys are made of. */
export const derTag = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
} as const;

/**
 * Reads the values that stand behind each other, to the last byte; `undefined` where the bytes are not DER: a length that is
 * written longer than it needs to be, one of unknown end, or one that leads past the end.
 */
export function readDer(bytes: Uint8Array): readonly DerValue[] | undefined {
  const values: DerValue[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at] as number;
    const first = bytes[at + 1];
    // No key has tags of several bytes.
    if (first === undefined || (tag & 0x1f) === 0x1f) return undefined;
    let length = first;
    let begin = at + 2;
    if (first >= 0x80) {
      const count = first - 0x80;
      if (count < 1 || count > 3 || begin + count > bytes.length) return undefined;
      length = 0;
      for (let digit = 0; digit < count; digit++) length = length * 256 + (bytes[begin + digit] as number);
      if (length < 0x80 || length < 256 ** (count - 1)) return undefined;
      begin += count;
    }
    const end = begin + length;
    if (end > bytes.length) return undefined;
    values.push({ tag, content: bytes.subarray(begin, end), whole: bytes.subarray(at, end) });
    at = end;
  }
  return values;
}

/** Reads one value that is all there is, with a tag; its own values where it is a sequence. */
export function readSequence(bytes: Uint8Array): readonly DerValue[] | undefined {
  const [only, second] = readDer(bytes) ?? [];
  return only?.tag === derTag.sequence && second === undefined ? readDer(only.content) : undefined;
}

/** The bytes of a number that is not negative and written as shortly as can be, without leading zeros. */
export function readUnsigned({ tag, content }: DerValue): Uint8Array | undefined {
  const [first, second] = content;
  if (tag !== derTag.integer || first === undefined || first >= 0x80) return undefined;
  if (first !== 0 || second === undefined) return first === 0 ? new Uint8Array() : content;
  return second >= 0x80 ? content.subarray(1) : undefined;
}

/** Writes a value. */
export function writeDer(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = concatBytes([...contents]);
  const { length } = content;
  const head =
    length < 0x80
      ? [length]
      : length < 0x100
        ? [0x81, length]
        : length < 0x10000
          ? [0x82, length >> 8, length & 0xff]
          : [0x83, length >> 16, (length >> 8) & 0xff, length & 0xff];
  return concatBytes([Uint8Array.from([tag, ...head]), content]);
}

/** Writes a number that is not negative, given as bytes. */
export function writeUnsigned(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = start < 0 ? Uint8Array.of(0) : bytes.subarray(start);
  return (digits[0] as number) >= 0x80
    ? writeDer(derTag.integer, Uint8Array.of(0), digits)
    : writeDer(derTag.integer, digits);
}
