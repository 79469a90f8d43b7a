import { secretOfConnectionString } from '../../diagnose/fixes/secret.ts';
import { alsoInPostman, firstMatch, type ReadingRule } from '../kit/reading-rule.ts';
import { someScheme } from '../kit/some-scheme.ts';

const patterns = alsoInPostman({
  javascript: /\.split\(\s*['"];['"]\s*\)\s*\[\s*1\s*\]/,
  python: /\.split\(\s*['"];['"]\s*(?:,\s*1\s*)?\)\s*\[\s*1\s*\]/,
  csharp: /\.Split\(\s*['"];['"]\s*\)\s*\[\s*1\s*\]/,
  java: /\.split\(\s*";"\s*\)\s*\[\s*1\s*\]/,
  php: /explode\(\s*['"];['"]\s*,[^\n)]{1,80}\)\s*\[\s*1\s*\]/,
  ruby: /\.split\(\s*['"];['"]\s*\)\s*(?:\[\s*1\s*\]|\.last)/,
  go: /strings\.Split\(\s*\w{1,60}\s*,\s*";"\s*\)\s*\[\s*1\s*\]/,
});

/** What stands behind the first semicolon of a connection string is taken for the key, with its name before it. */
export const connectionStringSplit: ReadingRule = {
  name: 'connection-string-split',
  mistake: 'key/prefix',
  patterns,
  find(code) {
    const found = firstMatch(code, patterns);
    const takesNameOff =
      /accesskey\s*=|length\s*of|['"=]accesskey|substring|removeprefix|slice\(|replace\(|Substring\(|sub\(|\.split\(\s*['"]=/i;
    const around = code.text.slice(found?.index ?? 0, (found?.index ?? 0) + 400);
    if (!found || !/connection/i.test(code.text) || takesNameOff.test(around)) return undefined;
    return {
      at: found.index,
      part: 'key',
      summary:
        'The code takes all that stands behind the first ";" of the connection string for the key: its name "accesskey=" is part of it.',
      fix: secretOfConnectionString(someScheme(code)),
    };
  },
  samples: [
    {
      language: 'javascript',
      faulty: "const key = Buffer.from(connectionString.split(';')[1], 'base64');\ncreateHmac('sha256', key);",
      right:
        "const key = Buffer.from(connectionString.split(';')[1].replace('accesskey=', ''), 'base64');\ncreateHmac('sha256', key);",
    },
    {
      language: 'python',
      faulty: "import hmac\nkey = base64.b64decode(connection_string.split(';')[1])",
      right: "import hmac\nkey = base64.b64decode(connection_string.split(';')[1].removeprefix('accesskey='))",
    },
    {
      language: 'csharp',
      faulty: "new HMACSHA256(key);\nvar key = connectionString.Split(';')[1];",
      right: "new HMACSHA256(key);\nvar key = connectionString.Split(';')[1].Substring(10);",
    },
    {
      language: 'postman',
      faulty:
        "const key = CryptoJS.enc.Base64.parse(pm.variables.get('connectionString').split(';')[1]);\nCryptoJS.HmacSHA256(t, key);",
      right:
        "const key = CryptoJS.enc.Base64.parse(pm.variables.get('connectionString').split(';')[1].replace('accesskey=', ''));\nCryptoJS.HmacSHA256(t, key);",
    },
    {
      language: 'java',
      faulty: 'String key = connectionString.split(";")[1];\nMac mac = Mac.getInstance("HmacSHA256");',
      right:
        'String key = connectionString.split(";")[1].substring("accesskey=".length());\nMac mac = Mac.getInstance("HmacSHA256");',
    },
    {
      language: 'php',
      faulty: "<?php\n$key = base64_decode(explode(';', $connectionString)[1]);\nhash_hmac('sha256', $t, $key, true);",
      right:
        "<?php\n$key = base64_decode(substr(explode(';', $connectionString)[1], strlen('accesskey=')));\nhash_hmac('sha256', $t, $key, true);",
    },
    {
      language: 'ruby',
      faulty:
        "require 'openssl'\nkey = Base64.decode64(connection_string.split(';').last)\nOpenSSL::HMAC.digest('SHA256', key, t)",
      right:
        "require 'openssl'\nkey = Base64.decode64(connection_string.split(';').last.delete_prefix('accesskey='))\nOpenSSL::HMAC.digest('SHA256', key, t)",
    },
    {
      language: 'go',
      faulty:
        'pair := strings.Split(connectionString, ";")[1]\nmac := hmac.New(sha256.New, key)\nreq.Header.Set("a", "b")',
      right:
        'pair := strings.TrimPrefix(strings.Split(connectionString, ";")[1], "accesskey=")\nmac := hmac.New(sha256.New, key)\nreq.Header.Set("a", "b")',
    },
  ],
};
