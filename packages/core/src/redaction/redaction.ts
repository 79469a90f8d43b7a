import { utf8 } from '../canonical/byte-encoding.ts';
import type { Secret } from '../secret.ts';
import { CutSearch } from './cut-search.ts';
import { type Unescaped, unescapeOnce } from './escapes.ts';
import { PatternSearch, type Range } from './pattern-search.ts';
import { secretForms, writtenForms } from './secret-forms.ts';

/**
 * Hides secrets in what is shown. Each gives back its argument, the same one, when no secret is in it. Of a secret that was
 * cut off, by "…" or at the end of what `isCut`, the beginning is hidden from 8 characters on.
 */
export interface Redaction {
  /** Every form of a secret becomes `[redacted]`. */
  text(text: string, isCut?: boolean): string;
  /** Every form of a secret is masked with as many bytes as it had, so that a declared length stays true. */
  bytes(bytes: Uint8Array, isCut?: boolean): Uint8Array;
  /** Whether both would give back their argument: one search for what is shown together. */
  isFree(text: string, bytes: Uint8Array, isCut?: boolean): boolean;
}

/** A secret in the body of a request in the body of an answer is escaped that often. */
const maxEscapes = 3;
const mark = '[redacted]';
const asterisk = 0x2a;
const lineFeed = 0x0a;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const asIs: Redaction = { text: (text) => text, bytes: (bytes) => bytes, isFree: () => true };

/**
 * Makes what hides these secrets, in each of their forms: the text as configured, its bytes, both in hex, base64 and
 * base64url, with or without padding, within base64 of something longer (`Basic`), percent-encoded, JSON- or XML-escaped,
 * in lower or upper case. Not found: a secret that is compressed, split, reversed or encrypted, and one of fewer than 8
 * characters, which would be found everywhere. Linear in the size of what is shown, whatever the number of secrets.
 */
export function redactionOf(secrets: Iterable<Secret | string>): Redaction {
  const all = Array.from(secrets, (secret) => ({ secret, forms: secretForms(secret) }));
  const patterns = all.flatMap(({ forms }) => forms);
  if (patterns.length === 0) return asIs;
  const whole = new PatternSearch(patterns);
  const cut = new CutSearch(all.flatMap(({ secret, forms }) => writtenForms(secret, forms)));
  const search: Search = (bytes, isCut) => {
    const beginnings = cut.find(bytes, isCut);
    return beginnings.length === 0 ? whole.find(bytes) : joined([...whole.find(bytes), ...beginnings]);
  };
  return {
    text(text, isCut = false) {
      const bytes = encoded(text);
      const ranges = secretsIn(bytes, search, isCut);
      return ranges.length === 0 ? text : marked(bytes, ranges);
    },
    bytes(bytes, isCut = false) {
      const ranges = secretsIn(bytes, search, isCut);
      return ranges.length === 0 ? bytes : masked(bytes, ranges);
    },
    isFree(text, bytes, isCut = false) {
      const lines = together(text, bytes);
      if (lines) return secretsIn(lines, search, isCut).length === 0;
      return secretsIn(encoded(text), search, false).length === 0 && secretsIn(bytes, search, isCut).length === 0;
    },
  };
}

/** Short texts, which most are, share one buffer: each is searched before the next one comes. */
const scratch = new Uint8Array(4096);

function encoded(text: string): Uint8Array {
  // A UTF-16 unit gives three bytes at most.
  if (text.length * 3 > scratch.length) return utf8.encode(text);
  return scratch.subarray(0, utf8.encodeInto(text, scratch).written);
}

/** A text and bytes, with a line break between them, where they are short. */
function together(text: string, bytes: Uint8Array): Uint8Array | undefined {
  if (text.length * 3 + 1 + bytes.length > scratch.length) return undefined;
  const { written } = utf8.encodeInto(text, scratch);
  scratch[written] = lineFeed;
  scratch.set(bytes, written + 1);
  return scratch.subarray(0, written + 1 + bytes.length);
}

type Search = (bytes: Uint8Array, isCut: boolean) => Range[];

/** Where secrets stand, in order and apart, escaped or not. */
function secretsIn(bytes: Uint8Array, search: Search, isCut: boolean): Range[] {
  const found = search(bytes, isCut);
  let unescaped: Unescaped | undefined = unescapeOnce(bytes);
  if (!unescaped) return found;
  let sourceOf = (index: number): number => index;
  for (let level = 1; unescaped; level++) {
    const { bytes: inner, sourceOf: outerOf }: Unescaped = unescaped;
    const before = sourceOf;
    sourceOf = (index) => before(outerOf(index));
    for (const [from, to] of search(inner, isCut)) found.push([sourceOf(from), sourceOf(to)]);
    unescaped = level < maxEscapes ? unescapeOnce(inner) : undefined;
  }
  return joined(found);
}

function joined(ranges: readonly Range[]): Range[] {
  const apart: [number, number][] = [];
  for (const [from, to] of ranges.toSorted((one, other) => one[0] - other[0])) {
    const before = apart.at(-1);
    if (before && from < before[1]) before[1] = Math.max(before[1], to);
    else apart.push([from, to]);
  }
  return apart;
}

function marked(bytes: Uint8Array, ranges: readonly Range[]): string {
  let text = '';
  let at = 0;
  for (const [from, to] of ranges) {
    text += decoder.decode(bytes.subarray(at, from)) + mark;
    at = to;
  }
  return text + decoder.decode(bytes.subarray(at));
}

function masked(bytes: Uint8Array, ranges: readonly Range[]): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (const [from, to] of ranges) {
    copy.fill(asterisk, from, to);
    if (to - from >= mark.length) copy.set(utf8.encode(mark), from);
  }
  return copy;
}
