/** Bytes to look for. */
export interface Pattern {
  readonly bytes: Uint8Array;
  /** Part of longer base64: the character on either side may hold some bits of it too. */
  readonly isInBase64: boolean;
}

/** From the first byte to the one behind the last. */
export type Range = readonly [from: number, to: number];

const tableSize = 0x10000;

/** What counts as the same byte: base64url as base64, and the space that a form's decoder makes of a plus sign. */
export const folded = Uint8Array.from({ length: 256 }, (_, byte) => byte);
folded[0x2d] = 0x2b;
folded[0x20] = 0x2b;
folded[0x5f] = 0x2f;

/**
 * Looks for many patterns in one pass, whatever their number (after Wu and Manber): a table says of each three bytes how
 * far from them the nearest pattern could end its shortest prefix, so that most bytes are never looked at.
 */
export class PatternSearch {
  readonly #patterns: readonly Pattern[];
  /** How many bytes of each pattern the table knows: the length of the shortest. */
  readonly #window: number;
  readonly #shifts = new Uint8Array(tableSize);
  /** The patterns whose window ends with these three bytes, the longest first. */
  readonly #ending = new Map<number, Pattern[]>();

  /** @param patterns of at least three bytes each, and at least one */
  constructor(patterns: readonly Pattern[]) {
    this.#patterns = distinct(patterns).toSorted((one, other) => other.bytes.length - one.bytes.length);
    this.#window = Math.min(255, ...this.#patterns.map(({ bytes }) => bytes.length));
    this.#shifts.fill(this.#window - 2);
    for (const pattern of this.#patterns) this.#enter(pattern);
  }

  /** Where patterns stand, in order, without overlap. */
  find(bytes: Uint8Array): Range[] {
    const found: Range[] = [];
    const last = this.#window - 1;
    let free = 0;
    for (let at = last; at < bytes.length;) {
      const block = blockAt(bytes, at);
      const shift = this.#shifts[block] as number;
      const pattern = shift === 0 ? this.#patternAt(bytes, at - last, block) : undefined;
      if (!pattern) {
        at += shift || 1;
        continue;
      }
      const range = around(bytes, at - last, pattern, free);
      found.push(range);
      free = range[1];
      at = free + last;
    }
    return found;
  }

  #enter(pattern: Pattern): void {
    const { bytes } = pattern;
    for (let end = 2; end < this.#window; end++) {
      const block = blockAt(bytes, end);
      const shift = this.#window - 1 - end;
      if (shift < (this.#shifts[block] as number)) this.#shifts[block] = shift;
      if (shift === 0) this.#ending.set(block, [...(this.#ending.get(block) ?? []), pattern]);
    }
  }

  #patternAt(bytes: Uint8Array, from: number, block: number): Pattern | undefined {
    return this.#ending.get(block)?.find((pattern) => standsAt(bytes, from, pattern.bytes));
  }
}

function distinct(patterns: readonly Pattern[]): Pattern[] {
  const byText = new Map<string, Pattern>();
  for (const pattern of patterns) {
    const text = String.fromCharCode(...pattern.bytes);
    if (!byText.has(text)) byText.set(text, pattern);
  }
  return [...byText.values()];
}

/** The three bytes that end there, as an index into the table. */
function blockAt(bytes: Uint8Array, end: number): number {
  const one = folded[bytes[end - 2] as number] as number;
  const two = folded[bytes[end - 1] as number] as number;
  return ((one << 10) ^ (two << 5) ^ (folded[bytes[end] as number] as number)) & (tableSize - 1);
}

function standsAt(bytes: Uint8Array, from: number, pattern: Uint8Array): boolean {
  if (from + pattern.length > bytes.length) return false;
  for (let at = 0; at < pattern.length; at++) {
    if (folded[bytes[from + at] as number] !== folded[pattern[at] as number]) return false;
  }
  return true;
}

/** What has to be hidden of a pattern: with the padding, and with characters that hold a few bits of it. */
function around(bytes: Uint8Array, from: number, { bytes: pattern, isInBase64 }: Pattern, free: number): Range {
  let end = from + pattern.length;
  if (isInBase64 && isBase64(bytes[end])) end++;
  for (let padding = 0; padding < 2 && bytes[end] === 0x3d; padding++) end++;
  return [isInBase64 && from > free && isBase64(bytes[from - 1]) ? from - 1 : from, end];
}

/** Whether base64 or base64url writes that character. */
export function isBase64(byte: number | undefined): boolean {
  return byte !== undefined && /[A-Za-z0-9+/_-]/.test(String.fromCharCode(byte));
}
