/** Whether data begins as gzip or zlib does. */
export function isCompressed(data: Uint8Array): boolean {
  return payloadStart(data) !== undefined;
}

/**
 * Decompresses gzip and zlib (RFC 1952, 1950), because core runs where no zlib is. Checksums are not checked: a wrong
 * guess yields bytes that match no hash.
 *
 * @returns `undefined` when the data is neither, is damaged, or grows past `limitBytes`.
 */
export function decompress(data: Uint8Array, limitBytes = 16 * 1024 * 1024): Uint8Array | undefined {
  const start = payloadStart(data);
  if (start === undefined) return undefined;
  try {
    return inflate(data.subarray(start), limitBytes);
  } catch {
    return undefined;
  }
}

function payloadStart(data: Uint8Array): number | undefined {
  const [first = 0, second = 0, method, flags = 0] = data;
  if (first === 0x1f && second === 0x8b) {
    if (method !== 8) return undefined;
    let at = 10;
    if (flags & 4) at += 2 + (data[at] ?? 0) + 256 * (data[at + 1] ?? 0);
    for (const flag of [8, 16]) if (flags & flag) at = data.indexOf(0, at) + 1 || data.length;
    return flags & 2 ? at + 2 : at;
  }
  if ((first & 15) === 8 && (first * 256 + second) % 31 === 0) return 2;
  return undefined;
}

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

function huffman(lengths: readonly number[]): Huffman {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
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

function inflate(data: Uint8Array, limitBytes: number): Uint8Array {
  let output = new Uint8Array(Math.min(limitBytes, Math.max(1024, data.length * 4)));
  let written = 0;
  let bitAt = 0;
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
      if (written >= limitBytes) throw new RangeError('the data grows past the limit');
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
      bits(16);
      for (let index = 0; index < length; index++) push(bits(8));
      continue;
    }
    const [literals, distances] = type === 1 ? fixedCodes() : dynamicCodes(bits, symbol);
    for (let code = symbol(literals); code !== 256; code = symbol(literals)) {
      if (code < 256) {
        push(code);
        continue;
      }
      const length = (lengthBase[code - 257] ?? 0) + bits(lengthExtra[code - 257] ?? 0);
      const distanceCode = symbol(distances);
      const distance = (distanceBase[distanceCode] ?? 0) + bits(distanceExtra[distanceCode] ?? 0);
      if (distance > written) throw new RangeError('a copy from before the start');
      for (let index = 0; index < length; index++) push(output[written - distance] ?? 0);
    }
  }
  return output.slice(0, written);
}

function fixedCodes(): [Huffman, Huffman] {
  return [huffman(fixedLengths), huffman(Array.from({ length: 30 }, () => 5))];
}

function dynamicCodes(bits: (count: number) => number, symbol: (code: Huffman) => number): [Huffman, Huffman] {
  const literalCount = bits(5) + 257;
  const distanceCount = bits(5) + 1;
  const codeCount = bits(4) + 4;
  const codeLengths = Array.from({ length: 19 }, () => 0);
  for (let index = 0; index < codeCount; index++) codeLengths[codeLengthOrder[index] ?? 0] = bits(3);
  const lengthCode = huffman(codeLengths);
  const lengths: number[] = [];
  while (lengths.length < literalCount + distanceCount) {
    const code = symbol(lengthCode);
    if (code < 16) lengths.push(code);
    else {
      const repeated = code === 16 ? (lengths.at(-1) ?? 0) : 0;
      const times = code === 16 ? 3 + bits(2) : code === 17 ? 3 + bits(3) : 11 + bits(7);
      for (let index = 0; index < times; index++) lengths.push(repeated);
    }
  }
  return [huffman(lengths.slice(0, literalCount)), huffman(lengths.slice(literalCount))];
}
