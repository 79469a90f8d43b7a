import type { Scheme } from '../../scheme.ts';
import type { Fixes } from '../diagnosis.ts';

/** Code that takes from a URL what the scheme signs of it: the path alone, or path and query. */
export function targetFixes({ parts }: Scheme): Fixes {
  if (parts.some(({ source }) => source.from === 'target' && source.form === 'path')) {
    return {
      javascript: 'const path = new URL(url).pathname; // without the query',
      python: 'path = urlsplit(url).path  # without the query',
      csharp: 'var path = new Uri(url).AbsolutePath; // without the query',
      java: 'String path = uri.getRawPath(); // without the query',
      php: '$path = parse_url($url, PHP_URL_PATH); // without the query',
      postman: 'const path = pm.variables.replaceIn(pm.request.url.getPath()); // without the query',
    };
  }
  return {
    javascript: 'const { pathname, search } = new URL(url); const target = pathname + search;',
    python: "parts = urlsplit(url); target = parts.path + ('?' + parts.query if parts.query else '')",
    csharp: 'var target = new Uri(url).PathAndQuery;',
    java: 'String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());',
    php: "$target = preg_replace('#^https?://[^/?]+#i', '', $url);",
    postman: "const target = pm.variables.replaceIn(pm.request.url.toString()).replace(/^https?:\\/\\/[^/]+/, '');",
  };
}
