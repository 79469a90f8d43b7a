import { told, type Told } from '../search/told.ts';
import { decodePercent, encodeComponent, formDialects } from '../text/percent-encoding.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import { brief } from '../text/brief.ts';
import { joinTarget, splitTarget } from '../text/target-text.ts';

/** The right query with other escapes. */
export const urlQueryEncoding: MistakeClass<Told> = {
  id: 'url/query-encoding',
  rank: 180,
  needs: 'query',
  values: function* (slot) {
    if (slot.source.from !== 'target' || typeof slot.value !== 'string') return;
    const bare = slot.source.form === 'query';
    const { path, query } = bare ? { path: '', query: slot.value } : splitTarget(slot.value);
    if (query === undefined || query === '') return;
    for (const [detail, rewrite, cost] of rewrites) {
      const changed = rewrite(query);
      if (changed === query) continue;
      yield {
        detail: told(detail),
        cost,
        value: bare ? changed : joinTarget({ path, query: changed }),
      } satisfies ValueMove<Told>;
    }
  },
  say: ({ how }, { yours, expected }) =>
    `Your HTTP library or your code re-encoded the query before signing, ${how}: ${brief(yours)}; ${brief(expected)} was sent.`,
  fixes: {
    javascript: 'const { search } = new URL(url); // as sent: not url.searchParams.toString()',
    python: 'query = urlsplit(prepared.url).query  # of the prepared request, not urlencode(params)',
    csharp: 'var query = uri.Query; // not HttpUtility.ParseQueryString(…).ToString()',
    java: 'String query = uri.getRawQuery(); // not getQuery()',
    php: '$query = parse_url($url, PHP_URL_QUERY); // not http_build_query($_GET)',
    postman: 'const query = pm.variables.replaceIn(pm.request.url.getQueryString());',
  },
};

/** Each name and value decoded and encoded again. */
function recode(query: string, decode: (text: string) => string, encode: (text: string) => string): string {
  return query
    .split('&')
    .map((parameter) => {
      const at = parameter.indexOf('=');
      if (at < 0) return encode(decode(parameter));
      return `${encode(decode(parameter.slice(0, at)))}=${encode(decode(parameter.slice(at + 1)))}`;
    })
    .join('&');
}

/** A value without the encoded spaces at its ends. */
function withoutSpaces(value: string): string {
  let [start, end] = [0, value.length];
  const lengthAt = (at: number): number => (value[at] === '+' ? 1 : value.startsWith('%20', at) ? 3 : 0);
  while (start < end && lengthAt(start) > 0) start += lengthAt(start);
  while (end > start && (value[end - 1] === '+' || value.startsWith('%20', Math.max(start, end - 3)))) {
    end -= value[end - 1] === '+' ? 1 : 3;
  }
  return value.slice(start, end);
}

const asForm = (text: string): string => decodePercent(text.replaceAll('+', ' '));
const keep = (text: string): string => text;
const rewrites: readonly [detail: string, rewrite: (query: string) => string, cost: number][] = [
  ['as URLSearchParams writes it', (query) => new URLSearchParams(query).toString(), 1],
  ['percent-decoded', decodePercent, 1],
  ['decoded as a form', asForm, 1],
  ...formDialects.flatMap(({ label, encode }): [string, (query: string) => string, number][] => [
    [`decoded and encoded again ${label}`, (query) => recode(query, asForm, encode), 1],
    [`decoded (plus signs kept) and encoded again ${label}`, (query) => recode(query, decodePercent, encode), 1],
    [`encoded once more ${label}`, (query) => recode(query, keep, encode), 2],
  ]),
  ['with + for %20', (query) => query.replaceAll('%20', '+'), 1],
  ['with %20 for +', (query) => query.replaceAll('+', '%20'), 1],
  ['with %2B for +', (query) => query.replaceAll('+', '%2B'), 1],
  ['with + for %2B', (query) => query.replace(/%2b/gi, '+'), 1],
  ['with spaces for +', (query) => query.replaceAll('+', ' '), 1],
  ['with spaces for %20', (query) => query.replaceAll('%20', ' '), 1],
  ['with ~ encoded', (query) => query.replaceAll('~', '%7E'), 1],
  ['with ~ decoded', (query) => query.replace(/%7e/gi, '~'), 1],
  ['with colons encoded', (query) => query.replaceAll(':', '%3A'), 1],
  ['with colons decoded', (query) => query.replace(/%3a/gi, ':'), 1],
  ['with commas encoded', (query) => query.replaceAll(',', '%2C'), 1],
  ['with commas decoded', (query) => query.replace(/%2c/gi, ','), 1],
  ['with slashes encoded', (query) => query.replaceAll('/', '%2F'), 1],
  ['with slashes decoded', (query) => query.replace(/%2f/gi, '/'), 1],
  ['with "=" behind names that have no value', (query) => query.replace(/(^|&)([^=&]+)(?=&|$)/g, '$1$2='), 1],
  ['without "=" behind names that have no value', (query) => query.replace(/=(?=&|$)/g, ''), 1],
  [
    'without its empty parameters',
    (query) =>
      query
        .split('&')
        .filter((parameter) => !/^[^=]*=?$/.test(parameter))
        .join('&'),
    2,
  ],
  ['with escapes in lower case', (query) => query.replace(/%[0-9a-f]{2}/gi, (escape) => escape.toLowerCase()), 1],
  ['with escapes in upper case', (query) => query.replace(/%[0-9a-f]{2}/gi, (escape) => escape.toUpperCase()), 1],
  ['with its percent signs encoded', (query) => query.replaceAll('%', '%25'), 2],
  ['with its ampersands as &amp;', (query) => query.replaceAll('&', '&amp;'), 2],
  ['with semicolons for ampersands', (query) => query.replaceAll('&', ';'), 3],
  ['encoded as one component', (query) => encodeComponent(query), 2],
  ['with × for &times (an HTML entity)', (query) => query.replaceAll('&times', '×'), 3],
  ['in lower case', (query) => query.toLowerCase(), 2],
  [
    'with names in lower case',
    (query) => query.replace(/(^|&)([^=&]+)/g, (_, sign: string, parameter: string) => sign + parameter.toLowerCase()),
    2,
  ],
  [
    'with white space trimmed from its values',
    (query) =>
      query
        .split('&')
        .map((parameter) => {
          const start = parameter.indexOf('=') + 1;
          return parameter.slice(0, start) + withoutSpaces(parameter.slice(start));
        })
        .join('&'),
    2,
  ],
];
