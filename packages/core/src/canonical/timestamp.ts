import type { DateFormat } from '../scheme.ts';

const monthNames = 'JanFebMarAprMayJunJulAugSepOctNovDec';
/** What follows the seconds of an ISO 8601 time. */
const fractionAndZone = /^(?:\.(\d{1,9}))?(?:Z|\+00:00)$/;

/**
 * Milliseconds since the epoch, or `undefined` when the text is not strictly of the format: IMF-fixdate of RFC 9110
 * §5.6.7; ISO 8601 in UTC with 0 to 9 fraction digits and `Z` or `+00:00`; 1 to 12 digits of seconds.
 */
export function parseTimestamp(text: string, format: DateFormat): number | undefined {
  switch (format) {
    case 'rfc1123': {
      const month = monthNames.indexOf(text.slice(8, 11)) / 3;
      const second = secondAt(text, { year: 12, month, day: 5, time: 17 });
      return second !== undefined && printedSecond(second, 'rfc1123') === text ? second * 1000 : undefined;
    }
    case 'iso8601': {
      const second = secondAt(text, { year: 0, month: Number(text.slice(5, 7)) - 1, day: 8, time: 11 });
      const rest = fractionAndZone.exec(text.slice(19));
      if (!rest || second === undefined || !text.startsWith(printedSecond(second, 'iso8601'))) return undefined;
      return second * 1000 + Number((rest[1] ?? '').slice(0, 3).padEnd(3, '0'));
    }
    case 'epoch-seconds':
      return /^\d{1,12}$/.test(text) ? Number(text) * 1000 : undefined;
  }
}

/**
 * The second that is written at these places, whatever stands around it: who asks compares with how that second prints,
 * so 31 June, a wrong weekday or an unusual spelling is found out.
 */
function secondAt(
  text: string,
  { year, month, day, time }: { year: number; month: number; day: number; time: number },
): number | undefined {
  const two = (at: number): number => Number(text.slice(at, at + 2));
  const epochMs = Date.UTC(
    Number(text.slice(year, year + 4)),
    month,
    two(day),
    two(time),
    two(time + 3),
    two(time + 6),
  );
  return Number.isNaN(epochMs) ? undefined : epochMs / 1000;
}

/** Writes a time in the format: whole seconds for RFC 1123 and epoch seconds, milliseconds for ISO 8601. */
export function formatTimestamp(epochMs: number, format: DateFormat): string {
  const second = Math.floor(epochMs / 1000);
  switch (format) {
    case 'rfc1123':
      return printedSecond(second, 'rfc1123');
    case 'iso8601':
      return `${printedSecond(second, 'iso8601')}.${String(epochMs - second * 1000).padStart(3, '0')}Z`;
    case 'epoch-seconds':
      return String(second);
  }
}

/** A second as RFC 1123 has it, or as ISO 8601 has it before the fraction. */
function printedSecond(second: number, format: 'rfc1123' | 'iso8601'): string {
  const latest = printed[format];
  if (latest.second !== second) {
    // Printing a date costs as much as a hash, and most calls fall into the second of the one before.
    const date = new Date(second * 1000);
    latest.text = format === 'rfc1123' ? date.toUTCString() : date.toISOString().slice(0, 19);
    latest.second = second;
  }
  return latest.text;
}

const printed = {
  rfc1123: { second: Number.NaN, text: '' },
  iso8601: { second: Number.NaN, text: '' },
};
