import { signatureFixes } from '../../diagnose/fixes/digest.ts';
import { alsoInPostman, firstMatch, type ReadingRule } from '../kit/reading-rule.ts';
import { isOfRequest } from '../kit/value-flow.ts';
import { someScheme } from '../kit/some-scheme.ts';

const key = String.raw`\w{0,30}(?:secret|access_?key|signing_?key)\w{0,10}`;

const patterns = alsoInPostman({
  javascript: new RegExp(
    String.raw`\bcreateHash\(\s*['"]sha\d+['"]\s*\)\.update\(\s*(?:${key}\s*\+|\w{1,40}\s*\+\s*${key}\s*\))|CryptoJS\.SHA\d+\(\s*(?:${key}\s*\+|\w{1,40}\s*\+\s*${key}\s*\))`,
    'i',
  ),
  python: new RegExp(String.raw`\bhashlib\.sha\d+\(\s*\(?\s*(?:${key}\s*\+|\w{1,40}\s*\+\s*${key}\s*\))`, 'i'),
  php: new RegExp(String.raw`\bhash\(\s*['"]sha\d+['"]\s*,\s*\$${key}\s*\.`, 'i'),
});

/** A plain hash of secret and message stands where HMAC belongs. */
export const hashOfKeyAndMessage: ReadingRule = {
  name: 'hash-of-key-and-message',
  mistake: 'digest/not-hmac',
  patterns,
  find(code) {
    const found = firstMatch(code, patterns);
    if (!found || code.scheme === undefined || code.scheme.mac.algorithm === 'md5-suffix') return undefined;
    if (!isOfRequest(code.text, found.index)) return undefined;
    return {
      at: found.index,
      part: 'signature',
      summary: `The code hashes secret and message one behind the other; ${code.scheme.id} wants HMAC, which is another computation.`,
      fix: signatureFixes(someScheme(code)),
    };
  },
  samples: [
    {
      language: 'javascript',
      faulty:
        "const signature = createHash('sha256').update(secret + body).digest('hex');\nheaders['x-hub-signature-256']",
      right:
        "const signature = createHmac('sha256', secret).update(body).digest('hex');\nheaders['x-hub-signature-256']",
    },
    {
      language: 'python',
      faulty: "import hashlib\nsignature = hashlib.sha256(secret + body).hexdigest()\nheaders['X-Slack-Signature']",
      right:
        "import hashlib\nsignature = hmac.new(secret, body, hashlib.sha256).hexdigest()\nheaders['X-Slack-Signature']",
    },
    {
      language: 'postman',
      faulty:
        "const signature = CryptoJS.SHA256(secret + body).toString();\npm.request.headers.upsert({ key: 'x-hub-signature-256', value: signature });",
      right:
        "const signature = CryptoJS.HmacSHA256(body, secret).toString();\npm.request.headers.upsert({ key: 'x-hub-signature-256', value: signature });",
    },
    {
      language: 'php',
      faulty:
        "<?php\n$signature = hash('sha256', $secret . $body);\nif ($signature !== $_SERVER['HTTP_X_HUB_SIGNATURE_256']) {} // x-hub-signature-256",
      right:
        "<?php\n$signature = hash_hmac('sha256', $body, $secret);\nif ($signature !== $_SERVER['HTTP_X_HUB_SIGNATURE_256']) {} // x-hub-signature-256",
    },
  ],
};
