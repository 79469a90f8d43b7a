import { targetForm } from './request-target.ts';
import { CountersignError } from '../errors.ts';
import { headerValue, isContentDigest, type Message } from '../message.ts';
import type { PartRule, Scheme } from '../scheme.ts';
import { utf8 } from './byte-encoding.ts';
import { once } from './once.ts';

/** What the parts need besides the message: values that signing makes and verification reads. */
export interface SignedValues {
  /** The date's text, verbatim. */
  readonly date: string;
  /** The content hash's text. */
  readonly contentHash: string;
  /** Headers that are signed beyond the scheme's own parts, lower case, in the order declared. */
  readonly furtherHeaders: readonly string[];
}

/** A part of one message's string to sign. */
export interface SignedPart {
  readonly rule: PartRule;
  /** Text stands for its UTF-8 bytes. */
  readonly value: string | Uint8Array;
}

/** The scheme's parts for this message; with further signed headers, one part more for each. */
export function signedParts(scheme: Scheme, message: Message, values: SignedValues): SignedPart[] {
  return partRules(scheme, values.furtherHeaders).map((rule) => ({ rule, value: partValue(rule, message, values) }));
}

/**
 * The string to sign: text when every part is text, else bytes. Both stand for the same UTF-8.
 *
 * @throws CountersignError `header/malformed`, `method/malformed` or `target/malformed` for a value by which it could be
 * read in two ways
 */
export function stringToSign(scheme: Scheme, message: Message, values: SignedValues): string | Uint8Array {
  const rules = partRules(scheme, values.furtherHeaders);
  let text = '';
  let isText = true;
  for (const rule of rules) {
    const value = partValue(rule, message, values);
    if (typeof value === 'string') text += (rule.before ?? '') + value + rule.after;
    else isText = false;
  }
  // Nearly every text passes here, at a third of what a look at each of its parts costs.
  if (isText && lineBreaks(text) === ownLineBreaks(rules) && isPlain(text, message)) return text;
  const parts = signedParts(scheme, message, values);
  for (const { rule, value } of parts) if (typeof value === 'string') refuseAmbiguous(rule, value);
  return isText ? text : joinBytes(parts);
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** How often the parts' own texts break the line; not a number where a part excludes more than line breaks. */
const ownLineBreaks = once((rules: readonly PartRule[]): number =>
  rules.reduce(
    (count, { source, before = '', after, excludes }) =>
      excludes ? Number.NaN : count + lineBreaks(before + after + (source.from === 'literal' ? source.text : '')),
    0,
  ),
);

function isPlain(text: string, { method, target }: Message): boolean {
  const hasSpace = method.includes(' ') || target.includes(' ');
  return !hasSpace && !text.includes('\r') && !text.includes('\0') && isWellFormed(text);
}

/**
 * Refuses what no HTTP request carries (RFC 9110 §5.5, RFC 9112 §3) and a message can hold all the same: line breaks and
 * NUL, a space in the request line, half of a surrogate pair, whose bytes are those of U+FFFD. And what a part `excludes`.
 */
function refuseAmbiguous({ name, source: { from }, excludes = '' }: PartRule, value: string): void {
  if (from !== 'method' && from !== 'target' && from !== 'host' && from !== 'header') return;
  const code =
    from === 'method' ? 'method/malformed' : from === 'target' ? 'target/malformed' : ('header/malformed' as const);
  const refused = `\n\r\0${code === 'header/malformed' ? '' : ' '}${excludes}`;
  const found = [...refused].find((character) => value.includes(character));
  if (found === undefined && isWellFormed(value)) return;
  const what = found === undefined ? 'half of a surrogate pair, or bytes that are no UTF-8' : JSON.stringify(found);
  throw new CountersignError(code, `part "${name}" holds ${what}, which could be read in another way`);
}

/** Engines since 2023 know it of most texts without a look at them. */
function isWellFormed(text: string & { isWellFormed?: () => boolean }): boolean {
  return text.isWellFormed ? text.isWellFormed() : !/\p{Cs}/u.test(text);
}

/** A part's bytes. */
export function partBytes(value: SignedPart['value']): Uint8Array {
  return typeof value === 'string' ? utf8.encode(value) : value;
}

/** The string to sign as bytes, from parts already read. */
export function joinBytes(parts: readonly SignedPart[]): Uint8Array {
  const pieces = parts.flatMap(({ rule, value }) => [rule.before ?? '', value, rule.after]).map(partBytes);
  const bytes = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function partRules({ parts, signedHeaders }: Scheme, furtherHeaders: readonly string[]): readonly PartRule[] {
  if (furtherHeaders.length === 0) return parts;
  const separator = signedHeaders?.furtherSeparator ?? '';
  const further = furtherHeaders.map((header, at): PartRule => ({
    name: `header ${header}`,
    source: { from: 'header', header, absent: 'refused' },
    before: separator,
    after: '',
    // Nothing stands behind the last one, so it may hold the separator, as many a content type does.
    excludes: at < furtherHeaders.length - 1 ? separator : '',
  }));
  return [...parts, ...further];
}

function partValue({ name, source }: PartRule, message: Message, values: SignedValues): string | Uint8Array {
  switch (source.from) {
    case 'method':
      return message.method;
    case 'target':
      return targetForm(message.target, source.form);
    case 'host':
    case 'header': {
      const header = source.from === 'host' ? 'host' : source.header;
      const value = headerValue(message.headers, header);
      if (value !== undefined) return value;
      if (source.from === 'header' && source.absent === 'blank') return '';
      throw new CountersignError(
        'header/missing',
        `the header "${header}" is signed as part "${name}", and the message has none`,
      );
    }
    case 'content-hash':
      return values.contentHash;
    case 'date':
      return values.date;
    case 'literal':
      return source.text;
    case 'body':
      if (!isContentDigest(message.body)) return message.body;
      throw new CountersignError('body/streamed', 'this scheme signs the body itself, so the body cannot be a digest');
  }
}
