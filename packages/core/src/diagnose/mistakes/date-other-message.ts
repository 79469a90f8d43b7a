import { dateFixes } from '../fixes/current-date.ts';
import { sendHeader } from '../fixes/headers.ts';
import { fixesOf } from '../fixes/statement.ts';
import type { Evidence } from '../reading/evidence.ts';
import { joinLayout, type Slot } from '../reading/layout.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import type { DateFormat } from '../../canonical/timestamp.ts';
import { instantOf, parseLoosely } from '../text/date-text.ts';
import { dateWriter } from '../text/date-writer.ts';
import { spanText } from '../../span.ts';

interface OtherTime {
  /** A time that the body names, or any other. */
  readonly kind: 'in the body' | 'any';
  /** How many seconds after the one that was sent. */
  readonly apart: number;
}

/** The signature is that of another message's time: the time was replaced, or the signature kept, when it was sent again. */
export const dateOtherMessage: MistakeClass<OtherTime> = {
  id: 'date/other-message',
  rank: 402,
  needs: 'date',
  inPairs: 'first',
  phase: 'late',
  values: (slot, evidence) => (slot.source.from === 'date' ? otherTimes(slot, evidence) : []),
  valuesLike: (wanted, slot, evidence) => (slot.source.from === 'date' ? otherTimes(slot, evidence, wanted) : []),
  say: ({ kind, apart }, { yours, expected }) => {
    const when = `${spanText(Math.abs(apart))} ${apart < 0 ? 'before' : 'after'}`;
    const where = kind === 'in the body' ? ', which stands in the body' : '';
    return `The signature was made for the time ${yours}, ${when} the one that was sent (${expected})${where}: time and signature belong to two messages, or the time was replaced when a message was sent again.`;
  },
  what: ({ apart }) => `${spanText(Math.abs(apart))} ${apart < 0 ? 'earlier' : 'later'}, as of another message`,
  fixes: ({ scheme, date }) => {
    const taken = dateFixes(scheme.date?.format, 'for each message anew, and its signature with it');
    const sent = sendHeader(date?.header ?? scheme.date?.headers[0] ?? 'date', 'date');
    return fixesOf((language) => `${taken[language] ?? ''}\n${sent[language] ?? ''}`);
  },
};

/** How far from the time that was sent, in seconds: some retries of a provider, or an afternoon of a developer. */
const mostSeconds = 6 * 60 * 60;
/** The same where a time is a date, which takes longer to write than to hash. */
const mostSecondsOfDates = 3 * 60 * 60;
/** Tried alone, and after all that is likelier. */
const rare = 8;

/** @param wanted only times that are written like this need be among them */
function* otherTimes(slot: Slot, evidence: Evidence, wanted?: string): Generator<ValueMove<OtherTime>> {
  const sent = String(slot.value);
  const format = evidence.scheme.date?.format ?? 'rfc1123';
  const instant = parseLoosely(sent);
  if (instant === undefined) return;
  const write = dateWriter(sent, format);
  const move = (kind: OtherTime['kind'], epochMs: number, cost: number): ValueMove<OtherTime> => ({
    detail: { kind, apart: Math.round((epochMs - instant) / 1000) },
    cost,
    value: write(epochMs),
  });
  for (const epochMs of timesIn(evidence.bodyText ?? '')) yield move('in the body', epochMs, 2);
  // Of what counts milliseconds a second alone has a thousand.
  if (/\.\d{3}|^\d{13}$/.test(sent)) return;
  const { budget, layout } = evidence;
  const length = joinLayout(layout).length + 64;
  const furthest = format.startsWith('epoch') ? mostSeconds : mostSecondsOfDates;
  const reach = Math.min(furthest, budget.candidates / 40, budget.bytes / (25 * length));
  const [least, most] = secondsApart(instant, wanted, format, reach);
  for (let seconds = least; seconds <= most; seconds++) {
    yield move('any', instant - seconds * 1000, rare);
    yield move('any', instant + seconds * 1000, rare);
  }
}

/** From how many seconds to how many another time may lie apart: all, or those about a time that is known. */
function secondsApart(
  instant: number,
  wanted: string | undefined,
  format: DateFormat,
  reach: number,
): [number, number] {
  if (wanted === undefined) return [1, reach];
  const apart = Math.abs((instantOf(wanted, format) ?? instant) - instant) / 1000;
  return [Math.max(1, Math.floor(apart)), Math.min(reach, Math.ceil(apart) + 1)];
}

/** A body of this many characters is looked through, and of its times so many are tried. */
const [mostLength, mostTimes] = [200_000, 60];

/** The instants that a text names: seconds or milliseconds since 2001, or ISO 8601. */
function timesIn(text: string): Set<number> {
  const times = new Set<number>();
  const found = text
    .slice(0, mostLength)
    .matchAll(/(?<!\d)(1\d{9}(?:\d{3})?)(?!\d)|\d{4}-\d\d-\d\dT[\d:.]{8,18}(?:Z|[+-]\d\d:\d\d)/g);
  for (const [written, digits] of found) {
    const epochMs = digits === undefined ? Date.parse(written) : Number(digits) * (digits.length > 10 ? 1 : 1000);
    if (Number.isFinite(epochMs)) times.add(epochMs);
    if (times.size === mostTimes) break;
  }
  return times;
}
