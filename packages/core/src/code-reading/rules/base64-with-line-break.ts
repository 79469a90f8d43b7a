import { findDigestEncoding } from '../kit/digest-encoding.ts';
import type { Patterns, ReadingRule } from '../kit/reading-rule.ts';

const patterns: Patterns = {
  ruby: /(?<![_\w])(?:Base64\.|::)encode64\((?:[^()\n]|\((?:[^()\n]|\([^()\n]{0,80}\)){0,80}\)){0,200}\)(?!\s*\.(?:strip|chomp|chop|delete|gsub|tr|rstrip|sub))/,
  python: /\bbase64\.encodebytes\([^\n]{0,200}?\)(?!\.(?:strip|rstrip|replace|decode\(\)\.(?:strip|rstrip|replace)))/,
};

/** An encoder writes line breaks for mail, one of them at the end. */
export const base64WithLineBreak: ReadingRule = {
  name: 'base64-with-line-break',
  mistake: 'digest/encoding',
  patterns,
  find: (code) =>
    findDigestEncoding(
      code,
      patterns,
      () =>
        'This encoder writes a line break behind its base64 (and after each 60 or 76 characters), which is signed or sent with it.',
    ),
  samples: [
    {
      language: 'ruby',
      faulty: "require 'openssl'\ns = Base64.encode64(OpenSSL::HMAC.digest('SHA256', key, t))",
      right: "require 'openssl'\ns = Base64.encode64(OpenSSL::HMAC.digest('SHA256', key, t)).strip",
    },
    {
      language: 'python',
      faulty: 'import hmac\ns = base64.encodebytes(hmac.new(k, t, hashlib.sha256).digest())',
      right: 'import hmac\ns = base64.b64encode(hmac.new(k, t, hashlib.sha256).digest())',
    },
  ],
};
