import { secondText } from './second-text.ts';
import { timestampFormats } from './timestamp-formats.ts';

/** What stands before the fraction. */
const { print, parse } = secondText((date) => String(date.toJSON()).slice(0, -5), 'Z');

/** ISO 8601 in UTC, with 0 to 9 fraction digits and `Z` or `+00:00`; written in milliseconds. */
timestampFormats.iso8601 = {
  parse(text) {
    const [, start = '', fraction = ''] = /^(.{19})(?:\.(\d{1,9}))?(?:Z|\+00:00)$/.exec(text) ?? [];
    return parse(start) * 1000 + Number(`${fraction}000`.slice(0, 3));
  },
  print(epochMs) {
    const second = Math.floor(epochMs / 1000);
    return `${print(second)}.${String(1000 + epochMs - second * 1000).slice(1)}Z`;
  },
};
