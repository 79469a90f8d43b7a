import { decodeBase64 } from './byte-encoding.ts';

/** A bare item of a structured field (RFC 9651 §3.3): a value of one of eight kinds. */
export type BareItem =
  | { readonly kind: 'integer' | 'decimal' | 'date'; readonly value: number }
  | { readonly kind: 'string' | 'token' | 'display'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'boolean'; readonly value: boolean };

/** Parameters in the order sent, each name once. */
export type Parameters = ReadonlyMap<string, BareItem>;

/** An item: a bare one, and its parameters. */
export interface Item {
  readonly item: BareItem;
  readonly parameters: Parameters;
}

/** A list in brackets, with parameters of its own. */
export interface InnerList {
  readonly items: readonly Item[];
  readonly parameters: Parameters;
}

/** What stands in a list or a dictionary. */
export type Member = Item | InnerList;

/** A field's value that was read, or the reason why it is none: what stands where. */
export type Parsed<Value> = { readonly value: Value } | { readonly problem: string };

/**
 * Reads a dictionary (RFC 9651 §4.2.2), strictly: a name or parameter that stands there twice is refused, because the
 * first and the last of them are two readings, and so is base64 that would be written in another way. One pass.
 */
export function parseDictionary(text: string): Parsed<ReadonlyMap<string, Member>> {
  return whole(text, (reader) => reader.dictionary());
}

/** Reads a list (RFC 9651 §4.2.1), as strictly. */
export function parseList(text: string): Parsed<readonly Member[]> {
  return whole(text, (reader) => reader.list());
}

/** Reads an item (RFC 9651 §4.2.3), as strictly. */
export function parseItem(text: string): Parsed<Item> {
  return whole(text, (reader) => reader.item());
}

function whole<Value>(text: string, read: (reader: Reader) => Value): Parsed<Value> {
  const reader = new Reader(text);
  try {
    reader.skip(spaces);
    const value = read(reader);
    reader.skip(spaces);
    reader.expectEnd();
    return { value };
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.message };
    throw error;
  }
}

/** Leaves the reader; never leaves this file. */
class Unreadable extends Error {}

const spaces = / */y;
const whiteSpace = /[ \t]*/y;
const key = /[a-z*][a-z0-9_\-.*]*/y;
const token = /[A-Za-z*][!#$%&'*+\-.^_`|~0-9A-Za-z:/]*/y;
const number = /-?\d+(?:\.\d+)?/y;
const string = /"((?:[ !#-[\]-~]|\\["\\])*)"/y;
const bytes = /:([A-Za-z0-9+/=]*):/y;
const display = /%"((?:[ !#-$&-~]|%[0-9a-f]{2})*)"/y;
const boolean = /\?([01])/y;
const date = /@(-?\d{1,15})(?![\d.])/y;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  dictionary(): Map<string, Member> {
    const members = new Map<string, Member>();
    for (let isFirst = true; isFirst ? this.#at < this.#text.length : this.#next(); isFirst = false) {
      const name = this.#key();
      if (members.has(name)) this.#fail(`the name "${name}" a second time`, 'each name once');
      members.set(
        name,
        this.#take(/=/y) ? this.#member() : { item: { kind: 'boolean', value: true }, parameters: this.#parameters() },
      );
    }
    return members;
  }

  list(): Member[] {
    const members: Member[] = [];
    for (let isFirst = true; isFirst ? this.#at < this.#text.length : this.#next(); isFirst = false)
      members.push(this.#member());
    return members;
  }

  item(): Item {
    return { item: this.#bareItem(), parameters: this.#parameters() };
  }

  skip(pattern: RegExp): void {
    this.#take(pattern);
  }

  expectEnd(): void {
    if (this.#at < this.#text.length) this.#fail(this.#found(), 'the end');
  }

  /** Whether another member follows, behind its comma. */
  #next(): boolean {
    this.skip(whiteSpace);
    if (!this.#take(/,/y)) return false;
    this.skip(whiteSpace);
    if (this.#at === this.#text.length) this.#fail('the end', 'a member behind the comma');
    return true;
  }

  #member(): Member {
    if (!this.#take(/\(/y)) return this.item();
    const items: Item[] = [];
    for (;;) {
      const start = this.#at;
      this.skip(spaces);
      if (this.#take(/\)/y)) return { items, parameters: this.#parameters() };
      if (items.length > 0 && this.#at === start) this.#fail(this.#found(), 'a space or ")"');
      items.push(this.item());
    }
  }

  #parameters(): Map<string, BareItem> {
    const parameters = new Map<string, BareItem>();
    while (this.#take(/;/y)) {
      this.skip(spaces);
      const name = this.#key();
      if (parameters.has(name)) this.#fail(`the parameter "${name}" a second time`, 'each parameter once');
      parameters.set(name, this.#take(/=/y) ? this.#bareItem() : { kind: 'boolean', value: true });
    }
    return parameters;
  }

  #bareItem(): BareItem {
    switch (this.#text[this.#at]) {
      case '"': {
        const text = this.#expect(string, 'a string of ASCII characters that ends in a quote');
        return { kind: 'string', value: text.replace(/\\(.)/g, '$1') };
      }
      case ':': {
        const value = decodeBase64(this.#expect(bytes, 'base64 between colons'));
        return value
          ? { kind: 'bytes', value }
          : this.#fail('base64 that is not padded, or not as it would be written', 'base64');
      }
      case '?':
        return { kind: 'boolean', value: this.#expect(boolean, '?0 or ?1') === '1' };
      case '@':
        return { kind: 'date', value: Number(this.#expect(date, 'a time in seconds')) };
      case '%':
        return { kind: 'display', value: this.#displayText(this.#expect(display, 'a display string')) };
    }
    if (/[-\d]/.test(this.#text[this.#at] ?? '')) return this.#number();
    return { kind: 'token', value: this.#expect(token, 'a value') };
  }

  #number(): BareItem {
    const text = this.#expect(number, 'a number');
    const [whole_ = '', fraction] = text.replace('-', '').split('.');
    if (fraction === undefined) {
      if (whole_.length > 15) this.#fail('a number of more than 15 digits', 'an integer');
      return { kind: 'integer', value: Number(text) };
    }
    if (whole_.length > 12 || fraction.length > 3)
      this.#fail('a number of too many digits', 'at most 12 digits, a point and 3 digits');
    return { kind: 'decimal', value: Number(text) };
  }

  #displayText(escaped: string): string {
    try {
      return decodeURIComponent(escaped);
    } catch {
      return this.#fail('escapes that are no UTF-8', 'a display string');
    }
  }

  #key(): string {
    return this.#expect(key, 'a name in lower case');
  }

  /** The first group of a pattern, or all that it matches. */
  #expect(pattern: RegExp, wanted: string): string {
    return this.#take(pattern) ?? this.#fail(this.#found(), wanted);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (!match) return undefined;
    this.#at = pattern.lastIndex;
    return match[1] ?? match[0];
  }

  #found(): string {
    const character = this.#text[this.#at];
    return character === undefined ? 'the end' : JSON.stringify(character);
  }

  #fail(found: string, wanted: string): never {
    throw new Unreadable(`${found} at character ${this.#at + 1}, where ${wanted} was expected`);
  }
}
