import { fixesOf } from '../fixes/statement.ts';
import { dateFixes } from '../fixes/current-date.ts';
import { type Departure, sayDeparture } from '../search/departure.ts';
import { formatTimestamp, parseTimestamp } from '../../canonical/timestamp.ts';
import { headerValues } from '../../message.ts';
import { spanText } from '../../span.ts';
import type { Evidence } from '../reading/evidence.ts';
import { instantOf, parseLoosely } from '../text/date-text.ts';
import { dateWriter } from '../text/date-writer.ts';
import type { Slot } from '../reading/layout.ts';
import { sendHeader } from '../fixes/headers.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';

type Instant =
  | { readonly kind: 'other header'; readonly header: string }
  /** The clock was read twice. */
  | { readonly kind: 'twice'; readonly apart: number; readonly unit: 's' | 'ms' }
  | { readonly kind: 'zones'; readonly hours: number }
  | { readonly kind: 'day or year' | 'none sent' };

/** Another instant was signed than the one that was sent. */
export const dateNotTheOneSent: MistakeClass<Instant | Departure> = {
  id: 'date/not-the-one-sent',
  rank: 400,
  needs: 'date',
  inPairs: 'first',
  values: (slot, evidence) => (slot.source.from === 'date' ? otherInstants(slot, evidence) : []),
  valuesLike: (wanted, slot, evidence) => (slot.source.from === 'date' ? otherInstants(slot, evidence, wanted) : []),
  speaksOf: (find) => (find.kind === 'departure' && find.subject === 'date' ? find : undefined),
  say: (detail, { yours, expected }) => {
    if (detail.kind === 'departure') return sayDeparture(detail);
    return expected === ''
      ? `You signed the date ${yours}, and the request was sent without one.`
      : `You signed ${yours} and sent ${expected}: ${inWords(detail)}.`;
  },
  fixes: ({ scheme, date }) => {
    const taken = dateFixes(scheme.date?.format, 'once; used in the string to sign and in the header');
    const sent = sendHeader(date?.header ?? scheme.date?.headers[0] ?? 'date', 'date');
    return fixesOf((language) => `${taken[language] ?? ''}\n${sent[language] ?? ''}`);
  },
};

function inWords(detail: Instant): string {
  switch (detail.kind) {
    case 'other header':
      return `the signed one is the value of the header ${detail.header}`;
    case 'twice':
      return `the time was taken twice, ${detail.apart} ${detail.unit} apart`;
    case 'zones':
      return `they are ${spanText(detail.hours * 3600)} apart, a difference of time zones`;
    case 'day or year':
      return 'they are a day or a year apart';
    case 'none sent':
      return 'no date was sent';
  }
}

/** @param wanted only instants that are written like this need be among them */
function* otherInstants(
  slot: Slot,
  { scheme, message, options, date }: Evidence,
  wanted?: string,
): Generator<ValueMove<Instant>> {
  const sent = String(slot.value);
  const format = scheme.date?.format ?? 'rfc1123';
  for (const header of new Set([
    ...(scheme.date?.headers ?? []),
    'date',
    'x-ms-date',
    'x-date',
    'x-timestamp',
    'timestamp',
    'x-amz-date',
  ])) {
    for (const value of headerValues(message.headers, header)) {
      if (value !== sent) yield { detail: { kind: 'other header', header }, cost: 1, value };
    }
  }
  const instant =
    format === 'epoch-seconds' ? (parseTimestamp(sent, format) ?? parseLoosely(sent)) : parseLoosely(sent);
  if (instant === undefined) {
    if (date === undefined) yield* nearNow(options.now, format);
    return;
  }
  const near = wanted === undefined ? undefined : instantOf(wanted, format);
  if (wanted !== undefined && near === undefined) return;
  const whole = dateWriter(sent, format);
  for (const { apart, cost, detail } of instantsApart(sent)) {
    const epochMs = instant + apart;
    // To write a date takes as long as to hash it.
    if (near === undefined || Math.abs(epochMs - near) < 1000) yield { detail, cost, value: whole(epochMs) };
  }
}

/** How many milliseconds another instant lies apart from the one that was sent. */
interface Apart {
  readonly apart: number;
  readonly cost: number;
  readonly detail: Instant;
}

const signs = [-1, 1] as const;

/** The likelier first: the same clock read again, then another zone, then an hour or a day by itself. */
function* instantsApart(sent: string): Generator<Apart> {
  const countsMs = /\.\d{3}\d*(?:Z|\+00:00)?$/.test(sent) || /^\d{13}$/.test(sent);
  yield* again('s', 1, 5, 1);
  yield* again('s', 6, 30, 2);
  yield* zonesApart(2, (quarter) => quarter % 4 === 0);
  if (countsMs) yield* again('ms', 1, 50, 2);
  yield* again('s', 31, 120, 3);
  yield* zonesApart(3, (quarter) => quarter % 4 !== 0);
  for (const days of [-1, 1, -365, 365]) yield { apart: days * 86_400_000, cost: 3, detail: { kind: 'day or year' } };
  if (!countsMs) return;
  yield* again('ms', 51, 500, 3);
  yield* again('ms', 501, 5000, 4);
}

function* again(unit: 's' | 'ms', from: number, to: number, cost: number): Generator<Apart> {
  for (let count = from; count <= to; count++) {
    const detail: Instant = { kind: 'twice', apart: count, unit };
    for (const sign of signs) yield { apart: sign * count * (unit === 's' ? 1000 : 1), cost, detail };
  }
}

function* zonesApart(cost: number, takes: (quarter: number) => boolean): Generator<Apart> {
  for (let quarter = 1; quarter <= 56; quarter++) {
    if (!takes(quarter)) continue;
    const detail: Instant = { kind: 'zones', hours: quarter / 4 };
    for (const sign of signs) yield { apart: sign * quarter * 900_000, cost, detail };
  }
}

/** No date was sent: it can only have been signed about when the request arrived. */
function* nearNow(
  now: Date | undefined,
  format: NonNullable<Evidence['scheme']['date']>['format'],
): Generator<ValueMove<Instant>> {
  const nowMs = now?.getTime() ?? Date.now();
  for (let seconds = 0; seconds <= 300; seconds++) {
    for (const sign of [-1, 1]) {
      yield {
        detail: { kind: 'none sent' },
        cost: 3,
        value: formatTimestamp(Math.floor(nowMs / 1000) * 1000 + sign * seconds * 1000, format),
      };
    }
  }
}
