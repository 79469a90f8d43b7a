import { keyFixes } from '../../diagnose/fixes/key.ts';
import { firstMatch, type Patterns, type ReadingRule } from '../kit/reading-rule.ts';
import { holdsBytes } from '../kit/value-flow.ts';

const secret = String.raw`[\w.$>\[\]'"()-]{0,60}(?:key|secret|token)[\w.\[\]'"()]{0,40}`;

const patterns: Patterns = {
  javascript:
    /\bcreateHmac\(\s*['"][\w-]+['"]\s*,\s*(?:process\.env[.[][\w'"\]]{1,60}|Buffer\.from\(\s*[\w.$]{1,60}(?:\s*,\s*['"](?:utf-?8|ascii|latin1|binary)['"])?\s*\)|new TextEncoder\(\)\.encode\([\w.$]{1,60}\))\s*\)/i,
  postman:
    /\bHmacSHA\d+\(\s*[\w.$]{1,60}\s*,\s*(?:pm\.[\w.]{1,60}get\([^)\n]{1,60}\)|CryptoJS\.enc\.Utf8\.parse\([^\n]{1,80}?\))\s*\)/,
  python: new RegExp(
    String.raw`\bhmac\.new\(\s*(?:key\s*=\s*)?(?:${secret}\.encode\(|bytes\(\s*${secret}\s*,\s*['"](?:utf-?8|ascii|latin-?1)|str\.encode\(\s*${secret})`,
    'i',
  ),
  csharp: new RegExp(
    String.raw`\bHMACSHA\d+(?:\.HashData)?\(\s*(?:System\.Text\.)?(?:new )?(?:UTF8|ASCII)?Encoding(?:\(\))?(?:\.\w{3,10})?\.GetBytes\(\s*${secret}`,
    'i',
  ),
  java: new RegExp(String.raw`\bnew SecretKeySpec\(\s*${secret}\.getBytes\(`, 'i'),
  go: new RegExp(String.raw`\bhmac\.New\(\s*\w+\.New\w*\s*,\s*\[\]byte\(\s*${secret}`, 'i'),
  php: /\bhash_hmac\(\s*['"]\w+['"]\s*,[^\n]{1,200}?,\s*(?:getenv\(|\$_(?:ENV|SERVER)\[|env\(|config\()/i,
  ruby: /\bOpenSSL::HMAC\.\w+\(\s*[^,\n]{1,60},\s*ENV[.[]/,
  bash: /\bopenssl\s+(?:dgst|sha\d+)\b[^|\n]{0,120}-hmac\s+["']?\$\{?\w{1,60}/,
  powershell:
    /(?:HMACSHA\d+[^\n]{0,60}(?:New\(|::new\(|-ArgumentList\s)|\.Key\s*=)\s*\(?,?\s*\(?\s*\[(?:System\.)?Text\.Encoding\]::\w+\.GetBytes\(/i,
};

const macs =
  /createHmac\(|\bHmacSHA\d+\(|hmac\.(?:new|New|digest)\(|hash_hmac\(|HMAC\.\w+\(|\bHMACSHA\d+[(.]|new SecretKeySpec\(/g;

/** The text of a key that stands for bytes is used as it is. */
export const keyAsText: ReadingRule = {
  name: 'key-as-text',
  mistake: 'key/encoding',
  patterns,
  find(code) {
    const { scheme } = code;
    const encoding = scheme?.key.encoding;
    if (!scheme || code.hasOtherKeys || encoding === undefined || encoding === 'utf8') return undefined;
    const found = firstMatch(code, patterns);
    // What was decoded before is no text, whatever is done with it.
    if (!found) return undefined;
    // Of several HMACs, of which one decodes its key, the others are for something else.
    if ((code.text.match(macs)?.length ?? 0) > 1 && /decod|base64['"]|FromBase64/i.test(code.text)) return undefined;
    const [line = ''] = code.text.slice(found.index, found.index + found[0].length + 40).split('\n');
    if (holdsBytes(code.text, found[0] + line)) return undefined;
    return {
      at: found.index,
      part: 'key',
      summary: `The code takes the secret's text as the key; by ${scheme.id} it stands for bytes (${encoding}), and has to be decoded.`,
      fix: keyFixes[encoding],
    };
  },
  samples: [
    {
      language: 'javascript',
      faulty:
        "const h = createHmac('sha256', process.env.ACCESS_KEY).update(s).digest('base64');\nheaders['x-ms-content-sha256'] = c;",
      right:
        "const h = createHmac('sha256', Buffer.from(process.env.ACCESS_KEY, 'base64')).update(s).digest('base64');\nheaders['x-ms-content-sha256'] = c;",
    },
    {
      language: 'postman',
      faulty: "const s = CryptoJS.HmacSHA256(stringToSign, pm.variables.get('key'));\nset('x-ms-content-sha256', c);",
      right:
        "const key = CryptoJS.enc.Base64.parse(pm.variables.get('key'));\nconst s = CryptoJS.HmacSHA256(stringToSign, key);\nset('x-ms-content-sha256', c);",
    },
    {
      language: 'python',
      faulty:
        "import hmac\nsig = hmac.new(application_secret.encode('utf-8'), s.encode(), hashlib.sha256)\nheaders = {'x-timestamp': ts, 'authorization': 'application ' + key}",
      right:
        "import hmac\nsig = hmac.new(base64.b64decode(application_secret), s.encode(), hashlib.sha256)\nheaders = {'x-timestamp': ts, 'authorization': 'application ' + key}",
    },
    {
      language: 'csharp',
      faulty:
        'using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(accessKey));\nrequest.Headers.Add("x-ms-content-sha256", hash);',
      right:
        'using var hmac = new HMACSHA256(Convert.FromBase64String(accessKey));\nrequest.Headers.Add("x-ms-content-sha256", hash);',
    },
    {
      language: 'java',
      faulty:
        'Mac mac = Mac.getInstance("HmacSHA256");\nmac.init(new SecretKeySpec(accessKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));\nb.header("x-ms-content-sha256", h);',
      right:
        'Mac mac = Mac.getInstance("HmacSHA256");\nmac.init(new SecretKeySpec(Base64.getDecoder().decode(accessKey), "HmacSHA256"));\nb.header("x-ms-content-sha256", h);',
    },
    {
      language: 'go',
      faulty: 'mac := hmac.New(sha256.New, []byte(accessKey))\nreq.Header.Set("x-ms-content-sha256", hash)',
      right:
        'key, _ := base64.StdEncoding.DecodeString(accessKey)\nmac := hmac.New(sha256.New, key)\nreq.Header.Set("x-ms-content-sha256", hash)',
    },
    {
      language: 'php',
      faulty:
        "<?php\n$s = hash_hmac('sha256', $stringToSign, getenv('ACCESS_KEY'), true);\n$headers[] = 'x-ms-content-sha256: ' . $hash;",
      right:
        "<?php\n$s = hash_hmac('sha256', $stringToSign, base64_decode(getenv('ACCESS_KEY')), true);\n$headers[] = 'x-ms-content-sha256: ' . $hash;",
    },
    {
      language: 'ruby',
      faulty:
        "require 'openssl'\ns = OpenSSL::HMAC.digest('SHA256', ENV['ACCESS_KEY'], text)\nrequest['x-ms-content-sha256'] = hash",
      right:
        "require 'openssl'\ns = OpenSSL::HMAC.digest('SHA256', Base64.decode64(ENV['ACCESS_KEY']), text)\nrequest['x-ms-content-sha256'] = hash",
    },
    {
      language: 'bash',
      faulty:
        'sig=$(printf %s "$s" | openssl dgst -sha256 -hmac "$ACCESS_KEY" -binary | base64)\ncurl -H "x-ms-content-sha256: $hash" "$url"',
      right:
        'sig=$(printf %s "$s" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$hex" -binary | base64)\ncurl -H "x-ms-content-sha256: $hash" "$url"',
    },
    {
      language: 'powershell',
      faulty:
        "$hmac = New-Object System.Security.Cryptography.HMACSHA256\n$hmac.Key = [Text.Encoding]::UTF8.GetBytes($accessKey)\n$headers['x-ms-content-sha256'] = $hash",
      right:
        "$hmac = New-Object System.Security.Cryptography.HMACSHA256\n$hmac.Key = [Convert]::FromBase64String($accessKey)\n$headers['x-ms-content-sha256'] = $hash",
    },
  ],
};
