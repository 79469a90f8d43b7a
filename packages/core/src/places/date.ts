import { timestampFormats, type DateFormat, type TimestampFormat } from '../canonical/timestamp-formats.ts';
import { CountersignError, type Refusal } from '../errors.ts';
import { onlyHeaderValue, type Message } from '../message.ts';
import type { DateRule } from './date-rule.ts';
import { readTokenDate, type Validity } from './token-date.ts';
import type { TokenFields } from './token.ts';
import { notLoaded, writers, type WrittenDate } from './writers.ts';
import { onlyParameterValue } from '../canonical/parameters.ts';
import { headerNames, optionalFlag, optionalWords, type Members } from '../rule-members.ts';

export type { DateRule } from './date-rule.ts';

/** What a date rule is made of. */
export const dateMembers: Members<DateRule> = {
  headers: headerNames,
  parameter: optionalWords,
  claim: optionalWords,
  leewaySeconds: {
    wanted: 'a number of seconds, 0 or more',
    fits: (value) => typeof value === 'number' && value >= 0,
    optional: true,
  },
  format: [
    'rfc1123',
    'iso8601',
    'iso8601-basic',
    'epoch-seconds',
    'epoch-milliseconds',
    'epoch',
  ] satisfies DateFormat[],
  toleranceSeconds: {
    wanted: 'a number of seconds, 0 or more',
    // Of a window that is no number every date is outside or, worse, inside.
    fits: (value) => typeof value === 'number' && value >= 0,
  },
  expires: optionalFlag,
};

/** The header to write the date to, and its text. */
writers.date = ({ headers, format, expires, toleranceSeconds }, given, wanted): WrittenDate => {
  // What is no text has no lower case either.
  const header = wanted === undefined ? headers[0] : headers.find((name) => name === wanted?.toLowerCase?.());
  if (header === undefined && wanted !== undefined) {
    throw new CountersignError('date/header', `dateHeader must be one of ${headers.join(', ')}`);
  }
  const isText = typeof given === 'string';
  // What cannot be read is `NaN`, which lies within no limits.
  const epochMs = isText
    ? loaded(format).parse(given)
    : given === undefined
      ? Date.now() + (expires ? toleranceSeconds * 1000 : 0)
      : given instanceof Date
        ? given.getTime()
        : -1;
  // Before the year 10000: no format has more digits for it, and none has a time before 1970 in all of them.
  if (!(epochMs >= 0 && epochMs < 253_402_300_800_000)) {
    throw new CountersignError('date/malformed', `"${String(given)}" is not a date (${format})`);
  }
  return { header, text: isText ? given : loaded(format).print(epochMs) };
};

function loaded(format: DateFormat): TimestampFormat {
  return timestampFormats[format] ?? notLoaded();
}

/** The signed date of a message. */
export interface SignedDate {
  /** The header that it stands in, where it stands in one of its own. */
  readonly dateHeader: string | undefined;
  readonly text: string;
  readonly signedAtMs: number;
  /** What a token says of its own validity. */
  readonly validity?: Validity;
}

/**
 * The date in the header that the request declares as signed or, where nothing is declared, in the first that is there; of
 * a rule without headers, that of its parameter or the one that stands beside the signature.
 *
 * @param beside the text that stands beside the signature
 * @param fields the fields of a token
 */
export function readDate(
  rule: DateRule,
  message: DatedMessage,
  declared: readonly string[] | undefined,
  beside?: string,
  fields: TokenFields = {},
): SignedDate | Refusal {
  if (rule.claim !== undefined) return readTokenDate(rule.claim, fields);
  if (rule.parameter !== undefined) return readParameter(rule, rule.parameter, message);
  if (beside !== undefined) return dateOf(rule, beside, undefined);
  for (const dateHeader of rule.headers) {
    if (declared && !declared.includes(dateHeader)) continue;
    const text = onlyHeaderValue(message.headers, dateHeader);
    if (text === 0) continue;
    if (typeof text === 'number')
      return { code: 'date/duplicate', summary: `the request has more than one ${dateHeader} header` };
    return dateOf(rule, text, dateHeader);
  }
  const candidates = rule.headers.filter((name) => !declared || declared.includes(name));
  return { code: 'date/missing', summary: `the request has no ${candidates.join(' or ')} header` };
}

/** The part of a message that a date is read from. */
type DatedMessage = Omit<Message, 'body'> & Partial<Pick<Message, 'body'>>;

function readParameter(rule: DateRule, name: string, message: DatedMessage): SignedDate | Refusal {
  const text = onlyParameterValue(message, 'form-or-query', name);
  if (text === 0) return { code: 'date/missing', summary: `the request has no parameter ${name}` };
  if (typeof text === 'number')
    return { code: 'date/duplicate', summary: `the request has more than one parameter ${name}` };
  return dateOf(rule, text, undefined);
}

function dateOf({ format, parameter }: DateRule, text: string, dateHeader: string | undefined): SignedDate | Refusal {
  const signedAtMs = loaded(format).parse(text);
  if (!Number.isNaN(signedAtMs)) return { dateHeader, text, signedAtMs };
  const place = parameter === undefined ? 'beside the signature' : `in the parameter ${parameter}`;
  const where = dateHeader === undefined ? place : `in ${dateHeader}`;
  return { code: 'date/malformed', summary: `"${text}" ${where} is not a date in the format ${format}` };
}
