/** Thrown where the data goes on past the limit. */
class PastLimit extends RangeError {}

/** How much of raw deflate is looked at before it is taken for that: other data fails within a few bytes. */
const probedBytes = 65_536;

/** Whether data begins as gzip or zlib does, or reads as raw deflate, which has no beginning of its own. */
export function isCompressed(data: Uint8Array): boolean {
  if (isGzip(data) || isZlib(data)) return true;
  try {
    return inflate(data, 0, probedBytes).end === data.length;
  } catch (error) {
    return refusal(error) instanceof PastLimit;
  }
}

/**
 * Decompresses gzip, zlib and raw deflate (RFC 1952, 1950, 1951), because core runs where no zlib is. What `deflate` means
 * in a `Content-Encoding` is zlib, and many senders send raw deflate.
 *
 * @returns `undefined` when the data is none of them, is truncated or damaged (its checksum tells), or grows past
 * `limitBytes`. Data behind the end is ignored, except behind raw deflate, where it shows that the data is something else.
 */
export function decompress(data: Uint8Array, limitBytes = 16 * 1024 * 1024): Uint8Array | undefined {
  const wrapped = isGzip(data) ? gunzip : isZlib(data) ? unzlib : undefined;
  // Raw deflate may begin in any way, also as the others do.
  return (wrapped && attempt(wrapped, data, limitBytes)) ?? attempt(inflateRaw, data, limitBytes);
}

function attempt(
  read: (data: Uint8Array, limitBytes: number) => Uint8Array,
  data: Uint8Array,
  limitBytes: number,
): Uint8Array | undefined {
  try {
    return read(data, limitBytes);
  } catch (error) {
    refusal(error);
    return undefined;
  }
}

/** An error that says something of the data; any other is one of this program. */
function refusal(error: unknown): RangeError {
  if (error instanceof RangeError) return error;
  throw error;
}

function inflateRaw(data: Uint8Array, limitBytes: number): Uint8Array {
  const { output, end } = inflate(data, 0, limitBytes);
  check(end === data.length, 'something follows the end');
  return output;
}

function isGzip([first, second]: Uint8Array): boolean {
  return first === 0x1f && second === 0x8b;
}

function isZlib([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 15) === 8 && first >> 4 <= 7 && (first * 256 + second) % 31 === 0;
}

function gunzip(data: Uint8Array, limitBytes: number): Uint8Array {
  const { output, end } = inflate(data, gzipHeaderEnd(data), limitBytes);
  const trailer = view(data, end, 8);
  check(trailer.getUint32(0, true) === crc32(output), 'the checksum is another');
  check(trailer.getUint32(4, true) === output.length, 'the length is another');
  return output;
}

function gzipHeaderEnd(data: Uint8Array): number {
  const [, , method, flags = 0] = data;
  check(method === 8 && (flags & 0xe0) === 0, 'no such kind of gzip');
  let at = 10;
  if (flags & 4) at += 2 + view(data, at, 2).getUint16(0, true);
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const end = data.indexOf(0, at);
    check(end >= 0, 'the header does not end');
    at = end + 1;
  }
  if ((flags & 2) === 0) return at;
  check(view(data, at, 2).getUint16(0, true) === (crc32(data.subarray(0, at)) & 0xffff), 'the header is damaged');
  return at + 2;
}

function unzlib(data: Uint8Array, limitBytes: number): Uint8Array {
  check(((data[1] ?? 0) & 0x20) === 0, 'the dictionary is not known');
  const { output, end } = inflate(data, 2, limitBytes);
  check(view(data, end, 4).getUint32(0) === adler32(output), 'the checksum is another');
  return output;
}

function view(data: Uint8Array, at: number, length: number): DataView {
  check(at + length <= data.length, 'the data ends early');
  return new DataView(data.buffer, data.byteOffset + at, length);
}

function check(holds: boolean, problem: string): asserts holds {
  if (!holds) throw new RangeError(problem);
}

function adler32(data: Uint8Array): number {
  let [low, high] = [1, 0];
  for (const byte of data) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return high * 65_536 + low;
}

function crc32(data: Uint8Array): number {
  let rest = 0xffff_ffff;
  for (const byte of data) rest = (rest >>> 8) ^ (crcOfByte[(rest ^ byte) & 255] ?? 0);
  return (rest ^ 0xffff_ffff) >>> 0;
}

const crcOfByte = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb8_8320 : rest >>> 1;
  return rest;
});

const lengthBase = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBase = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
];
const distanceExtra = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** A canonical Huffman code: how many codes there are of each length, and the symbols in order of their codes. */
interface Huffman {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

/**
 * @param mayBeIncomplete whether a single code of one bit may stand alone, as it may for distances and literals
 */
function huffman(lengths: readonly number[], mayBeIncomplete: boolean): Huffman {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  const used = lengths.length - (counts[0] ?? 0);
  let left = 1;
  for (let length = 1; length <= 15; length++) {
    left = left * 2 - (counts[length] ?? 0);
    check(left >= 0, 'more codes than there is room for');
  }
  check(left === 0 || (mayBeIncomplete && (used === 0 || (used === 1 && counts[1] === 1))), 'a code is incomplete');
  const offsets = new Uint16Array(16);
  for (let length = 1; length < 15; length++) offsets[length + 1] = (offsets[length] ?? 0) + (counts[length] ?? 0);
  const symbols = new Uint16Array(lengths.length);
  lengths.forEach((length, symbol) => {
    const at = offsets[length] ?? 0;
    if (length > 0) symbols[at] = symbol;
    offsets[length] = at + 1;
  });
  return { counts, symbols };
}

const fixedLengths = Array.from({ length: 288 }, (_, symbol) =>
  symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
);

/** Inflates from a byte on. @returns what came out, and the byte behind what was read */
function inflate(data: Uint8Array, start: number, limitBytes: number): { output: Uint8Array; end: number } {
  let output = new Uint8Array(Math.min(limitBytes, Math.max(1024, data.length * 4)));
  let written = 0;
  let bitAt = start * 8;
  const bits = (count: number): number => {
    let value = 0;
    for (let index = 0; index < count; index++, bitAt++) {
      const byte = data[bitAt >> 3];
      if (byte === undefined) throw new RangeError('the compressed data ends early');
      value |= ((byte >> (bitAt & 7)) & 1) << index;
    }
    return value;
  };
  const symbol = ({ counts, symbols }: Huffman): number => {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= 15; length++) {
      code |= bits(1);
      const count = counts[length] ?? 0;
      if (code - count < first) return symbols[index + code - first] ?? 0;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new RangeError('no such code');
  };
  const push = (byte: number): void => {
    if (written === output.length) {
      if (written >= limitBytes) throw new PastLimit('the data grows past the limit');
      const larger = new Uint8Array(Math.min(limitBytes, output.length * 2));
      larger.set(output);
      output = larger;
    }
    output[written++] = byte;
  };
  for (let last = 0; last === 0;) {
    last = bits(1);
    const type = bits(2);
    if (type === 3) throw new RangeError('no such block type');
    if (type === 0) {
      bitAt = (bitAt + 7) & ~7;
      const length = bits(16);
      check((bits(16) ^ 0xffff) === length, 'the length of a stored block is damaged');
      for (let index = 0; index < length; index++) push(bits(8));
      continue;
    }
    const [literals, distances] = type === 1 ? fixedCodes() : dynamicCodes(bits, symbol);
    for (let code = symbol(literals); code !== 256; code = symbol(literals)) {
      if (code < 256) {
        push(code);
        continue;
      }
      const length = valueOf(code - 257, lengthBase, lengthExtra, bits);
      const distance = valueOf(symbol(distances), distanceBase, distanceExtra, bits);
      if (distance > written) throw new RangeError('a copy from before the start');
      for (let index = 0; index < length; index++) push(output[written - distance] ?? 0);
    }
  }
  return { output: output.slice(0, written), end: (bitAt + 7) >> 3 };
}

function valueOf(
  code: number,
  base: readonly number[],
  extra: readonly number[],
  bits: (count: number) => number,
): number {
  const from = base[code];
  // The fixed codes have two of each that stand for nothing.
  if (from === undefined) throw new RangeError('no such length or distance');
  return from + bits(extra[code] ?? 0);
}

function fixedCodes(): [Huffman, Huffman] {
  return [
    huffman(fixedLengths, false),
    huffman(
      Array.from({ length: 32 }, () => 5),
      false,
    ),
  ];
}

function dynamicCodes(bits: (count: number) => number, symbol: (code: Huffman) => number): [Huffman, Huffman] {
  const literalCount = bits(5) + 257;
  const distanceCount = bits(5) + 1;
  const codeCount = bits(4) + 4;
  check(literalCount <= 286 && distanceCount <= 30, 'too many codes');
  const codeLengths = Array.from({ length: 19 }, () => 0);
  for (let index = 0; index < codeCount; index++) codeLengths[codeLengthOrder[index] ?? 0] = bits(3);
  const lengthCode = huffman(codeLengths, false);
  const lengths: number[] = [];
  while (lengths.length < literalCount + distanceCount) {
    const code = symbol(lengthCode);
    if (code < 16) {
      lengths.push(code);
      continue;
    }
    check(code !== 16 || lengths.length > 0, 'a repetition of nothing');
    const repeated = code === 16 ? (lengths.at(-1) ?? 0) : 0;
    const times = code === 16 ? 3 + bits(2) : code === 17 ? 3 + bits(3) : 11 + bits(7);
    for (let index = 0; index < times; index++) lengths.push(repeated);
  }
  check(lengths.length === literalCount + distanceCount, 'a repetition past the end');
  check((lengths[256] ?? 0) > 0, 'no code ends a block');
  return [huffman(lengths.slice(0, literalCount), true), huffman(lengths.slice(literalCount), true)];
}
