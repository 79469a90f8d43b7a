import { dateFixes } from '../../diagnose/fixes/current-date.ts';
import { alsoInPostman, type ReadingRule } from '../kit/reading-rule.ts';
import { someScheme } from '../kit/some-scheme.ts';

const clocks = alsoInPostman({
  javascript: /new Date\(\)\.to(?:UTCString|ISOString|GMTString)\(\)/,
  python:
    /(?:datetime\.(?:datetime\.)?(?:utcnow\(\)|now\([^()\n]{0,40}\))\.(?:strftime\([^)\n]{1,60}\)|isoformat\(\))|formatdate\([^)\n]{0,40}\))/,
  csharp: /DateTime(?:Offset)?\.UtcNow\.ToString\([^)\n]{0,60}\)/,
  java: /Instant\.now\(\)\.toString\(\)|ZonedDateTime\.now\([^)\n]{0,40}\)\.format\(/,
  php: /gmdate\(\s*['"][^'"\n]{1,60}['"]\s*\)/,
  go: /time\.Now\(\)(?:\.UTC\(\))?\.Format\([\w."]{1,60}\)/,
  ruby: /Time\.now(?:\.utc)?\.(?:httpdate|iso8601)/,
  powershell: /\[DateTime\]::UtcNow\.ToString\([^)\n]{1,60}\)/i,
});

/** The time is taken once to be signed, and once more to be sent in a header. */
export const dateTakenTwice: ReadingRule = {
  name: 'date-taken-twice',
  mistake: 'date/not-the-one-sent',
  find(code) {
    const clock = clocks[code.language];
    const header = someScheme(code).date?.headers.join('|');
    if (!clock || code.scheme === undefined || !header) return undefined;
    const sent = new RegExp(
      String.raw`["'](?:${header})["'][\])'",:\s=>.]{0,12}(?:value\s*:\s*)?${clock.source}`,
      'i',
    ).exec(code.text);
    if (!sent) return undefined;
    const others = code.text.slice(0, sent.index) + code.text.slice(sent.index + sent[0].length);
    if (!clock.test(others)) return undefined;
    return {
      at: sent.index,
      part: 'date',
      summary:
        'The code asks the clock once for what it signs and once more for the header that it sends: when a second passes between them, the two differ.',
      fix: dateFixes(someScheme(code).date?.format, 'once, for the string to sign and the header'),
    };
  },
  samples: [
    {
      language: 'javascript',
      faulty:
        "const t = `POST\\n${path}\\n${new Date().toUTCString()};${host};${hash}`;\ncreateHmac('sha256', key).update(t);\nheaders['x-ms-date'] = new Date().toUTCString();\nheaders['x-ms-content-sha256'] = hash;",
      right:
        "const date = new Date().toUTCString();\nconst t = `POST\\n${path}\\n${date};${host};${hash}`;\ncreateHmac('sha256', key).update(t);\nheaders['x-ms-date'] = date;\nheaders['x-ms-content-sha256'] = hash;",
    },
    {
      language: 'python',
      faulty:
        "import hmac\nts = datetime.utcnow().isoformat()\nsign(ts)\nheaders = {'x-timestamp': datetime.utcnow().isoformat(), 'authorization': 'application ' + k}",
      right:
        "import hmac\nts = datetime.utcnow().isoformat()\nsign(ts)\nheaders = {'x-timestamp': ts, 'authorization': 'application ' + k}",
    },
  ],
};
