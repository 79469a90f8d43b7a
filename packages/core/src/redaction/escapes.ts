/** Bytes with their escapes decoded. */
export interface Unescaped {
  readonly bytes: Uint8Array;
  /** Where in the escaped text a byte, or the end of them all, begins. */
  readonly sourceOf: (index: number) => number;
}

const percent = 0x25;
const ampersand = 0x26;
const backslash = 0x5c;

/**
 * Decodes what URLs (`%2B`), JSON and programming languages (`\u002b`, `\x2b`, `\/`) and XML (`&#43;`, `&#x2b;`) write for
 * ASCII characters. Anything else stays as it is. `undefined` when there is no escape.
 */
export function unescapeOnce(text: Uint8Array): Unescaped | undefined {
  if (!text.includes(percent) && !text.includes(backslash) && !hasEntity(text)) return undefined;
  const bytes = new Uint8Array(text.length);
  const { length, escapes } = decodeInto(bytes, text);
  if (escapes === 0) return undefined;
  let places: Places | undefined;
  return {
    bytes: bytes.subarray(0, length),
    sourceOf(index) {
      places ??= placesIn(text, escapes);
      return index + (places.removed[countBelow(places.decoded, index) - 1] ?? 0);
    },
  };
}

function decodeInto(bytes: Uint8Array, text: Uint8Array): { readonly length: number; readonly escapes: number } {
  let length = 0;
  let escapes = 0;
  for (let at = 0; at < text.length;) {
    const byte = text[at] as number;
    const size = byte === percent || byte === backslash || byte === ampersand ? escapeAt(text, at) : 0;
    if (size > 0) escapes++;
    bytes[length++] = size > 0 ? decoded : byte;
    at += size || 1;
  }
  return { length, escapes };
}

/** Where in the decoded bytes each escape's byte stands, and how many bytes escapes took away up to and with it. */
interface Places {
  readonly decoded: Uint32Array;
  readonly removed: Uint32Array;
}

/** Noted when something was found, which is rare: most of the time of decoding went into noting it. */
function placesIn(text: Uint8Array, escapes: number): Places {
  const places = { decoded: new Uint32Array(escapes), removed: new Uint32Array(escapes) };
  let taken = 0;
  let removed = 0;
  for (let at = 0; at < text.length;) {
    const byte = text[at] as number;
    const size = byte === percent || byte === backslash || byte === ampersand ? escapeAt(text, at) : 0;
    if (size > 0) {
      places.decoded[taken] = at - removed;
      removed += size - 1;
      places.removed[taken++] = removed;
    }
    at += size || 1;
  }
  return places;
}

/** Forms and query strings are full of ampersands that begin none. */
function hasEntity(text: Uint8Array): boolean {
  let at = text.indexOf(ampersand);
  while (at >= 0 && text[at + 1] !== 0x23) at = text.indexOf(ampersand, at + 1);
  return at >= 0;
}

/** How many of the ascending numbers are below a limit. */
function countBelow(numbers: Uint32Array, limit: number): number {
  let [from, to] = [0, numbers.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((numbers[middle] as number) < limit) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The byte that the last escape stands for: a return value beside the length, without an object for each. */
let decoded = 0;

/** The length of the escape that begins there; 0 when none does. */
function escapeAt(text: Uint8Array, at: number): number {
  const first = text[at];
  if (first === percent) return hexAt(text, at + 1, 2) ? 3 : 0;
  if (first === ampersand) return entityAt(text, at);
  const second = text[at + 1];
  if (second === 0x75) return hexAt(text, at + 2, 4) ? 6 : 0;
  if (second === 0x78) return hexAt(text, at + 2, 2) ? 4 : 0;
  // \/ \\ \" \'
  if (second !== 0x2f && second !== backslash && second !== 0x22 && second !== 0x27) return 0;
  decoded = second;
  return 2;
}

function hexAt(text: Uint8Array, at: number, digits: number): boolean {
  let value = 0;
  for (let end = at + digits; at < end; at++) {
    const digit = digitOf(text[at]);
    if (digit > 15) return false;
    value = value * 16 + digit;
  }
  decoded = value;
  return value < 0x100;
}

function entityAt(text: Uint8Array, from: number): number {
  if (text[from + 1] !== 0x23) return 0;
  const isHex = ((text[from + 2] ?? 0) | 0x20) === 0x78;
  const base = isHex ? 16 : 10;
  let value = 0;
  // Leading zeros are allowed; nobody writes many.
  for (let at = from + (isHex ? 3 : 2), digits = 0; digits <= 8; at++, digits++) {
    const byte = text[at];
    if (byte === 0x3b && digits > 0) {
      decoded = value;
      return value < 0x100 ? at + 1 - from : 0;
    }
    const digit = digitOf(byte);
    if (digit >= base) return 0;
    value = value * base + digit;
  }
  return 0;
}

function digitOf(byte: number | undefined): number {
  if (byte === undefined) return 99;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : 99;
}
