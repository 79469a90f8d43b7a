import { keyFixes } from '../../diagnose/fixes/key.ts';
import type { ReadingRule } from '../kit/reading-rule.ts';

const decoded =
  /\b(\w{1,60})=["']?\$\([^()\n]{0,200}?(?:base64[ \t]+(?:-d|-D|--decode)\b|openssl[ \t]+(?:base64|enc[ \t]+-base64)[ \t]+(?:-A[ \t]+)?-d\b(?:[ \t]+-A\b)?)[ \t]*\)/;

/** A decoded key is kept in a variable of a shell, which drops its NUL bytes and its last line breaks. */
export const binaryKeyInShell: ReadingRule = {
  name: 'binary-key-in-shell',
  mistake: 'key/encoding',
  find({ language, text }) {
    const found = language === 'bash' ? decoded.exec(text) : null;
    if (!found) return undefined;
    const [, variable = ''] = found;
    // Only where it is the key: decoded text may well stand in a variable.
    if (!new RegExp(`-hmac[ \\t]+["']?\\$\\{?${variable}\\b`).test(text)) return undefined;
    return {
      at: found.index,
      part: 'key',
      summary: `The decoded key stands in the variable ${variable}: a shell drops NUL bytes and line breaks at its end, so some keys are cut. In hexadecimal digits, with -macopt hexkey:, nothing is lost.`,
      fix: keyFixes.base64,
    };
  },
  samples: [
    {
      language: 'bash',
      faulty:
        'key=$(printf %s "$secret" | base64 -d)\nsig=$(printf %s "$s" | openssl dgst -sha256 -hmac "$key" -binary | base64)',
      right:
        'key=$(printf %s "$secret" | base64 -d | od -An -v -tx1 | tr -d " \\n")\nsig=$(printf %s "$s" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)',
    },
  ],
};
