import { dateFixes } from '../../diagnose/fixes/current-date.ts';
import { alsoInPostman, firstMatch, type ReadingRule } from '../kit/reading-rule.ts';

const iso = alsoInPostman({
  javascript: /new Date\(\)\.toISOString\(\)/,
  python: /(?:utcnow\(\)|now\([^()\n]{0,40}\))\.isoformat\(/,
  csharp: /UtcNow\.ToString\(\s*"(?:o|O|s|u)"/,
  java: /Instant\.now\(\)\.toString\(\)|ISO_(?:INSTANT|OFFSET_DATE_TIME)/,
  go: /Format\(\s*time\.RFC3339/,
  ruby: /Time\.now(?:\.utc)?\.iso8601/,
  php: /\bdate\(\s*(?:DATE_ATOM|'c'|"c")/,
});
const rfc1123 = alsoInPostman({
  javascript: /new Date\(\)\.to(?:UTC|GMT)String\(\)/,
  python: /formatdate\(/,
  csharp: /UtcNow\.ToString\(\s*"[rR]"/,
  java: /RFC_1123_DATE_TIME/,
  go: /Format\(\s*(?:http\.TimeFormat|time\.RFC1123)/,
  ruby: /\.httpdate\b/,
  php: /gmdate\(\s*['"]D, d M Y/,
});

/** The date is written in the one format, and the scheme has the other. */
export const dateInAnotherFormat: ReadingRule = {
  name: 'date-in-another-format',
  mistake: 'date/format',
  find(code) {
    const format = code.scheme?.date?.format;
    if (code.scheme === undefined || (format !== 'rfc1123' && format !== 'iso8601')) return undefined;
    const [wrong, right] = format === 'rfc1123' ? [iso, rfc1123] : [rfc1123, iso];
    const found = firstMatch(code, wrong);
    if (!found || firstMatch(code, right)) return undefined;
    const names = { rfc1123: 'RFC 1123 (Mon, 27 May 2024 09:08:07 GMT)', iso8601: 'ISO 8601 (2024-05-27T09:08:07Z)' };
    const other = format === 'rfc1123' ? 'iso8601' : 'rfc1123';
    return {
      at: found.index,
      part: 'date',
      summary: `The only time that the code takes is in ${names[other]}; ${code.scheme.id} has it in ${names[format]}.`,
      fix: dateFixes(format),
    };
  },
  samples: [
    {
      language: 'javascript',
      faulty:
        "const date = new Date().toISOString();\ncreateHmac('sha256', key);\nheaders['x-ms-date'] = date;\nheaders['x-ms-content-sha256'] = h;",
      right:
        "const date = new Date().toUTCString();\ncreateHmac('sha256', key);\nheaders['x-ms-date'] = date;\nheaders['x-ms-content-sha256'] = h;",
    },
    {
      language: 'go',
      faulty:
        'mac := hmac.New(sha256.New, key)\ndate := time.Now().UTC().Format(http.TimeFormat)\nreq.Header.Set("x-timestamp", date)\nreq.Header.Set("authorization", "application "+k)',
      right:
        'mac := hmac.New(sha256.New, key)\ndate := time.Now().UTC().Format(time.RFC3339)\nreq.Header.Set("x-timestamp", date)\nreq.Header.Set("authorization", "application "+k)',
    },
  ],
};
