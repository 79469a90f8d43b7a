import { targetFixes } from '../../diagnose/fixes/target.ts';
import type { ReadingRule } from '../kit/reading-rule.ts';
import { placeholdersInUrls } from '../kit/placeholders-in-urls.ts';
import { someScheme } from '../kit/some-scheme.ts';

const url =
  /(?:const|let|var)\s+(\w+)\s*=\s*((?:[\w.]{1,80}\()?)pm\.request\.url\.(?:toString|getPath|getPathWithQuery)\(/;

/** A script reads the URL before Postman has filled its variables in, and signs their names. */
export const urlUnresolvedInPostman: ReadingRule = {
  name: 'url-unresolved-in-postman',
  mistake: 'template/unresolved',
  find(code) {
    const { language, text, whole } = code;
    const found = language === 'postman' ? url.exec(text) : undefined;
    if (!found) return undefined;
    const [, variable = '', call = ''] = found;
    // Filled in before, at once, or afterwards.
    if (/pm\.request\.url(?:\.update\(|\s*=(?!=))/.test(text.slice(0, found.index))) return undefined;
    if (call.endsWith('replaceIn(') || new RegExp(`replaceIn\\(\\s*${variable}\\b`).test(text)) return undefined;
    const names = placeholdersInUrls(whole).map((name) => `{{${name.replace(/[{}:]/g, '')}}}`);
    // A script for one request without a variable in its path is right; that takes one off by its name, and no other.
    const isPublished = /toString\(\)\s*\.replace\(\s*['"`]\{\{/.test(text.slice(found.index, found.index + 300));
    if (names.length === 0 && !isPublished) return undefined;
    const named = names.length > 0 ? names.join(', ') : 'such as {{id}}';
    const fix = targetFixes(someScheme(code), 'with its variables filled in');
    return {
      at: found.index,
      part: 'target',
      summary: `The script signs the URL as it stands in Postman: variables in its path or query (${named}) are signed by their names, and sent with their values. Only the variable that it takes off itself does no harm, so a request without another one works.`,
      fix: { ...fix, postman: (fix.postman ?? '').replace(/^const \w+/, `const ${variable}`) },
    };
  },
  samples: [
    {
      language: 'postman',
      faulty:
        "const url = pm.request.url.toString().replace('{{endpoint}}','');\nconst signature = CryptoJS.HmacSHA256(url, key);",
      right:
        "const url = pm.variables.replaceIn(pm.request.url.toString()).replace(endpoint, '');\nconst signature = CryptoJS.HmacSHA256(url, key);",
    },
    {
      language: 'postman',
      faulty:
        'let path = pm.request.url.getPath();\nconst signature = CryptoJS.HmacSHA256(path, key);\n// for {{endpoint}}/calls/{{id}}',
      right:
        'let path = pm.request.url.getPath();\npath = pm.variables.replaceIn(path);\nconst signature = CryptoJS.HmacSHA256(path, key);',
    },
  ],
};
