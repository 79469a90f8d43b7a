import { signatureFixes } from '../../diagnose/fixes/digest.ts';
import { alsoInPostman, firstMatch, type ReadingRule } from '../kit/reading-rule.ts';
import { someScheme } from '../kit/some-scheme.ts';

const message = String.raw`(?:string_?to_?sign|payload|message|msg|raw_?body|request_?body|body)`;
const key = String.raw`\w{0,30}(?:secret|access_?key|signing_?key|secret_?key)`;

const patterns = alsoInPostman({
  javascript: new RegExp(
    String.raw`\bcreateHmac\(\s*['"][\w-]+['"]\s*,\s*${message}\s*\)|\bHmacSHA\d+\(\s*(?:key|${key})\s*,\s*${message}\s*\)`,
    'i',
  ),
  python: new RegExp(String.raw`\bhmac\.new\(\s*${message}(?:\.encode\([^)\n]{0,20}\))?\s*,\s*(?:key|${key})\b`, 'i'),
  php: new RegExp(String.raw`\bhash_hmac\(\s*['"]\w+['"]\s*,\s*\$(?:key|${key})\s*,\s*\$${message}\b`, 'i'),
  ruby: new RegExp(String.raw`\bOpenSSL::HMAC\.\w+\(\s*[^,\n]{1,60},\s*${message}\s*,\s*(?:key|${key})\b`, 'i'),
  go: new RegExp(String.raw`\bhmac\.New\(\s*\w+\.New\w*\s*,\s*(?:\[\]byte\()?\s*${message}\b`, 'i'),
});

/** Key and message stand in each other's place. */
export const keySwappedWithMessage: ReadingRule = {
  name: 'key-swapped-with-message',
  mistake: 'key/swapped-with-message',
  patterns,
  find(code) {
    const found = firstMatch(code, patterns);
    if (!found) return undefined;
    // A function of the code's own takes its arguments in an order of its own.
    const name = /^\w+/.exec(found[0])?.[0] ?? '';
    if (new RegExp(String.raw`\b(?:function|def|func|const|let|var)[ \t]+${name}\b`, 'i').test(code.text))
      return undefined;
    return {
      at: found.index,
      part: 'signature',
      summary: 'By its names the code gives HMAC the message for its key and the key for its message.',
      fix: signatureFixes(someScheme(code)),
    };
  },
  samples: [
    {
      language: 'javascript',
      faulty: "const s = createHmac('sha256', stringToSign).update(key).digest('base64');",
      right: "const s = createHmac('sha256', key).update(stringToSign).digest('base64');",
    },
    {
      language: 'postman',
      faulty: "pm.variables.set('s', CryptoJS.HmacSHA256(secret, stringToSign));",
      right: "pm.variables.set('s', CryptoJS.HmacSHA256(stringToSign, secret));",
    },
    {
      language: 'python',
      faulty: 'import hmac\ns = hmac.new(string_to_sign.encode(), key, hashlib.sha256)',
      right: 'import hmac\ns = hmac.new(key, string_to_sign.encode(), hashlib.sha256)',
    },
    {
      language: 'php',
      faulty: "<?php\n$s = hash_hmac('sha256', $secret, $stringToSign, true);",
      right: "<?php\n$s = hash_hmac('sha256', $stringToSign, $secret, true);",
    },
    {
      language: 'ruby',
      faulty: "require 'openssl'\nOpenSSL::HMAC.digest('SHA256', string_to_sign, key)",
      right: "require 'openssl'\nOpenSSL::HMAC.digest('SHA256', key, string_to_sign)",
    },
    {
      language: 'go',
      faulty: 'mac := hmac.New(sha256.New, []byte(stringToSign))',
      right: 'mac := hmac.New(sha256.New, key)\nmac.Write([]byte(stringToSign))',
    },
  ],
};
