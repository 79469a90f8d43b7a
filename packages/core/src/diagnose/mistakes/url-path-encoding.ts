import { targetFixes } from '../fixes/target.ts';
import { decodePercent, encodeComponent, encodeRfc3986, encodeWhole } from '../text/percent-encoding.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import { brief } from '../text/brief.ts';
import { joinTarget, splitTarget, targetValue } from '../text/target-text.ts';

type Escapes =
  | { readonly kind: 'rewritten'; readonly rewrite: keyof typeof rewrites; readonly queryToo: boolean }
  | { readonly kind: 'question mark' | 'one component' };

/** The right path with other percent escapes. */
export const urlPathEncoding: MistakeClass<Escapes> = {
  id: 'url/path-encoding',
  rank: 190,
  needs: 'target',
  values: function* (slot) {
    const value = targetValue(slot);
    if (value === undefined) return;
    const { path, query } = splitTarget(value);
    for (const [name, { rewrite, cost }] of Object.entries(rewrites) as [keyof typeof rewrites, RewriteRow][]) {
      const detail = { kind: 'rewritten', rewrite: name, queryToo: false } as const;
      const changed = rewrite(path);
      if (changed === undefined || changed === path) continue;
      yield { detail, cost, value: joinTarget({ path: changed, query }) } satisfies ValueMove<Escapes>;
      const other = query === undefined ? undefined : rewrite(query);
      if (other !== undefined && other !== query)
        yield {
          detail: { ...detail, queryToo: true },
          cost: cost + 1,
          value: joinTarget({ path: changed, query: other }),
        };
    }
    if (query === undefined) return;
    yield { detail: { kind: 'question mark' }, cost: 2, value: `${path}%3F${query}` };
    yield { detail: { kind: 'one component' }, cost: 2, value: encodeComponent(value) };
  },
  say: (detail, { yours, expected }) =>
    `You signed ${brief(yours)} (the path ${inWords(detail)}); the request was sent to ${brief(expected)}.`,
  fixes: ({ scheme }) =>
    targetFixes(scheme, {
      javascript: 'as it goes on the wire, not decodeURIComponent(…)',
      python: 'as it goes on the wire, not unquote(…)',
      csharp: 'not LocalPath, not Uri.UnescapeDataString',
      java: 'not getPath()',
      php: 'not rawurldecode()',
      go: 'not req.URL.Path',
      ruby: 'as it goes on the wire, not CGI.unescape(…)',
      bash: 'as it goes on the wire',
      powershell: 'not LocalPath',
      postman: 'encode the value before you set the variable',
    }),
};

function inWords(detail: Escapes): string {
  switch (detail.kind) {
    case 'rewritten':
      return `${rewrites[detail.rewrite].words}${detail.queryToo ? ', its query too' : ''}`;
    case 'question mark':
      return 'with its question mark encoded';
    case 'one component':
      return 'encoded as one component';
  }
}

const segmentwise =
  (encode: (segment: string) => string) =>
  (path: string): string =>
    path.split('/').map(encode).join('/');
const kept =
  (characters: RegExp) =>
  (text: string): string =>
    encodeRfc3986(text).replace(characters, (escape) => decodePercent(escape));
interface RewriteRow {
  readonly words: string;
  readonly rewrite: (path: string) => string | undefined;
  readonly cost: number;
}

/** Escapes of `!'()*:=@~$&+,;`, in the sets that libraries leave alone. */
const rewrites = {
  'colons encoded': { words: 'with encoded colons', rewrite: (path) => path.replaceAll(':', '%3A'), cost: 1 },
  decoded: { words: 'percent-decoded', rewrite: decodePercent, cost: 1 },
  'decoded but reserved': { words: 'percent-decoded except for reserved characters', rewrite: decodeReserved, cost: 1 },
  'decoded twice': { words: 'percent-decoded twice', rewrite: (path) => decodePercent(decodePercent(path)), cost: 2 },
  'encoded again': { words: 'encoded once more, segment by segment', rewrite: segmentwise(encodeRfc3986), cost: 1 },
  'encoded again by encodeURIComponent': {
    words: 'encoded once more, with encodeURIComponent for each segment',
    rewrite: segmentwise((segment) => encodeComponent(segment)),
    cost: 1,
  },
  'encoded again by encodeURI': {
    words: 'encoded once more, with encodeURI',
    rewrite: (path) => encodeWhole(path),
    cost: 1,
  },
  'encoded twice more': {
    words: 'encoded twice more',
    rewrite: segmentwise((segment) => encodeRfc3986(encodeRfc3986(segment))),
    cost: 3,
  },
  'recoded by RFC 3986': {
    words: 'decoded and encoded again by RFC 3986',
    rewrite: segmentwise((segment) => encodeRfc3986(decodePercent(segment))),
    cost: 1,
  },
  'recoded by encodeURIComponent': {
    words: 'decoded and encoded again with encodeURIComponent',
    rewrite: segmentwise((segment) => encodeComponent(decodePercent(segment))),
    cost: 1,
  },
  'recoded by encodeURI': {
    words: 'decoded and encoded again with encodeURI',
    rewrite: (path) => encodeWhole(decodePercent(path)),
    cost: 1,
  },
  'lower-case escapes': {
    words: 'with escapes in lower case',
    rewrite: (path) => path.replace(/%[0-9a-f]{2}/gi, (escape) => escape.toLowerCase()),
    cost: 1,
  },
  'upper-case escapes': {
    words: 'with escapes in upper case',
    rewrite: (path) => path.replace(/%[0-9a-f]{2}/gi, (escape) => escape.toUpperCase()),
    cost: 1,
  },
  'colons encoded in lower case': {
    words: 'with encoded colons in lower case',
    rewrite: (path) => path.replaceAll(':', '%3a'),
    cost: 1,
  },
  'colons decoded': { words: 'with decoded colons', rewrite: (path) => path.replace(/%3a/gi, ':'), cost: 1 },
  'slashes encoded': { words: 'with encoded slashes', rewrite: (path) => path.replaceAll('/', '%2F'), cost: 2 },
  'inner slashes encoded': {
    words: 'with all slashes but the first encoded',
    rewrite: (path) => path.replace(/(?!^)\//g, '%2F'),
    cost: 2,
  },
  'slashes decoded': { words: 'with decoded slashes', rewrite: (path) => path.replace(/%2f/gi, '/'), cost: 1 },
  'plus signs encoded': { words: 'with encoded plus signs', rewrite: (path) => path.replaceAll('+', '%2B'), cost: 1 },
  'plus signs encoded in lower case': {
    words: 'with encoded plus signs in lower case',
    rewrite: (path) => path.replaceAll('+', '%2b'),
    cost: 1,
  },
  'plus signs decoded': { words: 'with decoded plus signs', rewrite: (path) => path.replace(/%2b/gi, '+'), cost: 1 },
  'spaces for plus signs': {
    words: 'with spaces for plus signs',
    rewrite: (path) => path.replaceAll('+', ' '),
    cost: 1,
  },
  '%20 for plus signs': { words: 'with %20 for plus signs', rewrite: (path) => path.replaceAll('+', '%20'), cost: 1 },
  'plus signs for %20': { words: 'with plus signs for %20', rewrite: (path) => path.replaceAll('%20', '+'), cost: 1 },
  'plus signs for spaces': {
    words: 'with plus signs for spaces',
    rewrite: (path) => path.replaceAll(' ', '+'),
    cost: 1,
  },
  '@ encoded': { words: 'with an encoded "@"', rewrite: (path) => path.replaceAll('@', '%40'), cost: 2 },
  '@ decoded': { words: 'with a decoded "@"', rewrite: (path) => path.replace(/%40/g, '@'), cost: 2 },
  '~ encoded': { words: 'with encoded "~"', rewrite: (path) => path.replaceAll('~', '%7E'), cost: 2 },
  '~ decoded': { words: 'with decoded "~"', rewrite: (path) => path.replace(/%7e/gi, '~'), cost: 2 },
  'recoded with !*() kept': {
    words: 'decoded and encoded again with "!*\'()" kept',
    rewrite: segmentwise((segment) => kept(/%(?:21|27|28|29|2A)/g)(decodePercent(segment))),
    cost: 2,
  },
  'recoded with : kept': {
    words: 'decoded and encoded again with ":" kept',
    rewrite: segmentwise((segment) => kept(/%3A/g)(decodePercent(segment))),
    cost: 2,
  },
  'recoded with =: kept': {
    words: 'decoded and encoded again with "=" and ":" kept',
    rewrite: segmentwise((segment) => kept(/%3[AD]/g)(decodePercent(segment))),
    cost: 2,
  },
  'recoded with :@ kept': {
    words: 'decoded and encoded again with ":@" kept',
    rewrite: segmentwise((segment) => kept(/%(?:3A|40)/g)(decodePercent(segment))),
    cost: 2,
  },
  'recoded with sub-delimiters kept': {
    words: 'decoded and encoded again with sub-delimiters kept',
    rewrite: segmentwise((segment) => kept(/%(?:21|24|26|27|28|29|2A|2B|2C|3B|3D)/g)(decodePercent(segment))),
    cost: 2,
  },
  'recoded as little as may be': {
    words: 'decoded and encoded again with all that a path may hold kept',
    rewrite: segmentwise((segment) => kept(/%(?:21|24|26|27|28|29|2A|2B|2C|3B|3D|3A|40)/g)(decodePercent(segment))),
    cost: 2,
  },
  'recoded in lower case': {
    words: 'decoded and encoded again in lower case',
    rewrite: segmentwise((segment) =>
      encodeRfc3986(decodePercent(segment)).replace(/%../g, (escape) => escape.toLowerCase()),
    ),
    cost: 2,
  },
  'form-encoded': {
    words: 'form-encoded',
    rewrite: segmentwise((segment) => encodeRfc3986(segment).replaceAll('%20', '+')),
    cost: 2,
  },
  'form-decoded': {
    words: 'decoded as a form, plus signs as spaces',
    rewrite: (path) => decodePercent(path.replaceAll('+', ' ')),
    cost: 2,
  },
  'percent signs encoded': {
    words: 'with its percent signs encoded',
    rewrite: (path) => path.replaceAll('%', '%25'),
    cost: 1,
  },
  'encoded whole': { words: 'encoded as a whole', rewrite: (path) => encodeComponent(path), cost: 2 },
} as const satisfies Record<string, RewriteRow>;

function decodeReserved(path: string): string | undefined {
  try {
    return decodeURI(path);
  } catch {
    return undefined;
  }
}
