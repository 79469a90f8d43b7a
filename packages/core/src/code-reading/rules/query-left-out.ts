import { targetFixes } from '../../diagnose/fixes/target.ts';
import { firstMatch, type Patterns, type ReadingRule } from '../kit/reading-rule.ts';

const path: Patterns = {
  javascript: /\bnew URL\([^)\n]{1,120}\)\.pathname\b|\b(?:url|uri|parsed|u)\w*\.pathname\b/i,
  postman: /pm\.request\.url\.getPath\(\)/,
  python: /\burl(?:parse|split)\([^)\n]{1,80}\)\.path\b|\bparsed(?:_url)?\.path\b/,
  csharp: /\.AbsolutePath\b/,
  java: /\.get(?:Raw)?Path\(\)/,
  php: /PHP_URL_PATH\b/,
  go: /\bURL\.(?:Path|EscapedPath\(\))/,
  ruby: /\buri\.path\b/i,
  powershell: /\.AbsolutePath\b/,
};
const query: Patterns = {
  javascript: /\.search\b|\bsearchParams\b|\bquery\w*\b/i,
  postman: /getPathWithQuery|getQueryString|\bquery\w*\b/i,
  python: /\.query\b|\bquery\w*\b/i,
  csharp: /\.Query\b|PathAndQuery|\bquery\w*\b/i,
  java: /get(?:Raw)?Query\(|\bquery\w*\b/i,
  php: /PHP_URL_QUERY|\bquery\w*\b/i,
  go: /RawQuery|RequestURI|\bquery\w*\b/i,
  ruby: /\.query\b|request_uri|\bquery\w*\b/i,
  powershell: /\.Query\b|PathAndQuery|\bquery\w*\b/i,
};

/** The path alone is signed of a URL that has a query, by a scheme that signs both. */
export const queryLeftOut: ReadingRule = {
  name: 'query-left-out',
  mistake: 'url/query-omitted',
  find(code) {
    const { scheme, text } = code;
    const signsBoth = scheme?.parts.some(({ source }) => source.from === 'target' && source.form === 'as-sent');
    if (!scheme || !signsBoth || !/\?[\w-]{1,40}=/.test(text)) return undefined;
    const found = firstMatch(code, path);
    if (!found || firstMatch(code, query)) return undefined;
    return {
      at: found.index,
      part: 'target',
      summary: `The code takes the path of its URL and nowhere the query, which the URL has and ${scheme.id} signs.`,
      fix: targetFixes(scheme, 'path and query, as they are sent'),
    };
  },
  samples: [
    {
      language: 'javascript',
      faulty:
        "const url = new URL('https://c.communication.azure.com/sms?api-version=2021-03-07');\nconst t = 'POST\\n' + url.pathname;\ncreateHmac('sha256', key).update(t);",
      right:
        "const url = new URL('https://c.communication.azure.com/sms?api-version=2021-03-07');\nconst t = 'POST\\n' + url.pathname + url.search;\ncreateHmac('sha256', key).update(t);",
    },
    {
      language: 'csharp',
      faulty:
        'var uri = new Uri("https://c.communication.azure.com/sms?api-version=2021-03-07");\nnew HMACSHA256(key);\nvar t = "POST\\n" + uri.AbsolutePath;',
      right:
        'var uri = new Uri("https://c.communication.azure.com/sms?api-version=2021-03-07");\nnew HMACSHA256(key);\nvar t = "POST\\n" + uri.PathAndQuery;',
    },
  ],
};
