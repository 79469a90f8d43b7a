import { targetFixes } from '../../diagnose/fixes/target.ts';
import { firstMatch, type Patterns, type ReadingRule } from '../kit/reading-rule.ts';

const path: Patterns = {
  javascript: /\bnew URL\([^)\n]{1,120}\)\.pathname\b|\b(?:url|uri|parsed|u)\w*\.pathname\b/i,
  postman: /pm\.request\.url\.getPath\(\)/,
  python: /\burl(?:parse|split)\([^)\n]{1,80}\)\.path\b|\bparsed(?:_url)?\.path\b/,
  csharp: /\.AbsolutePath\b/,
  java: /\.get(?:Raw)?Path\(\)/,
  php: /PHP_URL_PATH\b/,
  go: /\bURL\.(?:Path|EscapedPath\(\))/,
  ruby: /\buri\.path\b/i,
  powershell: /\.AbsolutePath\b/,
};
/** The query by its name, or the whole URL with something taken off. */
const query = /query|\bsearch|search\b|request_?uri|\.href\b|substr|slice\(|split\(|replace|trim|removeprefix|\?\$?\{/i;

/** The path alone is signed of a URL that has a query, by a scheme that signs both. */
export const queryLeftOut: ReadingRule = {
  name: 'query-left-out',
  mistake: 'url/query-omitted',
  patterns: path,
  find(code) {
    const { scheme, text } = code;
    const signsBoth = scheme?.parts.some(({ source }) => source.from === 'target' && source.form === 'as-sent');
    if (!scheme || !signsBoth || !/\?[\w-]{1,40}=/.test(text)) return undefined;
    const found = firstMatch(code, path);
    if (!found || query.test(text)) return undefined;
    return {
      at: found.index,
      part: 'target',
      summary: `The code takes the path of its URL and nowhere the query, which the URL has and ${scheme.id} signs.`,
      fix: targetFixes(scheme, 'path and query, as they are sent'),
    };
  },
  samples: [
    {
      language: 'javascript',
      faulty:
        "const url = new URL('https://c.communication.azure.com/sms?api-version=2021-03-07');\nconst t = 'POST\\n' + url.pathname;\ncreateHmac('sha256', key).update(t);",
      right:
        "const url = new URL('https://c.communication.azure.com/sms?api-version=2021-03-07');\nconst t = 'POST\\n' + url.pathname + url.search;\ncreateHmac('sha256', key).update(t);",
    },
    {
      language: 'csharp',
      faulty:
        'var uri = new Uri("https://c.communication.azure.com/sms?api-version=2021-03-07");\nnew HMACSHA256(key);\nvar t = "POST\\n" + uri.AbsolutePath;',
      right:
        'var uri = new Uri("https://c.communication.azure.com/sms?api-version=2021-03-07");\nnew HMACSHA256(key);\nvar t = "POST\\n" + uri.PathAndQuery;',
    },
    {
      language: 'postman',
      faulty:
        "// https://c.communication.azure.com/sms?api-version=2021-03-07\nconst example = 'https://c.communication.azure.com/sms?api-version=2021-03-07';\nconst t = 'POST\\n' + pm.request.url.getPath();\nCryptoJS.HmacSHA256(t, key);",
      right:
        "const example = 'https://c.communication.azure.com/sms?api-version=2021-03-07';\nconst t = 'POST\\n' + pm.variables.replaceIn(pm.request.url.getPathWithQuery());\nCryptoJS.HmacSHA256(t, key);",
    },
    {
      language: 'python',
      faulty:
        "import hmac\nurl = 'https://c.communication.azure.com/sms?api-version=2021-03-07'\nt = 'POST\\n' + urlparse(url).path\nhmac.new(key, t.encode(), hashlib.sha256)",
      right:
        "import hmac\nurl = 'https://c.communication.azure.com/sms?api-version=2021-03-07'\nparts = urlparse(url)\nt = 'POST\\n' + parts.path + '?' + parts.query\nhmac.new(key, t.encode(), hashlib.sha256)",
    },
    {
      language: 'java',
      faulty:
        'URI uri = URI.create("https://c.communication.azure.com/sms?api-version=2021-03-07");\nString t = "POST\\n" + uri.getRawPath();\nMac mac = Mac.getInstance("HmacSHA256");',
      right:
        'URI uri = URI.create("https://c.communication.azure.com/sms?api-version=2021-03-07");\nString t = "POST\\n" + uri.getRawPath() + "?" + uri.getRawQuery();\nMac mac = Mac.getInstance("HmacSHA256");',
    },
    {
      language: 'php',
      faulty:
        "<?php\n$url = 'https://c.communication.azure.com/sms?api-version=2021-03-07';\n$t = \"POST\\n\" . parse_url($url, PHP_URL_PATH);\nhash_hmac('sha256', $t, $key, true);",
      right:
        "<?php\n$url = 'https://c.communication.azure.com/sms?api-version=2021-03-07';\n$t = \"POST\\n\" . parse_url($url, PHP_URL_PATH) . '?' . parse_url($url, PHP_URL_QUERY);\nhash_hmac('sha256', $t, $key, true);",
    },
    {
      language: 'go',
      faulty:
        'req, _ := http.NewRequest("POST", "https://c.communication.azure.com/sms?api-version=2021-03-07", nil)\nmac := hmac.New(sha256.New, key)\nmac.Write([]byte("POST\\n" + req.URL.EscapedPath()))',
      right:
        'req, _ := http.NewRequest("POST", "https://c.communication.azure.com/sms?api-version=2021-03-07", nil)\nmac := hmac.New(sha256.New, key)\nmac.Write([]byte("POST\\n" + req.URL.RequestURI()))',
    },
    {
      language: 'ruby',
      faulty:
        "require 'openssl'\nuri = URI('https://c.communication.azure.com/sms?api-version=2021-03-07')\nOpenSSL::HMAC.digest('SHA256', key, \"POST\\n#{uri.path}\")",
      right:
        "require 'openssl'\nuri = URI('https://c.communication.azure.com/sms?api-version=2021-03-07')\nOpenSSL::HMAC.digest('SHA256', key, \"POST\\n#{uri.request_uri}\")",
    },
    {
      language: 'powershell',
      faulty:
        '$uri = [Uri]\'https://c.communication.azure.com/sms?api-version=2021-03-07\'\n$hmac = New-Object System.Security.Cryptography.HMACSHA256\n$t = "POST`n" + $uri.AbsolutePath',
      right:
        '$uri = [Uri]\'https://c.communication.azure.com/sms?api-version=2021-03-07\'\n$hmac = New-Object System.Security.Cryptography.HMACSHA256\n$t = "POST`n" + $uri.PathAndQuery',
    },
  ],
};
