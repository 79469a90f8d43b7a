/** `rfc1123`: `Mon, 27 May 2024 09:08:07 GMT`. `iso8601`: `2014-06-04T13:41:58.123Z`. `epoch-seconds`: `1717000000`. */
export type DateFormat = 'rfc1123' | 'iso8601' | 'epoch-seconds';

/**
 * Milliseconds since the epoch, or `undefined` when the text is not strictly of the format: IMF-fixdate of RFC 9110
 * §5.6.7; ISO 8601 in UTC with 0 to 9 fraction digits and `Z` or `+00:00`; 1 to 12 digits of seconds.
 */
export function parseTimestamp(text: string, format: DateFormat): number | undefined {
  if (format === 'epoch-seconds') return /^\d{1,12}$/.test(text) ? +text * 1000 : undefined;
  const epochMs = Date.parse(format === 'iso8601' ? `${text.slice(0, 19)}Z` : text);
  if (Number.isNaN(epochMs)) return undefined;
  // Engines read much that is of neither format, so only what prints in the same way is taken.
  const printed = printedSecond(epochMs / 1000, format);
  if (format === 'rfc1123') return text === printed ? epochMs : undefined;
  const rest = /^(?:\.(\d{1,9}))?(?:Z|\+00:00)$/.exec(text.slice(19));
  return rest && text.startsWith(printed) ? epochMs + Number(`${rest[1] ?? ''}000`.slice(0, 3)) : undefined;
}

/** Writes a time in the format: whole seconds for RFC 1123 and epoch seconds, milliseconds for ISO 8601. */
export function formatTimestamp(epochMs: number, format: DateFormat): string {
  const second = Math.floor(epochMs / 1000);
  if (format === 'epoch-seconds') return `${second}`;
  const printed = printedSecond(second, format);
  return format === 'rfc1123' ? printed : `${printed}.${String(1000 + epochMs - second * 1000).slice(1)}Z`;
}

const latest: Partial<Record<DateFormat, { readonly second: number; readonly text: string }>> = {};

/** A second as RFC 1123 has it, or as ISO 8601 has it before the fraction. */
function printedSecond(second: number, format: 'rfc1123' | 'iso8601'): string {
  let last = latest[format];
  if (last?.second !== second) {
    // Printing a date costs as much as a hash, and most calls fall into the second of the one before.
    const date = new Date(second * 1000);
    const text = format === 'rfc1123' ? date.toUTCString() : date.toISOString().slice(0, -5);
    latest[format] = last = { second, text };
  }
  return last.text;
}
