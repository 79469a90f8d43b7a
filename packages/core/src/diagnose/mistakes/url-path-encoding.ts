import { told, type Told } from '../search/told.ts';
import { decodePercent, encodeComponent, encodeRfc3986, encodeWhole } from '../text/percent-encoding.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import { brief } from '../text/brief.ts';
import { joinTarget, splitTarget, targetValue } from '../text/target-text.ts';

/** The right path with other percent escapes. */
export const urlPathEncoding: MistakeClass<Told> = {
  id: 'url/path-encoding',
  rank: 190,
  needs: 'target',
  values: function* (slot) {
    const value = targetValue(slot);
    if (value === undefined) return;
    const { path, query } = splitTarget(value);
    for (const [detail, rewrite, cost] of rewrites) {
      const changed = rewrite(path);
      if (changed === undefined || changed === path) continue;
      yield { detail: told(detail), cost, value: joinTarget({ path: changed, query }) } satisfies ValueMove<Told>;
      const other = query === undefined ? undefined : rewrite(query);
      if (other !== undefined && other !== query)
        yield {
          detail: told(`${detail}, its query too`),
          cost: cost + 1,
          value: joinTarget({ path: changed, query: other }),
        };
    }
    if (query === undefined) return;
    yield { detail: told('with its question mark encoded'), cost: 2, value: `${path}%3F${query}` };
    yield { detail: told('encoded as one component'), cost: 2, value: encodeComponent(value) };
  },
  say: ({ how }, { yours, expected }) => `You signed the path ${how}: ${brief(yours)}; ${brief(expected)} was sent.`,
  fixes: {
    javascript: 'const { pathname } = new URL(url); // as it goes on the wire, not decodeURIComponent(pathname)',
    python: 'path = urlsplit(prepared.url).path  # as it goes on the wire, not unquote(path)',
    csharp: 'var path = uri.AbsolutePath; // not uri.LocalPath, not Uri.UnescapeDataString',
    java: 'String path = uri.getRawPath(); // not getPath()',
    php: '$path = parse_url($url, PHP_URL_PATH); // not rawurldecode()',
    postman:
      'const path = pm.variables.replaceIn(pm.request.url.getPath()); // encode the value before you set the variable',
  },
};

const segmentwise =
  (encode: (segment: string) => string) =>
  (path: string): string =>
    path.split('/').map(encode).join('/');
const kept =
  (characters: RegExp) =>
  (text: string): string =>
    encodeRfc3986(text).replace(characters, (escape) => decodePercent(escape));
/** Escapes of `!'()*:=@~$&+,;`, in the sets that libraries leave alone. */
const rewrites: readonly [detail: string, rewrite: (path: string) => string | undefined, cost: number][] = [
  ['percent-decoded', decodePercent, 1],
  ['percent-decoded except for reserved characters', decodeReserved, 1],
  ['percent-decoded twice', (path) => decodePercent(decodePercent(path)), 2],
  ['encoded once more, segment by segment', segmentwise(encodeRfc3986), 1],
  [
    'encoded once more, with encodeURIComponent for each segment',
    segmentwise((segment) => encodeComponent(segment)),
    1,
  ],
  ['encoded once more, with encodeURI', (path) => encodeWhole(path), 1],
  ['encoded twice more', segmentwise((segment) => encodeRfc3986(encodeRfc3986(segment))), 3],
  ['decoded and encoded again by RFC 3986', segmentwise((segment) => encodeRfc3986(decodePercent(segment))), 1],
  [
    'decoded and encoded again with encodeURIComponent',
    segmentwise((segment) => encodeComponent(decodePercent(segment))),
    1,
  ],
  ['decoded and encoded again with encodeURI', (path) => encodeWhole(decodePercent(path)), 1],
  ['with escapes in lower case', (path) => path.replace(/%[0-9a-f]{2}/gi, (escape) => escape.toLowerCase()), 1],
  ['with escapes in upper case', (path) => path.replace(/%[0-9a-f]{2}/gi, (escape) => escape.toUpperCase()), 1],
  ['with encoded colons', (path) => path.replaceAll(':', '%3A'), 1],
  ['with encoded colons in lower case', (path) => path.replaceAll(':', '%3a'), 1],
  ['with decoded colons', (path) => path.replace(/%3a/gi, ':'), 1],
  ['with encoded slashes', (path) => path.replaceAll('/', '%2F'), 2],
  ['with all slashes but the first encoded', (path) => path.replace(/(?!^)\//g, '%2F'), 2],
  ['with decoded slashes', (path) => path.replace(/%2f/gi, '/'), 1],
  ['with encoded plus signs', (path) => path.replaceAll('+', '%2B'), 1],
  ['with encoded plus signs in lower case', (path) => path.replaceAll('+', '%2b'), 1],
  ['with decoded plus signs', (path) => path.replace(/%2b/gi, '+'), 1],
  ['with spaces for plus signs', (path) => path.replaceAll('+', ' '), 1],
  ['with %20 for plus signs', (path) => path.replaceAll('+', '%20'), 1],
  ['with plus signs for %20', (path) => path.replaceAll('%20', '+'), 1],
  ['with plus signs for spaces', (path) => path.replaceAll(' ', '+'), 1],
  ['with an encoded "@"', (path) => path.replaceAll('@', '%40'), 2],
  ['with a decoded "@"', (path) => path.replace(/%40/g, '@'), 2],
  ['with encoded "~"', (path) => path.replaceAll('~', '%7E'), 2],
  ['with decoded "~"', (path) => path.replace(/%7e/gi, '~'), 2],
  [
    'decoded and encoded again with "!*\'()" kept',
    segmentwise((segment) => kept(/%(?:21|27|28|29|2A)/g)(decodePercent(segment))),
    2,
  ],
  ['decoded and encoded again with ":" kept', segmentwise((segment) => kept(/%3A/g)(decodePercent(segment))), 2],
  [
    'decoded and encoded again with "=" and ":" kept',
    segmentwise((segment) => kept(/%3[AD]/g)(decodePercent(segment))),
    2,
  ],
  [
    'decoded and encoded again with ":@" kept',
    segmentwise((segment) => kept(/%(?:3A|40)/g)(decodePercent(segment))),
    2,
  ],
  [
    'decoded and encoded again with sub-delimiters kept',
    segmentwise((segment) => kept(/%(?:21|24|26|27|28|29|2A|2B|2C|3B|3D)/g)(decodePercent(segment))),
    2,
  ],
  [
    'decoded and encoded again with all that a path may hold kept',
    segmentwise((segment) => kept(/%(?:21|24|26|27|28|29|2A|2B|2C|3B|3D|3A|40)/g)(decodePercent(segment))),
    2,
  ],
  [
    'decoded and encoded again in lower case',
    segmentwise((segment) => encodeRfc3986(decodePercent(segment)).replace(/%../g, (escape) => escape.toLowerCase())),
    2,
  ],
  ['form-encoded', segmentwise((segment) => encodeRfc3986(segment).replaceAll('%20', '+')), 2],
  ['decoded as a form, plus signs as spaces', (path) => decodePercent(path.replaceAll('+', ' ')), 2],
  ['with its percent signs encoded', (path) => path.replaceAll('%', '%25'), 1],
  ['encoded as a whole', (path) => encodeComponent(path), 2],
];

function decodeReserved(path: string): string | undefined {
  try {
    return decodeURI(path);
  } catch {
    return undefined;
  }
}
