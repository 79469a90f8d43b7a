import { targetForm } from './request-target.ts';
import { CountersignError } from '../errors.ts';
import { headerValue, isContentDigest, type Message } from '../message.ts';
import type { PartRule, Scheme } from '../scheme.ts';
import { utf8 } from './byte-encoding.ts';

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
 * The string to sign, as text where that is plain, else as bytes. Both stand for the same UTF-8.
 *
 * @throws CountersignError `header/malformed`, `method/malformed` or `target/malformed` for a value by which it could be
 * read in two ways
 */
export function stringToSign(scheme: Scheme, message: Message, values: SignedValues): string | Uint8Array {
  let text: string & { isWellFormed?: () => boolean } = '';
  let isPlain = !message.method.includes(' ') && !message.target.includes(' ');
  for (const rule of partRules(scheme, values.furtherHeaders)) {
    const value = partValue(rule, message, values);
    if (typeof value === 'string') {
      if (rule.excludes || value.includes('\n')) isPlain = false;
      text += (rule.before ?? '') + value + rule.after;
    } else isPlain = false;
  }
  // Nearly every text passes here, at half of what a look at each of its parts costs.
  if (isPlain && !text.includes('\r') && !text.includes('\0') && text.isWellFormed?.()) return text;
  const parts = signedParts(scheme, message, values);
  for (const { rule, value } of parts) if (typeof value === 'string') refuseAmbiguous(rule, value);
  return joinBytes(parts);
}

const malformed: Partial<
  Record<PartRule['source']['from'], 'header/malformed' | 'method/malformed' | 'target/malformed'>
> = {
  method: 'method/malformed',
  target: 'target/malformed',
  host: 'header/malformed',
  header: 'header/malformed',
};

/**
 * Refuses what no HTTP request carries (RFC 9110 §5.5, RFC 9112 §3) and a message can hold all the same: line breaks and
 * NUL, a space in the request line, half of a surrogate pair, whose bytes are those of U+FFFD. And what a part `excludes`.
 */
function refuseAmbiguous({ name, source: { from }, excludes = '' }: PartRule, value: string): void {
  const code = malformed[from];
  if (!code) return;
  const refused = `${code === 'header/malformed' ? '' : ' '}${excludes}`;
  const found = /[\n\r\0]|\p{Cs}/u.exec(value)?.[0] ?? [...refused].find((character) => value.includes(character));
  if (found === undefined) return;
  const what = /\p{Cs}/u.test(found) ? 'half of a surrogate pair, or bytes that are no UTF-8' : JSON.stringify(found);
  const problem = `part "${name}" holds ${what}, which could be read in another way`;
  throw new CountersignError(code, problem);
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
