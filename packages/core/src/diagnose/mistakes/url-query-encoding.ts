import { queryFixes } from '../fixes/target.ts';
import { decodePercent, encodeComponent, formDialects } from '../text/percent-encoding.ts';
import type { Slot } from '../reading/layout.ts';
import { likeliestFirst } from '../search/cheapest-first.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import { brief } from '../text/brief.ts';
import { joinTarget, splitTarget } from '../text/target-text.ts';

type Escapes =
  | { readonly kind: 'rewritten'; readonly rewrite: keyof typeof rewrites }
  /** By the name of the dialect in which it was encoded. */
  | { readonly kind: 'recoded'; readonly recoding: keyof typeof recodings; readonly dialect: string };

/** The right query with other escapes. */
export const urlQueryEncoding: MistakeClass<Escapes> = {
  id: 'url/query-encoding',
  rank: 180,
  needs: 'query',
  values: (slot) => likeliestFirst(slot, otherEscapes(slot)),
  say: (detail, { yours, expected }) =>
    `Your HTTP library or your code re-encoded the query before signing (${inWords(detail)}): you signed ${brief(yours)}, and the request was sent to ${brief(expected)}.`,
  fixes: ({ scheme }) =>
    queryFixes(scheme, {
      javascript: 'as sent: not url.searchParams.toString()',
      python: 'as sent: requests has it in prepared.url; not urlencode(params)',
      csharp: 'as sent: not HttpUtility.ParseQueryString(…).ToString()',
      java: 'as sent: not getQuery()',
      php: 'as sent: not http_build_query($_GET)',
      go: 'as sent: not req.URL.Query().Encode()',
      ruby: 'as sent: not URI.encode_www_form(…)',
      bash: 'as sent',
      powershell: 'as sent',
    }),
};

function* otherEscapes(slot: Slot): Generator<ValueMove<Escapes>> {
  if (slot.source.from !== 'target' || typeof slot.value !== 'string') return;
  const bare = slot.source.form === 'query';
  const { path, query } = bare ? { path: '', query: slot.value } : splitTarget(slot.value);
  if (query === undefined || query === '') return;
  for (const { detail, rewrite, cost } of escapings) {
    const changed = rewrite(query);
    if (changed === query) continue;
    yield {
      detail,
      cost,
      value: bare ? changed : joinTarget({ path, query: changed }),
    };
  }
}

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

/** How the query was read before each of its names and values was encoded again. */
const recodings = {
  decoded: { words: 'decoded and encoded again', decode: asForm, cost: 1 },
  'plus kept': { words: 'decoded (plus signs kept) and encoded again', decode: decodePercent, cost: 1 },
  'not decoded': { words: 'encoded once more', decode: keep, cost: 2 },
} as const;

interface RewriteRow {
  readonly words: string;
  readonly rewrite: (query: string) => string;
  readonly cost: number;
}

const rewrites = {
  URLSearchParams: {
    words: 'as URLSearchParams writes it',
    rewrite: (query) => new URLSearchParams(query).toString(),
    cost: 1,
  },
  decoded: { words: 'percent-decoded', rewrite: decodePercent, cost: 1 },
  'form-decoded': { words: 'decoded as a form', rewrite: asForm, cost: 1 },
  '+ for %20': { words: 'with + for %20', rewrite: (query) => query.replaceAll('%20', '+'), cost: 1 },
  '%20 for +': { words: 'with %20 for +', rewrite: (query) => query.replaceAll('+', '%20'), cost: 1 },
  '%2B for +': { words: 'with %2B for +', rewrite: (query) => query.replaceAll('+', '%2B'), cost: 1 },
  '+ for %2B': { words: 'with + for %2B', rewrite: (query) => query.replace(/%2b/gi, '+'), cost: 1 },
  'spaces for +': { words: 'with spaces for +', rewrite: (query) => query.replaceAll('+', ' '), cost: 1 },
  'spaces for %20': { words: 'with spaces for %20', rewrite: (query) => query.replaceAll('%20', ' '), cost: 1 },
  '~ encoded': { words: 'with ~ encoded', rewrite: (query) => query.replaceAll('~', '%7E'), cost: 1 },
  '~ decoded': { words: 'with ~ decoded', rewrite: (query) => query.replace(/%7e/gi, '~'), cost: 1 },
  'colons encoded': { words: 'with colons encoded', rewrite: (query) => query.replaceAll(':', '%3A'), cost: 1 },
  'colons decoded': { words: 'with colons decoded', rewrite: (query) => query.replace(/%3a/gi, ':'), cost: 1 },
  'commas encoded': { words: 'with commas encoded', rewrite: (query) => query.replaceAll(',', '%2C'), cost: 1 },
  'commas decoded': { words: 'with commas decoded', rewrite: (query) => query.replace(/%2c/gi, ','), cost: 1 },
  'slashes encoded': { words: 'with slashes encoded', rewrite: (query) => query.replaceAll('/', '%2F'), cost: 1 },
  'slashes decoded': { words: 'with slashes decoded', rewrite: (query) => query.replace(/%2f/gi, '/'), cost: 1 },
  '= added': {
    words: 'with "=" after names that have no value',
    rewrite: (query) => query.replace(/(^|&)([^=&]+)(?=&|$)/g, '$1$2='),
    cost: 1,
  },
  '= missing': {
    words: 'without "=" after names that have no value',
    rewrite: (query) => query.replace(/=(?=&|$)/g, ''),
    cost: 1,
  },
  'without empty': {
    words: 'without its empty parameters',
    rewrite: (query) =>
      query
        .split('&')
        .filter((parameter) => !/^[^=]*=?$/.test(parameter))
        .join('&'),
    cost: 2,
  },
  'lower-case escapes': {
    words: 'with escapes in lower case',
    rewrite: (query) => query.replace(/%[0-9a-f]{2}/gi, (escape) => escape.toLowerCase()),
    cost: 1,
  },
  'upper-case escapes': {
    words: 'with escapes in upper case',
    rewrite: (query) => query.replace(/%[0-9a-f]{2}/gi, (escape) => escape.toUpperCase()),
    cost: 1,
  },
  'percent signs encoded': {
    words: 'with its percent signs encoded',
    rewrite: (query) => query.replaceAll('%', '%25'),
    cost: 2,
  },
  '&amp; for &': { words: 'with its ampersands as &amp;', rewrite: (query) => query.replaceAll('&', '&amp;'), cost: 2 },
  '; for &': { words: 'with semicolons for ampersands', rewrite: (query) => query.replaceAll('&', ';'), cost: 3 },
  'one component': { words: 'encoded as one component', rewrite: (query) => encodeComponent(query), cost: 2 },
  '× for &times': {
    words: 'with × for &times (an HTML entity)',
    rewrite: (query) => query.replaceAll('&times', '×'),
    cost: 3,
  },
  'lower case': { words: 'in lower case', rewrite: (query) => query.toLowerCase(), cost: 2 },
  'lower-case names': {
    words: 'with names in lower case',
    rewrite: (query) =>
      query.replace(/(^|&)([^=&]+)/g, (_, sign: string, parameter: string) => sign + parameter.toLowerCase()),
    cost: 2,
  },
  'values trimmed': {
    words: 'with white space trimmed from its values',
    rewrite: (query) =>
      query
        .split('&')
        .map((parameter) => {
          const start = parameter.indexOf('=') + 1;
          return parameter.slice(0, start) + withoutSpaces(parameter.slice(start));
        })
        .join('&'),
    cost: 2,
  },
} as const satisfies Record<string, RewriteRow>;

interface Escaping {
  readonly detail: Escapes;
  readonly rewrite: (query: string) => string;
  readonly cost: number;
}

const recoded: readonly Escaping[] = formDialects.flatMap(({ label, encode }) =>
  (Object.keys(recodings) as (keyof typeof recodings)[]).map((recoding) => {
    const { decode, cost } = recodings[recoding];
    return {
      detail: { kind: 'recoded', recoding, dialect: label },
      rewrite: (query) => recode(query, decode, encode),
      cost,
    };
  }),
);

/** All of them, those by another decoder or encoder behind the first three. */
const escapings: readonly Escaping[] = (Object.entries(rewrites) as [keyof typeof rewrites, RewriteRow][])
  .map(([name, { rewrite, cost }]): Escaping => ({ detail: { kind: 'rewritten', rewrite: name }, rewrite, cost }))
  .toSpliced(3, 0, ...recoded);

function inWords(detail: Escapes): string {
  return detail.kind === 'rewritten'
    ? rewrites[detail.rewrite].words
    : `${recodings[detail.recoding].words} ${detail.dialect}`;
}
