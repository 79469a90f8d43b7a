import { formatTimestamp, parseTimestamp, type DateFormat } from '../canonical/timestamp.ts';
import { CountersignError, type Refusal } from '../errors.ts';
import { headerValues, type Message } from '../message.ts';
import { headerNames, type Members } from '../rule-members.ts';

/** Where the signed date stands, how it is written, and how old it may be. */
export interface DateRule {
  /** Lower-case names of headers that may carry the signed date. The first is the one written by default. */
  readonly headers: readonly string[];
  readonly format: DateFormat;
  /** How far the date may be from the verifier's clock, either way, in seconds. */
  readonly toleranceSeconds: number;
}

/** What a date rule is made of. */
export const dateMembers: Members<DateRule> = {
  headers: headerNames,
  format: ['rfc1123', 'iso8601', 'epoch-seconds'] satisfies DateFormat[],
  toleranceSeconds: {
    wanted: 'a number of seconds, 0 or more',
    // Of a window that is no number every date is outside or, worse, inside.
    fits: (value) => typeof value === 'number' && value >= 0,
  },
};

/** The header to write the date to, and its text. */
export function writeDate(
  { headers, format }: DateRule,
  given: Date | string | undefined,
  wanted: string | undefined,
): { readonly header: string; readonly text: string } {
  // What is no text has no lower case either.
  const header = wanted === undefined ? headers[0] : headers.find((name) => name === wanted?.toLowerCase?.());
  if (header === undefined) {
    throw new CountersignError('date/header', `dateHeader must be one of ${headers.join(', ')}`);
  }
  const isText = typeof given === 'string';
  // What cannot be read is `undefined`, which lies within no limits.
  const epochMs = isText
    ? (parseTimestamp(given, format) as number)
    : given === undefined
      ? Date.now()
      : given instanceof Date
        ? given.getTime()
        : -1;
  // Before the year 10000: no format has more digits for it, and none has a time before 1970 in all of them.
  if (!(epochMs >= 0 && epochMs < 253_402_300_800_000)) {
    throw new CountersignError('date/malformed', `"${String(given)}" is not a date (${format})`);
  }
  return { header, text: isText ? given : formatTimestamp(epochMs, format) };
}

/** The signed date of a message. */
export interface SignedDate {
  readonly dateHeader: string;
  readonly text: string;
  readonly signedAtMs: number;
}

/** The date in the header that the request declares as signed or, where nothing is declared, in the first that is there. */
export function readDate(
  rule: DateRule,
  message: Message,
  declared: readonly string[] | undefined,
): SignedDate | Refusal {
  for (const dateHeader of rule.headers) {
    if (declared && !declared.includes(dateHeader)) continue;
    const [text, second] = headerValues(message.headers, dateHeader);
    if (text === undefined) continue;
    if (second !== undefined)
      return { code: 'date/duplicate', summary: `the request has more than one ${dateHeader} header` };
    const signedAtMs = parseTimestamp(text, rule.format);
    if (signedAtMs !== undefined) return { dateHeader, text, signedAtMs };
    return { code: 'date/malformed', summary: `"${text}" in ${dateHeader} is not a date in the format ${rule.format}` };
  }
  const candidates = rule.headers.filter((name) => !declared || declared.includes(name));
  return { code: 'date/missing', summary: `the request has no ${candidates.join(' or ')} header` };
}
