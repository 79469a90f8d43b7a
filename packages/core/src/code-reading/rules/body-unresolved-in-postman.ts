import { bodyFixes } from '../../diagnose/fixes/string-to-sign.ts';
import type { ReadingRule } from '../kit/reading-rule.ts';
import { someScheme } from '../kit/some-scheme.ts';

/** A variable as a value of JSON. */
const inBody = /[:[,]\s*"?\{\{([\w.$-]{1,60})\}\}/;
const body = /CryptoJS\.\w{3,20}\(\s*(?:JSON\.stringify\(\s*)?pm\.request\.body(?:\.raw|\.toString\(\))?/;

/** A script hashes the body before Postman has filled its variables in. Without one in the body it is right. */
export const bodyUnresolvedInPostman: ReadingRule = {
  name: 'body-unresolved-in-postman',
  mistake: 'template/unresolved',
  find(code) {
    if (code.language !== 'postman') return undefined;
    const found = body.exec(code.text);
    const variable = inBody.exec(code.whole)?.[1];
    if (!found || variable === undefined) return undefined;
    // Filled in before.
    if (/pm\.request\.body(?:\.update\(|(?:\.raw)?\s*=(?!=))/.test(code.text.slice(0, found.index))) return undefined;
    return {
      at: found.index,
      part: 'body',
      summary: `The script hashes the body as it stands in Postman: {{${variable}}} is hashed by its name, and sent with its value.`,
      fix: bodyFixes(someScheme(code), 'with its variables filled in'),
    };
  },
  samples: [
    {
      language: 'postman',
      faulty:
        'const hash = CryptoJS.SHA256(pm.request.body.raw).toString(CryptoJS.enc.Base64);\nconst s = CryptoJS.HmacSHA256(hash, key);\n\nBody: {"to": "{{number}}"}',
      right:
        'const hash = CryptoJS.SHA256(pm.variables.replaceIn(pm.request.body.raw)).toString(CryptoJS.enc.Base64);\nconst s = CryptoJS.HmacSHA256(hash, key);\n\nBody: {"to": "{{number}}"}',
    },
    {
      language: 'postman',
      faulty:
        'const hash = CryptoJS.MD5(pm.request.body.toString());\nconst s = CryptoJS.HmacSHA256(hash, key);\n\n{"to": [{{number}}]}',
      right:
        'const hash = CryptoJS.MD5(pm.request.body.toString());\nconst s = CryptoJS.HmacSHA256(hash, key);\n\n{"to": ["+14255550123"]}',
    },
  ],
};
