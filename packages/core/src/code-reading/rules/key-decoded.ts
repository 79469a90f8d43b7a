import { keyFixes } from '../../diagnose/fixes/key.ts';
import { firstMatch, type Patterns, type ReadingRule } from '../kit/reading-rule.ts';

const patterns: Patterns = {
  javascript:
    /\bcreateHmac\(\s*['"][\w-]+['"]\s*,\s*Buffer\.from\(\s*[\w.$]{1,60}(?:\([^)\n]{0,60}\))?\s*,\s*['"](?:base64|hex)['"]\s*\)\s*\)/,
  python: /\bhmac\.new\(\s*(?:key\s*=\s*)?(?:base64\.b64decode|bytes\.fromhex|binascii\.unhexlify)\(/,
  csharp: /\bHMACSHA\d+(?:\.HashData)?\(\s*Convert\.From(?:Base64|Hex)String\(/,
  java: /\bnew SecretKeySpec\(\s*(?:Base64\.getDecoder\(\)\.decode|HexFormat\.of\(\)\.parseHex)\(/,
  php: /\bhash_hmac\(\s*['"]\w+['"]\s*,[^\n]{1,200}?,\s*(?:base64_decode|hex2bin)\(/,
  ruby: /\bOpenSSL::HMAC\.\w+\(\s*[^,\n]{1,60},\s*Base64\.\w*decode64\(/,
};

/** A key that is text is decoded because it looks like base64 or hexadecimal digits. */
export const keyDecoded: ReadingRule = {
  name: 'key-decoded',
  mistake: 'key/encoding',
  patterns,
  find(code) {
    if (code.hasOtherKeys || code.scheme?.key.encoding !== 'utf8') return undefined;
    const found = firstMatch(code, patterns);
    if (!found) return undefined;
    return {
      at: found.index,
      part: 'key',
      summary: `The code decodes the secret; by ${code.scheme.id} its text is the key as it stands.`,
      fix: keyFixes.utf8,
    };
  },
  samples: [
    {
      language: 'javascript',
      faulty:
        "const sig = createHmac('sha256', Buffer.from(secret, 'hex')).update(`v0:${ts}:${body}`);\nheaders['x-slack-signature']",
      right: "const sig = createHmac('sha256', secret).update(`v0:${ts}:${body}`);\nheaders['x-slack-signature']",
    },
    {
      language: 'python',
      faulty:
        "import hmac\nhmac.new(base64.b64decode(secret), body, hashlib.sha256)\nrequest.headers['X-Shopify-Hmac-Sha256']",
      right: "import hmac\nhmac.new(secret.encode(), body, hashlib.sha256)\nrequest.headers['X-Shopify-Hmac-Sha256']",
    },
    {
      language: 'csharp',
      faulty:
        'using var h = new HMACSHA256(Convert.FromBase64String(secret));\nvar given = Request.Headers["X-Hub-Signature-256"];',
      right:
        'using var h = new HMACSHA256(Encoding.UTF8.GetBytes(secret));\nvar given = Request.Headers["X-Hub-Signature-256"];',
    },
    {
      language: 'java',
      faulty:
        'mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA256"));\nMac.getInstance("HmacSHA256");\nh.get("X-Hub-Signature-256");',
      right:
        'mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));\nMac.getInstance("HmacSHA256");\nh.get("X-Hub-Signature-256");',
    },
    {
      language: 'php',
      faulty:
        "<?php\n$mac = hash_hmac('sha256', $body, base64_decode($secret), true);\n$given = $_SERVER['HTTP_X_SHOPIFY_HMAC_SHA256']; // X-Shopify-Hmac-Sha256",
      right:
        "<?php\n$mac = hash_hmac('sha256', $body, $secret, true);\n$given = $_SERVER['HTTP_X_SHOPIFY_HMAC_SHA256']; // X-Shopify-Hmac-Sha256",
    },
    {
      language: 'ruby',
      faulty:
        "require 'openssl'\nOpenSSL::HMAC.hexdigest('SHA256', Base64.decode64(secret), body)\nrequest.headers['X-Hub-Signature-256']",
      right:
        "require 'openssl'\nOpenSSL::HMAC.hexdigest('SHA256', secret, body)\nrequest.headers['X-Hub-Signature-256']",
    },
  ],
};
