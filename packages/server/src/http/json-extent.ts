/**
 * Values and levels that JSON from outside may have. Reading takes its time for every value, however short it is, and all
 * other calls wait for it. No provider documents such limits; nothing that one of them takes comes near these.
 */
const maxJsonValues = 20_000;
const maxJsonDepth = 1_000;

/** Where JSON has more than it may. */
export interface JsonExcess {
  /** In characters (UTF-16 code units). */
  readonly offset: number;
  /** For people: `it has more than 20000 values`. */
  readonly problem: string;
}

/**
 * Looks for more values or levels than JSON may have, before it is parsed: one pass that makes nothing and stops there. A
 * value is counted by the comma or bracket before it. What is no JSON may be counted wrongly; a parser refuses it anyway.
 */
export function jsonExcess(text: string): JsonExcess | undefined {
  // Each takes a character at least.
  if (text.length <= maxJsonDepth) return undefined;
  let values = 1;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22:
        at = stringEnd(text, at + 1);
        break;
      case 0x5b:
      case 0x7b:
        depth++;
        values++;
        if (depth > maxJsonDepth) return { offset: at, problem: `it is nested more than ${maxJsonDepth} levels deep` };
        if (values > maxJsonValues) return tooMany(at);
        break;
      case 0x5d:
      case 0x7d:
        depth--;
        break;
      case 0x2c:
        values++;
        if (values > maxJsonValues) return tooMany(at);
    }
  }
  return undefined;
}

function tooMany(offset: number): JsonExcess {
  return { offset, problem: `it has more than ${maxJsonValues} values` };
}

/** Where the quote stands that ends a string, or the end of the text. */
function stringEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 1)) {
    let escapes = at;
    while (escapes > from && text.charCodeAt(escapes - 1) === 0x5c) escapes--;
    if ((at - escapes) % 2 === 0) return at;
  }
  return text.length;
}
