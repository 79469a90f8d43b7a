import type { DateFormat } from '../scheme.ts';

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const imfFixdate = /^(\w{3}), (\d{2}) (\w{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
const iso8601Utc = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(?:Z|\+00:00)$/;

/** Milliseconds since the epoch, or `undefined` when the text is not strictly of the format. */
export function parseTimestamp(text: string, format: DateFormat): number | undefined {
  switch (format) {
    case 'rfc1123':
      return parseImfFixdate(text);
    case 'iso8601':
      return parseIso8601(text);
    case 'epoch-seconds':
      return /^\d{1,12}$/.test(text) ? Number(text) * 1000 : undefined;
  }
}

/** Writes a time in the format: whole seconds for RFC 1123 and epoch seconds, milliseconds for ISO 8601. */
export function formatTimestamp(epochMs: number, format: DateFormat): string {
  switch (format) {
    case 'rfc1123':
      return new Date(epochMs).toUTCString();
    case 'iso8601':
      return new Date(epochMs).toISOString();
    case 'epoch-seconds':
      return String(Math.floor(epochMs / 1000));
  }
}

/** IMF-fixdate, RFC 9110 §5.6.7: two-digit day, English names, the right weekday, literal GMT. */
function parseImfFixdate(text: string): number | undefined {
  const match = imfFixdate.exec(text);
  if (!match) return undefined;
  const [, weekday = '', day = '', monthName = '', year = '', hours = '', minutes = '', seconds = ''] = match;
  const month = String(months.indexOf(monthName) + 1).padStart(2, '0');
  const epochMs = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`);
  if (Number.isNaN(epochMs)) return undefined;
  // Date.parse lets 31 June run over into July; a date that does not print as it was read is not a date.
  const date = new Date(epochMs);
  return date.getUTCDate() === Number(day) && weekdays[date.getUTCDay()] === weekday ? epochMs : undefined;
}

/** ISO 8601 in UTC with 0 to 9 fraction digits, `Z` or `+00:00`. */
function parseIso8601(text: string): number | undefined {
  const match = iso8601Utc.exec(text);
  if (!match) return undefined;
  const [, seconds = '', fraction = ''] = match;
  const epochMs = Date.parse(`${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}Z`);
  if (Number.isNaN(epochMs)) return undefined;
  return new Date(epochMs).getUTCDate() === Number(seconds.slice(8, 10)) ? epochMs : undefined;
}
