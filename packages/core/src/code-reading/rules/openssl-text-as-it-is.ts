import { signatureFixes } from '../../diagnose/fixes/digest.ts';
import type { ReadingRule } from '../kit/reading-rule.ts';
import { someScheme } from '../kit/some-scheme.ts';

const printed = /\b\w{1,60}=["']?\$\([^()\n]{0,300}?\bopenssl[ \t]+(?:dgst|sha\d+|md5)\b([^()|\n]{0,200})\)/g;

/** What openssl prints for people, `SHA2-256(stdin)= ` and all, is taken for the digest. */
export const opensslTextAsItIs: ReadingRule = {
  name: 'openssl-text-as-it-is',
  mistake: 'digest/encoding',
  find(code) {
    if (code.language !== 'bash') return undefined;
    const found = [...code.text.matchAll(printed)].find(
      ([, options = '']) => !/-binary\b|-r\b|-out\b|-verify\b|-sign\b/.test(options),
    );
    if (!found) return undefined;
    // Whoever takes the name off behind it has the digits alone.
    if (/##?\*= ?\}|##?\*\)= ?\}|awk|cut|sed/.test(code.text.slice(found.index, found.index + 600))) return undefined;
    return {
      at: found.index,
      part: /hmac/i.test(found[0]) ? 'signature' : 'content-hash',
      summary:
        'openssl dgst prints a name before the digits, such as "SHA2-256(stdin)= "; all of it is taken here. With -binary it writes the bytes.',
      fix: signatureFixes(someScheme(code)),
    };
  },
  samples: [
    {
      language: 'bash',
      faulty: 'sig=$(printf %s "$s" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$k")',
      right: 'sig=$(printf %s "$s" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$k" -r)\nsig=${sig%% *}',
    },
    {
      language: 'bash',
      faulty:
        'hash=$(openssl dgst -sha256 body.json)\nsig=$(printf %s "$hash" | openssl dgst -hmac "$k" -binary | base64)',
      right:
        'hash=$(openssl dgst -sha256 body.json | awk \'{print $2}\')\nsig=$(printf %s "$hash" | openssl dgst -hmac "$k" -binary | base64)',
    },
  ],
};
