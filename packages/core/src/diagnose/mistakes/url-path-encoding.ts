import { targetFixes } from '../fixes/target.ts';
import { decodePercent, encodeComponent, encodeRfc3986, encodeWhole } from '../text/percent-encoding.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Slot } from '../reading/layout.ts';
import { likeliestFirst } from '../search/cheapest-first.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import { brief } from '../text/brief.ts';
import type { RouteMatch } from '../reading/route-match.ts';
import { joinTarget, splitTarget, targetValue } from '../text/target-text.ts';

type Escapes =
  | { readonly kind: 'rewritten'; readonly rewrite: keyof typeof rewrites; readonly queryToo: boolean }
  /** Of a URL that stands encoded beside the signature. */
  | { readonly kind: 'resource'; readonly writing: keyof typeof resources }
  | { readonly kind: 'question mark' | 'one component' | 'some colons encoded' | 'some colons decoded' }
  /** Of one value in the path, or of all. */
  | { readonly kind: 'value encoded' | 'value decoded'; readonly of: string };

/** The right path with other percent escapes. */
export const urlPathEncoding: MistakeClass<Escapes> = {
  id: 'url/path-encoding',
  rank: 190,
  needs: 'target',
  values: (slot, evidence) => likeliestFirst(slot, otherEscapes(slot, evidence)),
  say: (detail, { yours, expected }) =>
    detail.kind === 'resource'
      ? `You signed ${brief(yours)} (${resources[detail.writing].words}); beside the signature stands ${brief(expected)}, and that text is signed.`
      : `You signed ${brief(yours)} (the path ${inWords(detail)}); the request was sent to ${brief(expected)}.`,
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

function* otherEscapes(slot: Slot, { route }: Evidence): Generator<ValueMove<Escapes>> {
  if (slot.source.from === 'resource' && typeof slot.value === 'string') return yield* resourcesRecoded(slot.value);
  const value = targetValue(slot);
  if (value === undefined) return;
  const { path, query } = splitTarget(value);
  for (const move of [...valuesRecoded(path, route), ...someColons(path)])
    yield { ...move, value: joinTarget({ path: String(move.value), query }) };
  for (const [name, { rewrite, cost }] of Object.entries(rewrites) as [keyof typeof rewrites, RewriteRow][]) {
    const detail = { kind: 'rewritten', rewrite: name, queryToo: false } as const;
    const changed = rewrite(path);
    if (changed === undefined || changed === path) continue;
    yield { detail, cost, value: joinTarget({ path: changed, query }) };
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
}

function inWords(detail: Exclude<Escapes, { kind: 'resource' }>): string {
  switch (detail.kind) {
    case 'rewritten':
      return `${rewrites[detail.rewrite].words}${detail.queryToo ? ', its query too' : ''}`;
    case 'question mark':
      return 'with its question mark encoded';
    case 'one component':
      return 'encoded as one component';
    case 'some colons encoded':
      return 'with some of its colons encoded';
    case 'some colons decoded':
      return 'with some of its colons decoded';
    case 'value encoded':
      return `with its ${detail.of} encoded`;
    case 'value decoded':
      return `with its ${detail.of} decoded`;
  }
}

/** A URL that is signed as it is encoded beside the signature. */
function* resourcesRecoded(value: string): Generator<ValueMove<Escapes>> {
  for (const [writing, { write }] of Object.entries(resources) as [keyof typeof resources, ResourceRow][])
    yield { detail: { kind: 'resource', writing }, cost: 1, value: write(value) };
}

interface ResourceRow {
  readonly words: string;
  readonly write: (value: string) => string;
}

const resources = {
  decoded: { words: 'the URL as it is, not encoded', write: decodePercent },
  'lower-case escapes': {
    words: 'with escapes in lower case',
    write: (value) => value.replace(/%[0-9a-f]{2}/gi, (escape) => escape.toLowerCase()),
  },
  'upper-case escapes': {
    words: 'with escapes in upper case',
    write: (value) => value.replace(/%[0-9a-f]{2}/gi, (escape) => escape.toUpperCase()),
  },
  'encoded again': { words: 'encoded once more', write: (value) => encodeComponent(value) },
  'lower case': {
    words: 'the URL in lower case, encoded',
    write: (value) => encodeComponent(decodePercent(value).toLowerCase()),
  },
} as const satisfies Record<string, ResourceRow>;

/** The values that stand in the path, encoded or decoded, and what the API itself wrote as it is. */
function* valuesRecoded(path: string, route: RouteMatch | undefined): Generator<ValueMove<Escapes>> {
  const values: { start: number; value: string; name: string }[] = [];
  let from = 0;
  for (const { name, value } of route?.parameters ?? []) {
    const start = path.indexOf(value, from);
    if (start < 0) continue;
    values.push({ start, value, name });
    from = start + value.length;
  }
  const written = (chosen: typeof values, write: (value: string) => string): string => {
    let text = path;
    for (const { start, value } of chosen.toReversed())
      text = text.slice(0, start) + write(value) + text.slice(start + value.length);
    return text;
  };
  for (const chosen of values.length > 1 ? [values, ...values.map((one) => [one])] : [values]) {
    if (chosen.length === 0) continue;
    const of = chosen.map(({ name }) => name).join(' and ');
    for (const [kind, write, cost] of [
      ['value encoded', (value) => encodeComponent(decodePercent(value)), 1],
      ['value encoded', (value) => encodeRfc3986(decodePercent(value)), 1],
      ['value encoded', (value) => encodeComponent(value), 1],
      ['value encoded', (value) => inLowerCase(encodeRfc3986(decodePercent(value))), 2],
      ['value decoded', decodePercent, 1],
    ] as const satisfies [Escapes['kind'], (value: string) => string, number][]) {
      const text = written(chosen, write);
      if (text !== path) yield { detail: { kind, of }, cost, value: text };
    }
  }
}

/** More than so many colons are not told apart one by one. */
const mostColons = 5;

/** Of several colons, some as `%3A`, and the others as they are: those of an identifier, and not that of the action. */
function* someColons(path: string): Generator<ValueMove<Escapes>> {
  const pieces = path.split(/(:|%3a)/i);
  const count = (pieces.length - 1) / 2;
  if (count < 2) return;
  const choices =
    count <= mostColons
      ? Array.from({ length: 1 << count }, (_, mask) => (colon: number) => (mask & (1 << colon)) !== 0)
      : [(colon: number) => colon < count - 1];
  for (const [escape, cost] of [
    ['%3A', 1],
    ['%3a', 2],
  ] as const) {
    for (const isEncoded of choices) {
      const text = pieces.map((piece, at) => (at % 2 === 0 ? piece : isEncoded((at - 1) / 2) ? escape : ':')).join('');
      const kind = text.length > path.length ? 'some colons encoded' : 'some colons decoded';
      if (text !== path) yield { detail: { kind }, cost: count > 3 ? 2 : cost, value: text };
    }
  }
}

const inLowerCase = (text: string): string => text.replace(/%../g, (escape) => escape.toLowerCase());

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
    rewrite: segmentwise((segment) => inLowerCase(encodeRfc3986(decodePercent(segment)))),
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
