import { folded, isBase64, type Pattern, type Range } from './pattern-search.ts';
import { shortestForm } from './secret-forms.ts';

/** "…" in UTF-8: what texts are cut with. */
const ellipsis = [0xe2, 0x80, 0xa6] as const;
/** The bytes by whose end beginnings are looked up. */
const tail = 4;
/** The longest escape of a character that a cut may have gone through. */
const longestEscape = 6;
/** Of so few patterns the first cuts are compared one by one: to make the table takes longer. */
const patternsWithoutTable = 200;
const cutsWithoutTable = 16;

/** The first bytes of a pattern. */
interface Beginning {
  readonly pattern: Pattern;
  readonly length: number;
}

/** Looks for the beginning of a pattern where a text was cut, so that its rest is not there to be known by. */
export class CutSearch {
  readonly #patterns: readonly Pattern[];
  /** By their last bytes, the longest first; made when many texts were cut. */
  #beginnings: ReadonlyMap<number, readonly Beginning[]> | undefined;
  #cutsWithoutTable: number;

  constructor(patterns: readonly Pattern[]) {
    this.#patterns = patterns;
    this.#cutsWithoutTable = patterns.length > patternsWithoutTable ? 0 : cutsWithoutTable;
  }

  /**
   * The beginnings that stand before each "…".
   *
   * @param isCut whether the end of the bytes is a cut, too
   */
  find(bytes: Uint8Array, isCut: boolean): Range[] {
    const found: Range[] = [];
    const add = (end: number): void => {
      const range = this.#rangeBefore(bytes, end) ?? this.#rangeBefore(bytes, beginOfEscape(bytes, end));
      if (range) found.push(range);
    };
    for (let at = bytes.indexOf(ellipsis[0]); at >= 0; at = bytes.indexOf(ellipsis[0], at + 1)) {
      if (bytes[at + 1] === ellipsis[1] && bytes[at + 2] === ellipsis[2]) add(at);
    }
    if (isCut) add(bytes.length);
    return found;
  }

  #rangeBefore(bytes: Uint8Array, end: number): Range | undefined {
    if (end < shortestForm) return undefined;
    const found = this.#cutsWithoutTable-- > 0 ? longestOf(this.#patterns, bytes, end) : this.#lookUp(bytes, end);
    if (!found) return undefined;
    const from = end - found.length;
    return [found.pattern.isInBase64 && from > 0 && isBase64(bytes[from - 1]) ? from - 1 : from, end];
  }

  #lookUp(bytes: Uint8Array, end: number): Beginning | undefined {
    this.#beginnings ??= beginningsOf(this.#patterns);
    return this.#beginnings
      .get(tailAt(bytes, end))
      ?.find(({ pattern, length }) => endsWith(bytes, end, pattern.bytes, length));
  }
}

/** The longest beginning that ends there, of the first pattern among equals. */
function longestOf(patterns: readonly Pattern[], bytes: Uint8Array, end: number): Beginning | undefined {
  let longest: Beginning | undefined;
  for (const pattern of patterns) {
    const least = longest ? longest.length + 1 : shortestForm;
    let length = Math.min(pattern.bytes.length, end);
    while (length >= least && !endsWith(bytes, end, pattern.bytes, length)) length--;
    if (length >= least) longest = { pattern, length };
  }
  return longest;
}

function beginningsOf(patterns: readonly Pattern[]): Map<number, Beginning[]> {
  const beginnings = new Map<number, Beginning[]>();
  for (const pattern of patterns) {
    for (let length = shortestForm; length <= pattern.bytes.length; length++) {
      const key = tailAt(pattern.bytes, length);
      const known = beginnings.get(key);
      if (known) known.push({ pattern, length });
      else beginnings.set(key, [{ pattern, length }]);
    }
  }
  for (const known of beginnings.values()) known.sort((one, other) => other.length - one.length);
  return beginnings;
}

function tailAt(bytes: Uint8Array, end: number): number {
  let value = 0;
  for (let at = end - tail; at < end; at++) value = (value << 8) | (folded[bytes[at] as number] as number);
  return value;
}

function endsWith(bytes: Uint8Array, end: number, pattern: Uint8Array, length: number): boolean {
  if (end < length) return false;
  for (let back = 1; back <= length; back++) {
    if (folded[bytes[end - back] as number] !== folded[pattern[length - back] as number]) return false;
  }
  return true;
}

/** Where an escape begins that the end cuts off; before nothing, where none does. */
function beginOfEscape(bytes: Uint8Array, end: number): number {
  const last = String.fromCharCode(...bytes.subarray(Math.max(0, end - longestEscape), end));
  const begun = /(?:%[0-9a-f]?|\\+(?:u[0-9a-f]{0,3}|x[0-9a-f]?)?|&(?:#(?:\d{0,3}|x[0-9a-f]{0,2}))?)$/i.exec(last);
  return begun ? end - begun[0].length : 0;
}
