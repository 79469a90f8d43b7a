import { secondText } from './second-text.ts';
import { timestampFormats } from './timestamp-formats.ts';

/** What stands before the fraction. */
const printed = secondText((date) => date.toISOString().slice(0, -5));

/** ISO 8601 in UTC, with 0 to 9 fraction digits and `Z` or `+00:00`; written in milliseconds. */
timestampFormats.iso8601 = {
  parse(text) {
    const epochMs = Date.parse(`${text.slice(0, 19)}Z`);
    const rest = /^(?:\.(\d{1,9}))?(?:Z|\+00:00)$/.exec(text.slice(19));
    // Engines read much that is not of the format, so only what prints in the same way is taken.
    if (Number.isNaN(epochMs) || !rest || !text.startsWith(printed(epochMs / 1000))) return undefined;
    return epochMs + Number(`${rest[1] ?? ''}000`.slice(0, 3));
  },
  print(epochMs) {
    const second = Math.floor(epochMs / 1000);
    return `${printed(second)}.${String(1000 + epochMs - second * 1000).slice(1)}Z`;
  },
};
