import { assigned } from './statement.ts';

/** Code that takes the host from the URL as its Host header carries it. */
export const hostFixes = assigned(
  'host',
  'text',
  {
    javascript: 'new URL(url).host',
    python: 'urlsplit(url).netloc',
    csharp: 'new Uri(url).Authority',
    java: 'uri.getAuthority()',
    php: "parse_url($url, PHP_URL_HOST) . (parse_url($url, PHP_URL_PORT) ? ':' . parse_url($url, PHP_URL_PORT) : '')",
    go: 'req.Host',
    ruby: 'uri.port == uri.default_port ? uri.host : "#{uri.host}:#{uri.port}"',
    bash: '${url#*://}; host=${host%%/*}',
    powershell: '([Uri]$url).Authority',
    postman: "pm.variables.get('endpoint').replace(/^https?:\\/\\//, '').replace(/\\/.*$/, '')",
  },
  'exactly what the Host header carries',
);
