import { inputError } from './input-error.ts';
import { encodeText } from './bytes.ts';

/** Bytes as UTF-8 (or as no text at all, as a body may be), and what was done to them. */
export interface Utf8Input {
  readonly bytes: Uint8Array;
  readonly edit?: string;
}

/** Files that are told by how they begin. */
const magic: readonly (readonly [start: string, what: string, bring: string])[] = [
  ['89504e47', 'a picture (PNG)', 'the text that it shows'],
  ['ffd8ff', 'a picture (JPEG)', 'the text that it shows'],
  ['47494638', 'a picture (GIF)', 'the text that it shows'],
  ['25504446', 'a PDF', 'the text that it shows'],
  [
    '504b0304',
    'a ZIP archive (or an Office document)',
    "the file inside that holds the request; of Fiddler's SAZ that is raw/NN_c.txt",
  ],
  ['1f8b', 'compressed (gzip)', 'the file unpacked'],
  ['d4c3b2a1', 'a packet capture', 'what Wireshark shows under Follow → HTTP Stream, saved as raw'],
  ['a1b2c3d4', 'a packet capture', 'what Wireshark shows under Follow → HTTP Stream, saved as raw'],
  ['0a0d0d0a', 'a packet capture', 'what Wireshark shows under Follow → HTTP Stream, saved as raw'],
];

/**
 * Turns UTF-16, with a byte order mark or without, into UTF-8.
 *
 * @throws CountersignError `input/binary` for what is no text
 */
export function utf8Input(bytes: Uint8Array): Utf8Input {
  const start = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const found = magic.find(([known]) => start.startsWith(known));
  if (found) throw inputError('input/binary', `the file is ${found[1]}, no request; bring ${found[2]}`);
  const order = start.startsWith('fffe') ? 'little' : start.startsWith('feff') ? 'big' : orderOfZeros(bytes);
  if (order) {
    const mark = start.startsWith('fffe') || start.startsWith('feff') ? 2 : 0;
    const text = new TextDecoder('utf-16le').decode(littleEndian(bytes.subarray(mark), order));
    return { bytes: encodeText(text), edit: 'it is UTF-16, as Windows PowerShell writes files, and is read as UTF-8' };
  }
  const line = bytes.indexOf(10);
  if (bytes.subarray(0, line < 0 ? bytes.length : line).includes(0)) {
    throw inputError('input/binary', 'the file is binary, no request; bring the request as text, as it was sent');
  }
  return { bytes };
}

/** Text that is mostly ASCII has a zero in every second byte of its UTF-16. */
function orderOfZeros(bytes: Uint8Array): 'little' | 'big' | undefined {
  const sample = bytes.subarray(0, 400);
  const zeros = [0, 0];
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const most = Math.floor(sample.length / 2) * 0.8;
  if (most < 4) return undefined;
  if (odd >= most && even === 0) return 'little';
  return even >= most && odd === 0 ? 'big' : undefined;
}

function littleEndian(bytes: Uint8Array, order: 'little' | 'big'): Uint8Array {
  if (order === 'little') return bytes;
  const swapped = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) swapped[at] = bytes[at ^ 1] ?? 0;
  return swapped;
}
