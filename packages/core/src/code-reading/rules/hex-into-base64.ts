import { findDigestEncoding } from '../kit/digest-encoding.ts';
import type { Patterns, ReadingRule } from '../kit/reading-rule.ts';

const patterns: Patterns = {
  javascript:
    /(?:Buffer\.from|btoa)\(\s*[^\n;]{1,200}?\.digest\(\s*['"]hex['"]\s*\)\s*(?:\)\s*\.toString\(\s*['"]base64['"]|\))(?!\s*,)/,
  postman:
    /btoa\(\s*CryptoJS\.\w+\([^\n;]{1,200}?\)\.toString\(\)|CryptoJS\.enc\.Base64\.stringify\(\s*CryptoJS\.enc\.Utf8\.parse\(\s*CryptoJS\.(?:Hmac)?(?:SHA|MD5)/,
  python: /b64encode\(\s*[^\n]{1,200}?\.hexdigest\(\)/,
  php: /base64_encode\(\s*(?:hash_hmac\(\s*['"]\w+['"]\s*,\s*[^,()\n]{1,80},\s*[^,()\n]{0,80}(?:\([^()\n]{0,80}\))?\)|hash\(\s*['"]\w+['"]\s*,\s*[^,()\n]{1,80}\)|(?:md5|sha1)\(\s*[^,()\n]{1,80}\))/,
  ruby: /encode64\(\s*(?:OpenSSL::HMAC\.hexdigest|Digest::\w+\.hexdigest|OpenSSL::Digest[^\n]{0,60}hexdigest)/,
  go: /StdEncoding\.EncodeToString\(\s*\[\]byte\(\s*(?:hex\.EncodeToString\(|fmt\.Sprintf\(\s*"%x")/,
  java: /encodeToString\(\s*(?:HexFormat\.of\(\)\.formatHex\(|Hex\.encodeHexString\(|DigestUtils\.\w*Hex\()/,
  csharp: /ToBase64String\(\s*Encoding\.\w+\.GetBytes\(\s*(?:Convert\.ToHexString|BitConverter\.ToString)\(/,
  powershell:
    /ToBase64String\(\s*\[(?:System\.)?Text\.Encoding\]::\w+\.GetBytes\(\s*\[(?:System\.)?BitConverter\]::ToString\(/i,
};

/** Base64 is made of the hexadecimal digits of a hash, and not of its bytes. */
export const hexIntoBase64: ReadingRule = {
  name: 'hex-into-base64',
  mistake: 'digest/encoding',
  patterns,
  find: (code) =>
    findDigestEncoding(
      code,
      patterns,
      (isMac) =>
        `The code makes base64 of the hexadecimal digits of ${isMac ? 'the signature' : 'a hash'}; what is wanted is base64 of its bytes.`,
    ),
  samples: [
    {
      language: 'javascript',
      faulty: "const s = Buffer.from(createHmac('sha256', key).update(t).digest('hex')).toString('base64');",
      right: "const s = Buffer.from(createHmac('sha256', key).update(t).digest('hex'), 'hex').toString('base64');",
    },
    {
      language: 'postman',
      faulty: "pm.variables.set('s', btoa(CryptoJS.HmacSHA256(t, key).toString()));",
      right: "pm.variables.set('s', CryptoJS.HmacSHA256(t, key).toString(CryptoJS.enc.Base64));",
    },
    {
      language: 'python',
      faulty: 'import hmac\ns = base64.b64encode(hmac.new(key, t, hashlib.sha256).hexdigest().encode())',
      right: 'import hmac\ns = base64.b64encode(hmac.new(key, t, hashlib.sha256).digest())',
    },
    {
      language: 'php',
      faulty: "<?php\n$s = base64_encode(hash_hmac('sha256', $t, $key));",
      right: "<?php\n$s = base64_encode(hash_hmac('sha256', $t, $key, true));",
    },
    {
      language: 'php',
      faulty: "<?php\n$s = base64_encode(hash_hmac('sha256', $t, base64_decode($key)));",
      right: "<?php\n$s = base64_encode(hash_hmac('sha256', $t, base64_decode($key), true));",
    },
    {
      language: 'ruby',
      faulty: "require 'openssl'\ns = Base64.strict_encode64(OpenSSL::HMAC.hexdigest('SHA256', key, t))",
      right: "require 'openssl'\ns = Base64.strict_encode64(OpenSSL::HMAC.digest('SHA256', key, t))",
    },
    {
      language: 'go',
      faulty:
        'mac := hmac.New(sha256.New, key)\ns := base64.StdEncoding.EncodeToString([]byte(hex.EncodeToString(mac.Sum(nil))))',
      right: 'mac := hmac.New(sha256.New, key)\ns := base64.StdEncoding.EncodeToString(mac.Sum(nil))',
    },
    {
      language: 'java',
      faulty:
        'Mac.getInstance("HmacSHA256");\nString s = Base64.getEncoder().encodeToString(HexFormat.of().formatHex(mac.doFinal(t)).getBytes());',
      right: 'Mac.getInstance("HmacSHA256");\nString s = Base64.getEncoder().encodeToString(mac.doFinal(t));',
    },
    {
      language: 'csharp',
      faulty:
        'new HMACSHA256(key);\nvar s = Convert.ToBase64String(Encoding.UTF8.GetBytes(Convert.ToHexString(hmac.ComputeHash(t))));',
      right: 'new HMACSHA256(key);\nvar s = Convert.ToBase64String(hmac.ComputeHash(t));',
    },
    {
      language: 'powershell',
      faulty:
        '$hmac = New-Object Security.Cryptography.HMACSHA256\n$s = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes([BitConverter]::ToString($hmac.ComputeHash($t))))',
      right:
        '$hmac = New-Object Security.Cryptography.HMACSHA256\n$s = [Convert]::ToBase64String($hmac.ComputeHash($t))',
    },
  ],
};
