import { epochSpellings, parseLoosely } from '../text/date-text.ts';
import { formatTimestamp, type DateFormat } from '../../canonical/timestamp.ts';
import { dateFixes } from '../fixes/current-date.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import { isEpoch } from './date-format.ts';

type Change =
  | { readonly kind: 'sent'; readonly header: string; readonly text: string }
  /** By the name of the unit or of the format. */
  | { readonly kind: 'unit' | 'format'; readonly name: string }
  | { readonly kind: 'year 50000' };

/** What a number is of a format's own unit: other numbers of digits are another unit's, in the years of today. */
const ownDigits: Readonly<Partial<Record<DateFormat, RegExp>>> = {
  'epoch-seconds': /^\d{1,11}$/,
  'epoch-milliseconds': /^\d{12,14}$/,
  epoch: /^\d{1,14}$/,
};

/** Seconds where milliseconds belong, or a number where a date belongs. */
export const dateUnit: MistakeClass<Change> = {
  id: 'date/unit',
  rank: 390,
  needs: 'date',
  variesByService: true,
  lint: ({ date, scheme }) => {
    if (!scheme.date || !date || !isEpoch(date.text)) return undefined;
    if (ownDigits[scheme.date.format]?.test(date.text)) return undefined;
    const expected = formatTimestamp(parseLoosely(date.text) ?? 0, scheme.date.format);
    return {
      detail: { kind: 'sent', header: date.header, text: date.text },
      part: scheme.parts.find(({ source }) => source.from === 'date')?.name ?? 'date',
      yours: date.text,
      expected,
    };
  },
  values: function* (slot, { scheme }) {
    if (slot.source.from !== 'date' || typeof slot.value !== 'string' || !scheme.date) return;
    const instant = parseLoosely(slot.value);
    if (instant === undefined) return;
    for (const { label, text } of epochSpellings(instant))
      yield { detail: { kind: 'unit', name: label }, cost: 1, value: text } satisfies ValueMove<Change>;
    if (scheme.date.format.startsWith('epoch')) {
      yield { detail: { kind: 'format', name: 'ISO 8601' }, cost: 1, value: new Date(instant).toISOString() };
      yield {
        detail: { kind: 'format', name: 'ISO 8601 in whole seconds' },
        cost: 1,
        value: formatTimestamp(instant, 'iso8601').replace(/\.\d+/, ''),
      };
      yield { detail: { kind: 'format', name: 'RFC 1123' }, cost: 1, value: new Date(instant).toUTCString() };
    }
    if (/^\d{12,14}$/.test(slot.value))
      yield {
        detail: { kind: 'year 50000' },
        cost: 3,
        value: `${slot.value}000`,
      };
  },
  say: (detail, { yours, expected }) =>
    detail.kind === 'sent'
      ? `The date is in another unit: ${detail.header} says ${detail.text}, and ${expected} belongs there.`
      : `You signed the time ${inWords(detail)} ("${yours}"), and sent "${expected}".`,
  fixes: ({ scheme }) => dateFixes(scheme.date?.format),
};

function inWords(detail: Exclude<Change, { kind: 'sent' }>): string {
  return detail.kind === 'year 50000'
    ? 'as a date in the year 50000 (milliseconds taken for seconds)'
    : `as ${detail.name}`;
}
