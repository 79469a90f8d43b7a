import { decodeBase64, decodeHex, encodeBase64, encodeHex } from '../../canonical/byte-encoding.ts';
import { digestLength, type DigestEncoding, type HashAlgorithm, type MacRule } from '../../digest/algorithms.ts';
import { inWords } from '../text/digest-spellings.ts';
import { printedDigest, withoutLineBreaks } from '../text/printed-digest.ts';
import { textOf } from '../text/visible.ts';
import { withoutEnd, withoutStart } from '../../canonical/trimming.ts';

/** One way to read a received digest's text. */
export interface DigestReading {
  readonly algorithm: HashAlgorithm;
  /** The digest as canonical base64; of a cut one, the text that was received. */
  readonly base64: string;
  /** `whole`, or the `start` or `end` of a digest that was cut. */
  readonly extent: 'whole' | 'start' | 'end';
  /** How the text stands for the bytes, in words; the scheme's own encoding is `base64` or `hex`. */
  readonly encoding: string;
}

/** Longer texts are no digest in any encoding that people confuse. */
const longestText = 1024;
const lengths = new Map(Object.entries(digestLength).map(([name, length]) => [length, name as HashAlgorithm]));

/**
 * Every reading of a digest's text: all encodings that people confuse, and the algorithms that the length allows. With it
 * a candidate costs one HMAC whatever encodings are considered.
 */
export function digestReadings(text: string, algorithm: HashAlgorithm, encoding: DigestEncoding): DigestReading[] {
  if (text.length > longestText) return [];
  const readings: DigestReading[] = [];
  for (const [label, bytes] of decodings(text)) {
    const found = lengths.get(bytes.length);
    // 64 bytes that are all hexadecimal digits are a digest written twice, not a SHA-512.
    if (found === undefined || (found === 'sha512' && /^[0-9a-f]{64}$/i.test(textOf(bytes) ?? ''))) continue;
    const base64 = encodeBase64(bytes);
    if (readings.some((reading) => reading.base64 === base64 && reading.algorithm === found)) continue;
    readings.push({ algorithm: found, base64, extent: 'whole', encoding: label });
  }
  const own = (reading: DigestReading): number =>
    (reading.algorithm === algorithm ? 0 : 2) + (reading.encoding === encoding ? 0 : 1);
  if (readings.length === 0) readings.push(...cutReadings(text, algorithm));
  return readings.toSorted((left, right) => own(left) - own(right));
}

/** Whether a digest is written as the scheme wants it; some take its letters in any case. */
export function isOwnEncoding({ encoding }: Pick<DigestReading, 'encoding'>, mac: MacRule): boolean {
  if (mac.encoding === 'base64url') return encoding === base64Url || encoding === unpadded;
  if (encoding === mac.encoding || (encoding === upperHex && mac.encoding === 'upper-hex')) return true;
  return mac.anyCase === true && mac.encoding !== 'base64' && ['hex', upperHex, mixedHex].includes(encoding);
}

const base64Url = 'base64url';
const unpadded = 'base64 without its padding';
const upperHex = 'upper-case hexadecimal';
const mixedHex = 'hexadecimal of mixed case';

/** True when the text may stand for a digest of 16 bytes or more. */
export function looksLikeDigest(text: string): boolean {
  if (text.length > longestText) return false;
  let bare = withoutStart(withoutEnd(text.trim(), `"',;`), `"'b`);
  while (bare.slice(-3).toUpperCase() === '%3D') bare = bare.slice(0, -3);
  return /^(?:[A-Za-z0-9+/_-]|%[0-9A-Fa-f]{2}| ){22,}={0,2}$/.test(bare);
}

function* decodings(text: string): Generator<[label: string, bytes: Uint8Array]> {
  yield* encodedIn(text);
  const joined = withoutLineBreaks(text);
  if (joined !== undefined)
    for (const [label, bytes] of encodedIn(joined)) yield [`${inWords(label)}, broken into lines`, bytes];
  const printed = printedBytes(text);
  if (printed) yield [`the line that ${printed.tool} prints`, printed.bytes];
}

/** The digest in a line that a tool printed. */
function printedBytes(text: string): { readonly bytes: Uint8Array; readonly tool: string } | undefined {
  const printed = printedDigest(text);
  const bytes = printed && decodeHex(printed.hex);
  return printed && bytes && { bytes, tool: printed.tool };
}

function* encodedIn(text: string): Generator<[label: string, bytes: Uint8Array]> {
  const hex = decodeHex(text);
  const base64 = decodeBase64(text);
  if (base64) yield ['base64', base64];
  if (hex && hex.length > 0) {
    const label = /[A-F]/.test(text) ? (/[a-f]/.test(text) ? mixedHex : upperHex) : 'hex';
    yield [label, hex];
    const inner = textOf(hex);
    const twiceHex = inner === undefined ? undefined : decodeHex(inner);
    if (twiceHex) yield ['hexadecimal of the hexadecimal text', twiceHex];
    const innerBase64 = inner === undefined ? undefined : decodeBase64(inner);
    if (innerBase64) yield ['hexadecimal of the base64 text', innerBase64];
  }
  if (!base64) {
    const standard = text.replaceAll('-', '+').replaceAll('_', '/').replaceAll('=', '');
    const padded = decodeBase64(standard + '='.repeat((4 - (standard.length % 4)) % 4));
    if (padded)
      yield [/[-_]/.test(text) ? (text.endsWith('=') ? 'base64url with padding' : base64Url) : unpadded, padded];
  }
  const outer = base64 ?? decodeBase64(`${text}${'='.repeat((4 - (text.length % 4)) % 4)}`);
  const inner = outer && textOf(outer);
  if (inner === undefined) return;
  const innerHex = decodeHex(inner.replace(/\s+/g, ''));
  if (innerHex) yield ['base64 of the hexadecimal text', innerHex];
  const innerBase64 = decodeBase64(inner.trim());
  if (innerBase64) yield ['base64 of the base64 text', innerBase64];
  const paired = decodeBase64(/^[^:\s]+:([A-Za-z0-9+/]+={0,2})$/.exec(inner)?.[1] ?? '');
  if (paired) yield ['base64 of key id, colon and signature', paired];
  const printed = printedBytes(inner);
  if (printed) yield [`base64 of the line that ${printed.tool} prints`, printed.bytes];
  if (/^[\0-\xff]*$/.test(inner)) {
    yield [
      'base64 of the digest read as Latin-1 and written as UTF-8',
      Uint8Array.from(inner, (character) => character.charCodeAt(0)),
    ];
  }
}

/** A text that is shorter than any digest: the start or the end of one. Twelve characters are 72 bits: no coincidence. */
function cutReadings(text: string, algorithm: HashAlgorithm): DigestReading[] {
  const bare = withoutEnd(text, '=');
  if (bare.length < 12) return [];
  const readings: DigestReading[] = [];
  const encodings = /^[0-9a-f]+$/i.test(bare) ? ['hex', 'base64'] : /^[A-Za-z0-9+/]+$/.test(bare) ? ['base64'] : [];
  for (const encoding of encodings) {
    // The last character may hold bits of a byte that was cut off with the rest: it is compared as text all the same.
    readings.push({ algorithm, base64: bare, extent: 'start', encoding });
    readings.push({ algorithm, base64: text, extent: 'end', encoding });
  }
  return readings;
}

/** Whether a digest, as canonical base64, is what the reading says. */
export function matchesReading(reading: DigestReading, base64: string): boolean {
  if (reading.extent === 'whole') return reading.base64 === base64;
  const text = reading.encoding === 'hex' ? encodeHex(decodeBase64(base64) ?? new Uint8Array()) : base64;
  const wanted = reading.encoding === 'hex' ? reading.base64.toLowerCase() : reading.base64;
  return reading.extent === 'start' ? text.startsWith(wanted) : text.endsWith(wanted);
}
