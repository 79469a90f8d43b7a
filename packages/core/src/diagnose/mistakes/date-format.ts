import { formatTimestamp, parseTimestamp } from '../../canonical/timestamp.ts';
import { dateSpellings, parseLoosely } from '../text/date-text.ts';
import { dateFixes } from '../fixes/current-date.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Slot } from '../reading/layout.ts';
import { cheapestFirst } from '../search/cheapest-first.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import { withoutEnd } from '../../canonical/trimming.ts';

const meaning = {
  rfc1123: 'RFC 1123 (Mon, 27 May 2024 09:08:07 GMT)',
  iso8601: 'ISO 8601 in UTC (2024-05-27T09:08:07Z)',
  'iso8601-basic': 'ISO 8601 in its basic form (20240527T090807Z)',
  'epoch-seconds': 'seconds since the epoch (1716800887)',
  'epoch-milliseconds': 'milliseconds since the epoch (1716800887000)',
  epoch: 'seconds or milliseconds since the epoch (1716800887)',
} as const;

type Change =
  | { readonly kind: 'sent'; readonly header: string; readonly text: string }
  | { readonly kind: 'as the scheme' }
  /** By the name of the spelling. */
  | { readonly kind: 'spelled'; readonly spelling: string }
  /** Its fraction with so many digits; its zone, when it is another one. */
  | { readonly kind: 'fraction'; readonly digits: number; readonly zone?: string }
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: keyof typeof others };

/** The date in another format than the scheme's, sent or signed. */
export const dateFormat: MistakeClass<Change> = {
  id: 'date/format',
  rank: 410,
  needs: 'date',
  variesByService: true,
  lint: ({ date, scheme }) => {
    if (!scheme.date || !date || parseTimestamp(date.text, scheme.date.format) !== undefined || isEpoch(date.text))
      return undefined;
    const instant = parseLoosely(date.text);
    const expected = instant === undefined ? meaning[scheme.date.format] : formatTimestamp(instant, scheme.date.format);
    return {
      detail: { kind: 'sent', header: date.header, text: date.text },
      part: scheme.parts.find(({ source }) => source.from === 'date')?.name ?? 'date',
      yours: date.text,
      expected,
    };
  },
  values: (slot, evidence) => otherFormats(slot, evidence),
  valuesLike: (wanted, slot, evidence) => otherFormats(slot, evidence, wanted),
  say: (detail, { yours, expected, evidence }) => {
    const format = meaning[evidence.scheme.date?.format ?? 'rfc1123'];
    if (detail.kind === 'sent')
      return `The date is not in the scheme’s format, ${format}: ${detail.header} says "${detail.text}".`;
    return `You signed the date ${inWords(detail)}: "${yours}", and sent "${expected}"; the scheme’s format is ${format}.`;
  },
  fixes: ({ scheme }) => dateFixes(scheme.date?.format),
};

/** @param wanted only dates that are written like this need be among them */
function* otherFormats({ source, value }: Slot, { scheme }: Evidence, wanted?: string): Generator<ValueMove<Change>> {
  if (source.from !== 'date' || typeof value !== 'string' || !scheme.date) return;
  const instant = parseLoosely(value);
  if (instant === undefined) return;
  const own = formatTimestamp(instant, scheme.date.format);
  yield { detail: { kind: 'as the scheme' }, cost: 1, value: own };
  for (const { label, text, cost } of cheapestFirst(dateSpellings(instant)))
    yield { detail: { kind: 'spelled', spelling: label }, cost, value: text };
  yield* sameFraction(value);
  for (const text of [` ${value}`, `${value} `, `${value}\n`, `"${value}"`, value.trim()])
    yield { detail: { kind: 'surrounded' }, cost: 2, value: text };
  for (const word of ['NaN', 'Invalid Date']) yield { detail: { kind: 'word', word }, cost: 2, value: word };
  // The date that was sent has whole seconds; the one that was signed had milliseconds.
  if (instant % 1000 === 0 && (wanted === undefined || /\.\d{3}Z$/.test(wanted))) {
    for (let ms = 1; ms < 1000; ms++) {
      yield { detail: { kind: 'milliseconds' }, cost: 3, value: new Date(instant + ms).toISOString() };
    }
  }
}

const others = {
  milliseconds: 'as ISO 8601 with milliseconds',
  surrounded: 'with white space or quotes around it',
  'fraction trimmed': 'without the zeros at the end of its fraction',
  'fraction comma': 'with a comma before its fraction',
} as const;

function inWords(detail: Exclude<Change, { kind: 'sent' }>): string {
  switch (detail.kind) {
    case 'as the scheme':
      return 'in the scheme’s format';
    case 'spelled':
      return detail.spelling;
    case 'fraction': {
      const zone = detail.zone === undefined ? '' : detail.zone === '' ? ' and no zone' : ` and ${detail.zone}`;
      const digits = detail.digits === 0 ? 'no' : String(detail.digits);
      return `with ${digits} fraction digit${detail.digits === 1 ? '' : 's'}${zone}`;
    }
    case 'word':
      return `as the text "${detail.word}"`;
    default:
      return others[detail.kind];
  }
}

/** Digits alone are another unit, not another format. */
export function isEpoch(text: string): boolean {
  return /^\d{9,19}(?:\.\d+)?$/.test(text.trim());
}

/** The fraction of an ISO date cut, filled up or left out, digits kept. */
function* sameFraction(text: string): Generator<ValueMove<Change>> {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)?$/.exec(text);
  if (!match) return;
  const [, seconds = '', fraction = '', zone = ''] = match;
  for (const digits of [0, 1, 2, 3, 4, 5, 6, 7, 9]) {
    for (const end of ['Z', '+00:00', '']) {
      const written = digits === 0 ? '' : `.${fraction.padEnd(digits, '0').slice(0, digits)}`;
      yield {
        detail: { kind: 'fraction', digits, ...(end !== zone && { zone: end }) },
        cost: 1,
        value: seconds + written + end,
      };
    }
  }
  const trimmed = withoutEnd(fraction, '0');
  yield {
    detail: { kind: 'fraction trimmed' },
    cost: 1,
    value: `${seconds}${trimmed === '' ? '' : `.${trimmed}`}${zone}`,
  };
  yield { detail: { kind: 'fraction comma' }, cost: 2, value: text.replace('.', ',') };
}
