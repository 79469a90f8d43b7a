import { dateFixes } from '../../diagnose/fixes/current-date.ts';
import { alsoInPostman, firstMatch, type ReadingRule } from '../kit/reading-rule.ts';
import { nameOfValue } from '../kit/value-flow.ts';

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

/** Whether the value at a place is that of a header: it stands behind the header's name, or has a name that does. */
function isSentAs(text: string, at: number, headers: readonly string[]): boolean {
  const header = String.raw`["'\x60](?:${headers.join('|')})(?:["'\x60]|:)[^\n]{0,60}`;
  if (new RegExp(`${header}$`, 'i').test(text.slice(Math.max(0, at - 100), at))) return true;
  const name = nameOfValue(text, at);
  return name !== undefined && new RegExp(String.raw`${header}\b${name}\b`, 'i').test(text);
}

/** The date is written in the one format, and the scheme has the other. */
export const dateInAnotherFormat: ReadingRule = {
  name: 'date-in-another-format',
  mistake: 'date/format',
  patterns: iso,
  find(code) {
    const format = code.scheme?.date?.format;
    if (code.scheme === undefined || (format !== 'rfc1123' && format !== 'iso8601')) return undefined;
    const [wrong, right] = format === 'rfc1123' ? [iso, rfc1123] : [rfc1123, iso];
    const found = firstMatch(code, wrong);
    if (!found || firstMatch(code, right) || !isSentAs(code.text, found.index, code.scheme.date?.headers ?? []))
      return undefined;
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
    {
      language: 'postman',
      faulty:
        "const date = new Date().toISOString();\npm.request.headers.upsert({ key: 'x-ms-date', value: date });\nCryptoJS.HmacSHA256(t, key); // x-ms-content-sha256",
      right:
        "const date = new Date().toUTCString();\npm.request.headers.upsert({ key: 'x-ms-date', value: date });\nCryptoJS.HmacSHA256(t, key); // x-ms-content-sha256",
    },
    {
      language: 'python',
      faulty:
        "import hmac\ndate = datetime.now(timezone.utc).isoformat()\nheaders = {'x-ms-date': date, 'x-ms-content-sha256': h}",
      right: "import hmac\ndate = formatdate(usegmt=True)\nheaders = {'x-ms-date': date, 'x-ms-content-sha256': h}",
    },
    {
      language: 'csharp',
      faulty:
        'var date = DateTimeOffset.UtcNow.ToString("o");\nnew HMACSHA256(key);\nrequest.Headers.Add("x-ms-date", date);\nrequest.Headers.Add("x-ms-content-sha256", h);',
      right:
        'var date = DateTimeOffset.UtcNow.ToString("r");\nnew HMACSHA256(key);\nrequest.Headers.Add("x-ms-date", date);\nrequest.Headers.Add("x-ms-content-sha256", h);',
    },
    {
      language: 'java',
      faulty:
        'Mac mac = Mac.getInstance("HmacSHA256");\nString date = Instant.now().toString();\nb.header("x-ms-date", date).header("x-ms-content-sha256", h);',
      right:
        'Mac mac = Mac.getInstance("HmacSHA256");\nString date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));\nb.header("x-ms-date", date).header("x-ms-content-sha256", h);',
    },
    {
      language: 'php',
      faulty:
        "<?php\n$date = date('c');\n$s = hash_hmac('sha256', $t, $key, true);\n$headers[] = 'x-ms-date: ' . $date;\n$headers[] = 'x-ms-content-sha256: ' . $h;",
      right:
        "<?php\n$date = gmdate('D, d M Y H:i:s') . ' GMT';\n$s = hash_hmac('sha256', $t, $key, true);\n$headers[] = 'x-ms-date: ' . $date;\n$headers[] = 'x-ms-content-sha256: ' . $h;",
    },
    {
      language: 'ruby',
      faulty:
        "require 'openssl'\ndate = Time.now.utc.iso8601\nOpenSSL::HMAC.digest('SHA256', key, t)\nrequest['x-ms-date'] = date\nrequest['x-ms-content-sha256'] = h",
      right:
        "require 'openssl'\ndate = Time.now.httpdate\nOpenSSL::HMAC.digest('SHA256', key, t)\nrequest['x-ms-date'] = date\nrequest['x-ms-content-sha256'] = h",
    },
  ],
};
