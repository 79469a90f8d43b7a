import { signatureFixes } from '../../diagnose/fixes/digest.ts';
import { bodyFixes } from '../../diagnose/fixes/string-to-sign.ts';
import type { ReadingRule } from '../kit/reading-rule.ts';
import { someScheme } from '../kit/some-scheme.ts';

const echoed =
  /\becho[ \t]+(?!-[neE]*n)(?:-[eE][ \t]+)?("?\$\{?\w{1,60}\}?"?)[ \t]*\|[ \t]*(?:openssl[ \t]+(?:dgst|sha\d+|md5)|md5sum|sha(?:1|256|512)sum|shasum)\b([^|\n]{0,200})/;

/** Names of what is signed, or hashed to be signed; a shell hashes other things as well. */
const signed = /body|data|payload|json|sign|sts|canonical|content|message|msg|text/i;

/** `echo` writes a line break behind what is hashed. */
export const echoAddsNewline: ReadingRule = {
  name: 'echo-adds-newline',
  mistake: 'layout/trailing-newline',
  find(code) {
    const found = code.language === 'bash' ? echoed.exec(code.text) : null;
    if (!found || !(signed.test(found[1] ?? '') || /mac/i.test(found[2] ?? ''))) return undefined;
    const isBody = /body|data|payload|json/i.test(found[1] ?? '');
    return {
      at: found.index,
      part: isBody ? 'body' : 'string-to-sign',
      summary: 'echo writes a line break behind its text, which is hashed with it; printf %s writes none.',
      fix: isBody ? bodyFixes(someScheme(code)) : signatureFixes(someScheme(code)),
    };
  },
  samples: [
    {
      language: 'bash',
      faulty: 'sig=$(echo "$string_to_sign" | openssl dgst -sha256 -hmac "$key" -binary | base64)',
      right: 'sig=$(echo -n "$string_to_sign" | openssl dgst -sha256 -hmac "$key" -binary | base64)',
    },
    {
      language: 'bash',
      faulty: 'hash=$(echo $body | sha256sum)\nsig=$(openssl dgst -hmac "$key" -binary | base64)',
      right: 'hash=$(printf %s "$body" | sha256sum)\nsig=$(openssl dgst -hmac "$key" -binary | base64)',
    },
  ],
};
