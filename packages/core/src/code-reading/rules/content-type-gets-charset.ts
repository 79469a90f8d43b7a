import { contentTypeFixes } from '../../diagnose/fixes/headers.ts';
import type { ReadingRule } from '../kit/reading-rule.ts';

/** `StringContent` sends a charset that was not signed. */
export const contentTypeGetsCharset: ReadingRule = {
  name: 'content-type-gets-charset',
  mistake: 'header/content-type',
  find({ language, text, scheme }) {
    const signsType = scheme?.parts.some(({ source }) => source.from === 'header' && source.header === 'content-type');
    if (language !== 'csharp' || !scheme || !signsType) return undefined;
    const found =
      /new StringContent\([^;\n]{1,200},\s*(?:System\.Text\.)?Encoding\.UTF8\s*,\s*"[\w/+.-]{1,60}"\s*\)/.exec(text);
    if (!found || /charset|Headers\.ContentType\b|MediaTypeHeaderValue/.test(text)) return undefined;
    return {
      at: found.index,
      part: 'content-type',
      summary: `StringContent with an encoding sends "; charset=utf-8" behind the type, and the code signs it nowhere; ${scheme.id} signs the header as it is sent.`,
      fix: contentTypeFixes,
    };
  },
  samples: [
    {
      language: 'csharp',
      faulty:
        'new HMACSHA256(key);\nvar content = new StringContent(json, Encoding.UTF8, "application/json");\nr.Headers.Add("x-timestamp", ts); r.Headers.Add("authorization", "application " + k);',
      right:
        'new HMACSHA256(key);\nvar content = new StringContent(json);\ncontent.Headers.ContentType = new MediaTypeHeaderValue("application/json");\nr.Headers.Add("x-timestamp", ts); r.Headers.Add("authorization", "application " + k);',
    },
  ],
};
