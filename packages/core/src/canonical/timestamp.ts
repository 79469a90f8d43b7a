import './basic-time.ts';
import './epoch-time.ts';
import './iso8601-time.ts';
import './rfc1123-time.ts';
import { timestampFormats, type DateFormat } from './timestamp-formats.ts';

export type { DateFormat } from './timestamp-formats.ts';

/**
 * Milliseconds since the epoch, or `undefined` when the text is not strictly of the format: IMF-fixdate of RFC 9110
 * §5.6.7; ISO 8601 in UTC with 0 to 9 fraction digits and `Z` or `+00:00`; 1 to 12 digits of seconds, 1 to 15 of
 * milliseconds.
 */
export function parseTimestamp(text: string, format: DateFormat): number | undefined {
  const epochMs = timestampFormats[format]?.parse(text) ?? NaN;
  return Number.isNaN(epochMs) ? undefined : epochMs;
}

/** Writes a time in the format: whole seconds for RFC 1123 and epoch seconds, milliseconds for the others. */
export function formatTimestamp(epochMs: number, format: DateFormat): string {
  return timestampFormats[format]?.print(epochMs) ?? '';
}
