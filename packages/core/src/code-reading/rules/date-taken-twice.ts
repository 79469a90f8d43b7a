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

/** Whether the value at a place is a member of something that is written out, as in the JSON of a body. */
function isMember(text: string, at: number): boolean {
  const before = text.slice(Math.max(text.lastIndexOf('\n', at - 1) + 1, at - 300), at);
  return /[{,(]\s{0,9}["']?\w{1,60}["']?\s{0,9}(?::|=>?)\s{0,9}$|stringify|dumps|json_?encode|serialize/i.test(before);
}

/** The time is taken once to be signed, and once more to be sent in a header. */
export const dateTakenTwice: ReadingRule = {
  name: 'date-taken-twice',
  mistake: 'date/not-the-one-sent',
  patterns: clocks,
  find(code) {
    const clock = clocks[code.language];
    const header = someScheme(code).date?.headers.join('|');
    if (!clock || code.scheme === undefined || !header) return undefined;
    const sent = new RegExp(
      String.raw`["'](?:${header})["'][\])'",:\s=>.]{0,12}(?:value\s*:\s*)?${clock.source}`,
      'i',
    ).exec(code.text);
    // Where the header is read again, what is signed may be what it holds.
    const read = new RegExp(
      String.raw`["'](?:${header})["']\s*\](?!\s*=[^=])|(?:get|GetValues|value)\(\s*["'](?:${header})["']`,
      'i',
    );
    if (!sent || read.test(code.text)) return undefined;
    const others = code.text.slice(0, sent.index) + code.text.slice(sent.index + sent[0].length);
    const other = clock.exec(others);
    if (!other || isMember(others, other.index)) return undefined;
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
    {
      language: 'postman',
      faulty:
        "const t = 'POST\\n' + path + '\\n' + new Date().toUTCString() + ';' + host + ';' + hash;\nconst s = CryptoJS.HmacSHA256(t, key);\npm.request.headers.upsert({ key: 'x-ms-date', value: new Date().toUTCString() });\npm.request.headers.upsert({ key: 'x-ms-content-sha256', value: hash });",
      right:
        "const date = new Date().toUTCString();\nconst t = 'POST\\n' + path + '\\n' + date + ';' + host + ';' + hash;\nconst s = CryptoJS.HmacSHA256(t, key);\npm.request.headers.upsert({ key: 'x-ms-date', value: date });\npm.request.headers.upsert({ key: 'x-ms-content-sha256', value: hash });",
    },
    {
      language: 'csharp',
      faulty:
        'var t = $"POST\\n{path}\\n{DateTime.UtcNow.ToString("r")};{host};{hash}";\nnew HMACSHA256(key);\nrequest.Headers.Add("x-ms-date", DateTime.UtcNow.ToString("r"));\nrequest.Headers.Add("x-ms-content-sha256", hash);',
      right:
        'var date = DateTime.UtcNow.ToString("r");\nvar t = $"POST\\n{path}\\n{date};{host};{hash}";\nnew HMACSHA256(key);\nrequest.Headers.Add("x-ms-date", date);\nrequest.Headers.Add("x-ms-content-sha256", hash);',
    },
    {
      language: 'java',
      faulty:
        'String t = "POST\\n" + path + "\\nx-timestamp:" + Instant.now().toString();\nMac mac = Mac.getInstance("HmacSHA256");\nb.header("x-timestamp", Instant.now().toString()).header("authorization", "application " + k);',
      right:
        'String now = Instant.now().toString();\nString t = "POST\\n" + path + "\\nx-timestamp:" + now;\nMac mac = Mac.getInstance("HmacSHA256");\nb.header("x-timestamp", now).header("authorization", "application " + k);',
    },
    {
      language: 'php',
      faulty:
        "<?php\n$t = \"POST\\n$path\\n\" . gmdate('D, d M Y H:i:s T') . \";$host;$hash\";\n$s = hash_hmac('sha256', $t, $key, true);\n$headers = ['x-ms-date' => gmdate('D, d M Y H:i:s T'), 'x-ms-content-sha256' => $hash];",
      right:
        "<?php\n$date = gmdate('D, d M Y H:i:s T');\n$t = \"POST\\n$path\\n$date;$host;$hash\";\n$s = hash_hmac('sha256', $t, $key, true);\n$headers = ['x-ms-date' => $date, 'x-ms-content-sha256' => $hash];",
    },
    {
      language: 'go',
      faulty:
        'mac := hmac.New(sha256.New, key)\nmac.Write([]byte("POST\\n" + path + "\\n" + time.Now().UTC().Format(http.TimeFormat) + ";" + host))\nreq.Header.Set("x-ms-date", time.Now().UTC().Format(http.TimeFormat))\nreq.Header.Set("x-ms-content-sha256", hash)',
      right:
        'mac := hmac.New(sha256.New, key)\ndate := time.Now().UTC().Format(http.TimeFormat)\nmac.Write([]byte("POST\\n" + path + "\\n" + date + ";" + host))\nreq.Header.Set("x-ms-date", date)\nreq.Header.Set("x-ms-content-sha256", hash)',
    },
    {
      language: 'ruby',
      faulty:
        "require 'openssl'\nt = \"POST\\n#{path}\\n#{Time.now.httpdate};#{host};#{hash}\"\nOpenSSL::HMAC.digest('SHA256', key, t)\nrequest['x-ms-date'] = Time.now.httpdate\nrequest['x-ms-content-sha256'] = hash",
      right:
        "require 'openssl'\ndate = Time.now.httpdate\nt = \"POST\\n#{path}\\n#{date};#{host};#{hash}\"\nOpenSSL::HMAC.digest('SHA256', key, t)\nrequest['x-ms-date'] = date\nrequest['x-ms-content-sha256'] = hash",
    },
    {
      language: 'powershell',
      faulty:
        "$hmac = New-Object System.Security.Cryptography.HMACSHA256\n$t = \"POST`n$path`n\" + [DateTime]::UtcNow.ToString('r') + \";$server;$hash\"\n$headers = @{ 'x-ms-date' = [DateTime]::UtcNow.ToString('r'); 'x-ms-content-sha256' = $hash }",
      right:
        "$hmac = New-Object System.Security.Cryptography.HMACSHA256\n$date = [DateTime]::UtcNow.ToString('r')\n$t = \"POST`n$path`n$date;$server;$hash\"\n$headers = @{ 'x-ms-date' = $date; 'x-ms-content-sha256' = $hash }",
    },
  ],
};
