import { utf8 } from '../canonical/byte-encoding.ts';
import { concatBytes } from '../canonical/concat-bytes.ts';
import { once } from '../canonical/once.ts';
import { CountersignError } from '../errors.ts';
import type { Message } from '../message.ts';
import type { SignedHeadersRule } from '../places/signed-headers.ts';
import type { PartRule } from './part-rule.ts';
import type { SignedValues } from './source.ts';
import { partValue, stages } from './sources.ts';

/** What a scheme says of its string to sign. */
interface SigningRules {
  readonly parts: readonly PartRule[];
  readonly signedHeaders?: SignedHeadersRule;
}

/** A part of one message's string to sign. */
export interface SignedPart {
  readonly rule: PartRule;
  /** Text stands for its UTF-8 bytes. */
  readonly value: string | Uint8Array;
}

/** The scheme's parts for this message; with further signed headers, one part more for each. */
export function signedParts(scheme: SigningRules, message: Message, values: SignedValues): SignedPart[] {
  return partRules(scheme, values.furtherHeaders).map((rule) => ({ rule, value: partValue(rule, message, values) }));
}

/**
 * The string to sign: text when every part is text, else bytes. Both stand for the same UTF-8.
 *
 * @throws CountersignError `header/malformed`, `method/malformed` or `target/malformed` for a value by which it could be
 * read in two ways
 */
export function stringToSign(scheme: SigningRules, message: Message, values: SignedValues): string | Uint8Array {
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
  return isText ? text : joinParts(parts);
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** How often the texts around the parts break the line; not a number where a part excludes more than line breaks. */
const ownLineBreaks = once((rules: readonly PartRule[]): number =>
  rules.reduce(
    (count, { before = '', after, excludes }) => (excludes ? Number.NaN : count + lineBreaks(before + after)),
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
function refuseAmbiguous({ name, source, excludes = '' }: PartRule, value: string): void {
  const stage = stages[source.from];
  if (!stage) return;
  const refused = `\n\r\0${stage === 'header' ? '' : ' '}${excludes}`;
  const found = [...refused].find((character) => value.includes(character));
  if (!found && isWellFormed(value)) return;
  const what = found ? JSON.stringify(found) : 'half of a surrogate pair';
  throw new CountersignError(
    `${stage}/malformed` satisfies 'method/malformed' | 'target/malformed' | 'header/malformed',
    `part "${name}" holds ${what}, which could be read in another way`,
  );
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
export function joinParts(parts: readonly SignedPart[]): Uint8Array {
  return concatBytes(parts.flatMap(({ rule, value }) => [rule.before ?? '', value, rule.after]).map(partBytes));
}

function partRules({ parts, signedHeaders }: SigningRules, furtherHeaders: readonly string[]): readonly PartRule[] {
  if (furtherHeaders.length === 0) return parts;
  const separator = signedHeaders?.furtherSeparator ?? '';
  return parts.concat(
    furtherHeaders.map((header, at) => ({
      name: `header ${header}`,
      source: { from: 'header', header, absent: 'refused' },
      before: separator,
      after: '',
      // Nothing stands behind the last one, so it may hold the separator, as many a content type does.
      excludes: at < furtherHeaders.length - 1 ? separator : '',
    })),
  );
}
