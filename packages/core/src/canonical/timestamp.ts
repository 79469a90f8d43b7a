import type { DateFormat } from '../scheme.ts';

const monthNames = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const iso8601Utc = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(?:Z|\+00:00)$/;

/**
 * Milliseconds since the epoch, or `undefined` when the text is not strictly of the format: IMF-fixdate of RFC 9110
 * §5.6.7; ISO 8601 in UTC with 0 to 9 fraction digits and `Z` or `+00:00`; 1 to 12 digits of seconds.
 */
export function parseTimestamp(text: string, format: DateFormat): number | undefined {
  switch (format) {
    case 'rfc1123':
      return ifPrintedAs(text, readImfFixdate(text), 'rfc1123');
    case 'iso8601': {
      const [, seconds = '', fraction = ''] = iso8601Utc.exec(text) ?? [];
      const milliseconds = `${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
      return ifPrintedAs(milliseconds, Date.parse(milliseconds), 'iso8601');
    }
    case 'epoch-seconds':
      return /^\d{1,12}$/.test(text) ? Number(text) * 1000 : undefined;
  }
}

/** The time that stands at the places of an IMF-fixdate, whatever stands around it. */
function readImfFixdate(text: string): number {
  const number = (from: number, to: number): number => Number(text.slice(from, to));
  const month = monthNames.indexOf(text.slice(8, 11)) / 3;
  return Date.UTC(number(12, 16), month, number(5, 7), number(17, 19), number(20, 22), number(23, 25));
}

/** A date that does not print as it was read (31 June, a wrong weekday, an unusual spelling) is not a date. */
function ifPrintedAs(text: string, epochMs: number, format: DateFormat): number | undefined {
  return !Number.isNaN(epochMs) && formatTimestamp(epochMs, format) === text ? epochMs : undefined;
}

/** Writes a time in the format: whole seconds for RFC 1123 and epoch seconds, milliseconds for ISO 8601. */
export function formatTimestamp(epochMs: number, format: DateFormat): string {
  const second = Math.floor(epochMs / 1000);
  if (format === 'epoch-seconds') return String(second);
  const latest = printed[format];
  if (latest.second !== second) {
    // Printing a date costs as much as a hash, and most calls fall into the second of the one before.
    const date = new Date(second * 1000);
    latest.text = format === 'rfc1123' ? date.toUTCString() : date.toISOString().slice(0, -4);
    latest.second = second;
  }
  if (format === 'rfc1123') return latest.text;
  const milliseconds = epochMs - second * 1000;
  return latest.text + String(milliseconds).padStart(3, '0') + 'Z';
}

/** The last second that was printed in each format, without its fraction. */
const printed = {
  rfc1123: { second: Number.NaN, text: '' },
  iso8601: { second: Number.NaN, text: '' },
};
