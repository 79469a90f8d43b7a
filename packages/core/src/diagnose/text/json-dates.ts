import { isContainer, jsonNodes, type JsonNode, type JsonScalar } from './json-text.ts';
import { newScalar, rewriteJson } from './json-rewriting.ts';
import type { SameData } from './same-data.ts';

/** An instant in the text of a body, and the fraction of its second as it is written there. */
interface WrittenDate {
  readonly epochMs: number;
  readonly fraction: string;
}

const isoDate = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?$/;

/** As Go, Ruby, JavaScript, HTTP and JavaScriptSerializer write them. */
const otherForms = [
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (?:UTC|[+]0000(?: UTC)?)$/,
  /^(\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d) GMT$/,
  /^\w{3} (\w{3} \d\d \d{4} \d\d:\d\d:\d\d) GMT[+]0000 \([\w ]+\)$/,
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d)Z$/,
  /^(\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d)$/,
];

function otherDate(text: string): WrittenDate | undefined {
  const sinceEpoch = /^\/Date\((\d{10,14})\)\/$/.exec(text)?.[1];
  if (sinceEpoch !== undefined) return { epochMs: Number(sinceEpoch), fraction: sinceEpoch.slice(-3) };
  for (const form of otherForms) {
    const written = form.exec(text)?.[1];
    const epochMs =
      written === undefined
        ? Number.NaN
        : Date.parse(`${written.replace(/(\d-\d\d) /, '$1T')}${written.includes('-') ? 'Z' : ' GMT'}`);
    if (!Number.isNaN(epochMs)) return { epochMs, fraction: '' };
  }
  return undefined;
}

function dateOf(text: string): WrittenDate | undefined {
  const match = isoDate.exec(text);
  if (!match) return otherDate(text);
  const [, day = '', time = '', fraction = '', zone = 'Z'] = match;
  const offset = zone.replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2');
  const epochMs = Date.parse(`${day}T${time}.${`${fraction}000`.slice(0, 3)}${offset}`);
  return Number.isNaN(epochMs) ? undefined : { epochMs, fraction };
}

const string = (text: string): JsonNode => newScalar('string', text);
const number = (text: string): JsonNode => newScalar('number', text);

/** So many digits of a fraction, with the dot; none for no digits. */
const digits = (fraction: string, count: number): string =>
  count === 0 ? '' : `.${fraction.padEnd(count, '0').slice(0, count)}`;
/** The fraction without the zeros at its end, as .NET and Go write it. */
const trimmed = (fraction: string): string => digits(fraction, fraction.replace(/0+$/, '').length);

/** Microseconds, where there are any: so Python writes them. */
const microseconds = (fraction: string): string => (/[1-9]/.test(fraction) ? digits(fraction, 6) : '');

interface DateWriter {
  readonly label: string;
  readonly cost: number;
  readonly write: (date: WrittenDate, parts: { readonly day: string; readonly time: string }) => JsonNode;
}

const iso =
  (fractionOf: (fraction: string) => string, zone: string, between = 'T'): DateWriter['write'] =>
  ({ fraction }, { day, time }) =>
    string(day + between + time + fractionOf(fraction) + zone);
const toDigits =
  (count: number) =>
  (fraction: string): string =>
    digits(fraction, count);

/** How libraries write an instant into JSON when nothing else is asked for. */
const dateWriters: readonly DateWriter[] = [
  { label: 'with dates as JavaScript writes them (.000Z)', cost: 2, write: iso(toDigits(3), 'Z') },
  { label: 'with dates of no more digits than needed, and Z (Go, .NET)', cost: 2, write: iso(trimmed, 'Z') },
  { label: 'with dates of no more digits than needed, and +00:00 (.NET)', cost: 2, write: iso(trimmed, '+00:00') },
  { label: 'with dates in whole seconds and +00:00 (PHP’s DATE_ATOM)', cost: 2, write: iso(toDigits(0), '+00:00') },
  { label: 'with dates as Python’s isoformat() writes them', cost: 2, write: iso(microseconds, '+00:00') },
  { label: 'with dates as Python’s isoformat() writes them, without a zone', cost: 2, write: iso(microseconds, '') },
  { label: 'with dates in milliseconds and +00:00 (Jackson)', cost: 2, write: iso(toDigits(3), '+00:00') },
  { label: 'with dates without a zone', cost: 2, write: iso(trimmed, '') },
  { label: 'with dates in milliseconds and +0000 (Jackson before 2.11)', cost: 3, write: iso(toDigits(3), '+0000') },
  { label: 'with dates of seven fraction digits (.NET’s "O")', cost: 3, write: iso(toDigits(7), 'Z') },
  { label: 'with dates of seven fraction digits and +00:00', cost: 3, write: iso(toDigits(7), '+00:00') },
  { label: 'with dates in microseconds and Z (pydantic)', cost: 3, write: iso(toDigits(6), 'Z') },
  { label: 'with dates in microseconds and +00:00', cost: 3, write: iso(toDigits(6), '+00:00') },
  { label: 'with dates in microseconds and no zone', cost: 3, write: iso(toDigits(6), '') },
  { label: 'with dates in milliseconds and no zone', cost: 3, write: iso(toDigits(3), '') },
  { label: 'with dates cut to whole seconds and Z', cost: 3, write: iso(toDigits(0), 'Z') },
  { label: 'with dates in whole seconds, and a space for T', cost: 3, write: iso(toDigits(0), '', ' ') },
  { label: 'with dates as Python’s str() writes them', cost: 3, write: iso(microseconds, '', ' ') },
  { label: 'with dates as Python’s str() writes them, with a zone', cost: 3, write: iso(microseconds, '+00:00', ' ') },
  { label: 'with dates as Ruby’s to_s writes them', cost: 3, write: iso(toDigits(0), ' UTC', ' ') },
  { label: 'with dates as Ruby’s to_s writes local times', cost: 3, write: iso(toDigits(0), ' +0000', ' ') },
  { label: 'with dates in whole seconds and +0000', cost: 3, write: iso(toDigits(0), '+0000') },
  { label: 'with dates as Go’s String() writes them', cost: 3, write: iso(trimmed, ' +0000 UTC', ' ') },
  {
    label: 'with dates as HTTP has them (toUTCString)',
    cost: 3,
    write: ({ epochMs }) => string(new Date(epochMs).toUTCString()),
  },
  {
    label: 'with dates as JavaScript’s String() writes them',
    cost: 3,
    write: ({ epochMs }, { time }) => {
      const [weekday = '', day = '', month = '', year = ''] = new Date(epochMs).toUTCString().split(/,? /);
      return string(`${weekday} ${month} ${day} ${year} ${time} GMT+0000 (Coordinated Universal Time)`);
    },
  },
  {
    label: 'with dates as .NET’s invariant culture writes them',
    cost: 3,
    write: (_, { day, time }) => string(`${day.slice(5, 7)}/${day.slice(8)}/${day.slice(0, 4)} ${time}`),
  },
  {
    label: 'with dates without seconds',
    cost: 3,
    write: (_, { day, time }) => string(`${day}T${time.slice(0, 5)}Z`),
  },
  {
    label: 'with dates as Python’s timestamp() gives them',
    cost: 3,
    write: ({ epochMs }) => number(`${epochMs / 1000}${epochMs % 1000 === 0 ? '.0' : ''}`),
  },
  {
    label: 'with dates as lists of numbers (Jackson’s LocalDateTime)',
    cost: 3,
    write: (_, { day, time }) => ({
      kind: 'array',
      start: 0,
      end: 0,
      members: [...day.split('-'), ...time.split(':')]
        .map(Number)
        .filter((value, at) => at < 5 || value !== 0)
        .map((value) => ({ key: undefined, value: number(String(value)) })),
    }),
  },
  {
    label: 'with dates as milliseconds since the epoch (Jackson)',
    cost: 3,
    write: ({ epochMs }) => number(String(epochMs)),
  },
  {
    label: 'with dates as seconds since the epoch',
    cost: 3,
    write: ({ epochMs }) => number(String(Math.floor(epochMs / 1000))),
  },
  {
    label: 'with dates as seconds and nanoseconds (Jackson’s Instant)',
    cost: 3,
    write: ({ epochMs, fraction }) => number(Math.floor(epochMs / 1000) + digits(fraction, 9)),
  },
  {
    label: 'with dates as /Date(…)/ (JavaScriptSerializer)',
    cost: 3,
    write: ({ epochMs }) => ({ ...newScalar('string', `/Date(${epochMs})/`), raw: `"\\/Date(${epochMs})\\/"` }),
  },
  ...(
    [
      [1, '+00:00'],
      [2, 'Z'],
      [3, 'UTC'],
    ] as const
  ).map(([type, zone]): DateWriter => ({
    label: `with dates as PHP encodes a DateTime object (${zone})`,
    cost: 3,
    write: ({ fraction }, { day, time }) => ({
      kind: 'object',
      start: 0,
      end: 0,
      members: [
        { key: 'date', value: string(`${day} ${time}${digits(fraction, 6)}`) },
        { key: 'timezone_type', value: number(String(type)) },
        { key: 'timezone', value: string(zone) },
      ],
    }),
  })),
];

/** The body with its dates as other libraries write them; none where it has no date. */
export function* withOtherDates(root: JsonNode): Generator<SameData> {
  const hasDate = [...jsonNodes(root)].some(
    ({ node }) => !isContainer(node) && node.kind === 'string' && dateOf(node.text),
  );
  if (!hasDate) return;
  for (const { label, cost, write } of dateWriters) {
    const scalar = (node: JsonScalar): JsonNode => {
      const date = node.kind === 'string' ? dateOf(node.text) : undefined;
      if (!date) return node;
      const [day = '', time = ''] = new Date(date.epochMs).toISOString().split(/[T.]/);
      return write(date, { day, time });
    };
    yield { label, cost, root: () => rewriteJson(root, { scalar }) };
  }
}
