import type { Scheme } from '../../scheme.ts';
import type { Fixes } from '../diagnosis.ts';
import { assigned, type Expressions, type Remarks } from './statement.ts';

/** Whether the scheme signs the path without the query. */
export function signsPathAlone({ parts }: Scheme): boolean {
  return parts.some(({ source }) => source.from === 'target' && source.form === 'path');
}

/** Expressions for the query of the URL that is sent, without its question mark. */
export const queryExpressions: Expressions = {
  javascript: 'new URL(url).search.slice(1)',
  python: 'urlsplit(url).query',
  csharp: "new Uri(url).Query.TrimStart('?')",
  java: 'uri.getRawQuery() == null ? "" : uri.getRawQuery()',
  php: '(string) parse_url($url, PHP_URL_QUERY)',
  go: 'req.URL.RawQuery',
  ruby: 'uri.query.to_s',
  bash: '${url#*\\?}',
  powershell: "([Uri]$url).Query.TrimStart('?')",
  postman: 'pm.variables.replaceIn(pm.request.url.getQueryString())',
};

/** The same for what is wrong with the query: a scheme may sign it as a part of its own. */
export function queryFixes(scheme: Scheme, remarks?: Remarks): Fixes {
  if (!scheme.parts.some(({ source }) => source.from === 'target' && source.form === 'query'))
    return targetFixes(scheme, remarks);
  return assigned('query', 'text', queryExpressions, remarks ?? 'without its question mark');
}

/** Code that takes from the URL that is sent what the scheme signs of it: the path alone, or path and query. */
export function targetFixes(scheme: Scheme, remarks?: Remarks): Fixes {
  if (signsPathAlone(scheme))
    return assigned(
      'path',
      'text',
      {
        javascript: 'new URL(url).pathname',
        python: 'urlsplit(url).path',
        csharp: 'new Uri(url).AbsolutePath',
        java: 'uri.getRawPath()',
        php: 'parse_url($url, PHP_URL_PATH)',
        go: 'req.URL.EscapedPath()',
        ruby: 'uri.path',
        bash: '"/${url#*://*/}"; path=${path%%\\?*}',
        powershell: '([Uri]$url).AbsolutePath',
        postman: 'pm.variables.replaceIn(pm.request.url.getPath())',
      },
      remarks ?? 'without the query',
    );
  return assigned(
    'target',
    'text',
    {
      javascript: { line: 'const { pathname, search } = new URL(url); const target = pathname + search;' },
      python: { line: "parts = urlsplit(url); target = parts.path + ('?' + parts.query if parts.query else '')" },
      csharp: 'new Uri(url).PathAndQuery',
      java: 'uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())',
      php: "preg_replace('#^https?://[^/?]+#i', '', $url)",
      go: 'req.URL.RequestURI()',
      ruby: 'uri.request_uri',
      bash: '"/${url#*://*/}"',
      powershell: '([Uri]$url).PathAndQuery',
      postman: 'pm.variables.replaceIn(pm.request.url.getPathWithQuery())',
    },
    remarks,
  );
}
