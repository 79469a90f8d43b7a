import { signatureFixes } from '../../diagnose/fixes/digest.ts';
import type { ReadingRule } from '../kit/reading-rule.ts';
import { isOfRequest } from '../kit/value-flow.ts';
import { someScheme } from '../kit/some-scheme.ts';

const piped =
  /\bopenssl\s+(?:dgst|sha\d+|md5)\b([^|\n]{0,200})\|\s*(?:openssl\s+(?:base64|enc\s+-base64)|base64)\b|\b(?:md5sum|sha(?:1|256|512)sum|shasum)\b[^|\n]{0,60}(?:\|\s*(?:cut|awk|head)\b[^|\n]{0,60})?\|\s*(?:openssl\s+base64|base64)\b/g;

/** What openssl or sha256sum prints for people becomes base64. */
export const opensslTextIntoBase64: ReadingRule = {
  name: 'openssl-text-into-base64',
  mistake: 'digest/encoding',
  find(code) {
    if (code.language !== 'bash') return undefined;
    const found = [...code.text.matchAll(piped)].find(
      ({ index, 1: options }) => (options === undefined || !/-binary\b/.test(options)) && isOfRequest(code.text, index),
    );
    if (!found) return undefined;
    return {
      at: found.index,
      part: /hmac/i.test(found[0]) ? 'signature' : 'content-hash',
      summary:
        'Base64 is made of the text that the command prints, hexadecimal digits and all; with openssl dgst -binary it is made of the bytes.',
      fix: signatureFixes(someScheme(code)),
    };
  },
  samples: [
    {
      language: 'bash',
      faulty: 'sig=$(printf %s "$s" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$k" | base64)',
      right: 'sig=$(printf %s "$s" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$k" -binary | base64)',
    },
    {
      language: 'bash',
      faulty:
        'h=$(printf %s "$body" | sha256sum | cut -d" " -f1 | base64)\nsig=$(openssl dgst -hmac k -binary | base64)',
      right:
        'h=$(printf %s "$body" | sha256sum | cut -d" " -f1 | xxd -r -p | base64)\nsig=$(openssl dgst -hmac k -binary | base64)',
    },
  ],
};
