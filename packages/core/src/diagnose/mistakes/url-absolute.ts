import { stringToSignFixes } from '../fixes/string-to-sign.ts';
import { targetFixes } from '../fixes/target.ts';
import { likeliestFirst } from '../search/cheapest-first.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import { brief } from '../text/brief.ts';
import { publicAddresses } from '../reading/public-addresses.ts';
import { type Departure, sayDeparture } from '../search/departure.ts';
import { withoutEnd } from '../../canonical/trimming.ts';
import { splitTarget, targetValue } from '../text/target-text.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Slot } from '../reading/layout.ts';

interface Absolute {
  /** A whole URL, or what is no whole one where it is signed. */
  readonly kind: keyof typeof forms | keyof typeof pieces;
}

const forms = {
  URL: 'the whole URL',
  'host and path': 'host and path',
  'URL without scheme': 'the whole URL without its scheme',
  'URL with doubled slash': 'the whole URL with a doubled slash',
  'local URL': 'the whole URL, as it is called on the machine behind a proxy or tunnel',
  'rest of URL': 'what is left of the URL after cutting the wrong scheme off',
} as const;

const pieces = {
  'path alone': 'the path alone',
  'path and query alone': 'path and query alone',
  'without its scheme': 'without its scheme',
  'host alone': 'the host alone',
  'scheme and host alone': 'scheme and host alone',
} as const;

function isPiece(kind: Absolute['kind']): kind is keyof typeof pieces {
  return Object.hasOwn(pieces, kind);
}

/** Where frameworks listen that stand behind a proxy or tunnel. */
const localHosts = ['localhost', '127.0.0.1'].flatMap((name) => [
  name,
  ...['3000', '5000', '8000', '8080', '4000', '5001', '3001', '7071', '9000', '1337'].map((port) => `${name}:${port}`),
]);

/** The whole URL was signed where its path belongs. */
export const urlAbsolute: MistakeClass<Absolute | Departure> = {
  id: 'url/absolute',
  rank: 130,
  needs: 'target',
  values: (slot, evidence) =>
    slot.source.from === 'url' || slot.source.from === 'url-with-hash'
      ? piecesOf(slot)
      : likeliestFirst(slot, absoluteForms(slot, evidence)),
  // A URL of a host that is not known, such as the one behind a proxy, in the place of the target.
  speaksOf: (find, { message }) => (find.kind === 'departure' && isOtherUrl(find, message.target) ? find : undefined),
  say: (detail, { yours, expected }) =>
    detail.kind === 'departure'
      ? sayDeparture(detail)
      : isPiece(detail.kind)
        ? `You signed ${brief(yours)} (${pieces[detail.kind]}); the whole URL is signed, ${brief(expected)}.`
        : `You signed ${brief(yours)} (${forms[detail.kind]}); only ${brief(expected)} is signed.`,
  what: ({ kind }) => (kind === 'departure' ? undefined : isPiece(kind) ? pieces[kind] : forms[kind]),
  fixes: ({ scheme }, { kind }) =>
    kind !== 'departure' && isPiece(kind)
      ? stringToSignFixes(scheme, 'the URL as it was called: scheme, host, path and query')
      : targetFixes(scheme),
};

/** What somebody signs of a URL that is signed whole. */
function* piecesOf({ value }: Slot): Generator<ValueMove<Absolute>> {
  const [, host = '', target = ''] = (typeof value === 'string' && /^[a-z]+:\/\/([^/]*)(.*)$/is.exec(value)) || [];
  if (host === '' || typeof value !== 'string') return;
  const { path, query } = splitTarget(target);
  yield { detail: { kind: 'path alone' }, cost: 1, value: path };
  if (query !== undefined) yield { detail: { kind: 'path and query alone' }, cost: 1, value: target };
  yield { detail: { kind: 'without its scheme' }, cost: 1, value: host + target };
  yield { detail: { kind: 'host alone' }, cost: 2, value: host };
  yield { detail: { kind: 'scheme and host alone' }, cost: 2, value: value.slice(0, value.length - target.length) };
}

function isOtherUrl({ subject, text }: Departure, target: string): boolean {
  const [, rest] = /^(?:https?|wss?):\/\/[^/?#]+(\/[^#]*)$/i.exec(text) ?? [];
  const { path } = splitTarget(target);
  return (
    rest !== undefined && subject === 'target' && withoutEnd(splitTarget(rest).path, '/') === withoutEnd(path, '/')
  );
}

function* absoluteForms(
  slot: Slot,
  { host, options, message, credential, forwarded }: Evidence,
): Generator<ValueMove<Absolute>> {
  const value = targetValue(slot);
  if (value === undefined || !value.startsWith('/')) return;
  const { path } = splitTarget(value);
  const { query } = splitTarget(message.target);
  const tails = new Set([value, path, query === undefined ? path : `${path}?${query}`]);
  const hosts = new Set([
    host,
    host?.toLowerCase(),
    host?.replace(/:\d+$/, ''),
    host && `${host.replace(/:\d+$/, '')}:443`,
    ...(options.publicHosts ?? []),
    credential.endpointHost,
    ...forwarded.hosts.map(({ text }) => text),
  ]);
  for (const { url } of publicAddresses(options)) {
    const whole = url.replace(/#.*$/, '');
    for (const text of new Set([
      whole,
      withoutEnd(whole, '/'),
      withoutEnd(whole, '/') + path,
      withoutEnd(whole, '/') + value,
    ]))
      if (!tails.has(text)) yield { detail: { kind: 'URL' }, cost: 1, value: text };
  }
  for (const authority of localHosts) {
    for (const tail of new Set([value, path]))
      yield { detail: { kind: 'local URL' }, cost: 3, value: `http://${authority}${tail}` };
  }
  for (const authority of hosts) {
    if (authority === undefined || authority === '') continue;
    const own = authority === host ? 1 : 2;
    for (const tail of tails) {
      const cost = own + (tail === value ? 0 : 1);
      for (const scheme of ['https://', 'http://'])
        yield { detail: { kind: 'URL' }, cost, value: scheme + authority + tail };
      yield { detail: { kind: 'host and path' }, cost, value: authority + tail };
      yield { detail: { kind: 'URL without scheme' }, cost, value: `//${authority}${tail}` };
      // What an endpoint that ends in a slash leaves behind, joined to a path that begins with one.
      for (const scheme of ['https://', 'http://'])
        yield {
          detail: { kind: 'URL with doubled slash' },
          cost: cost + 1,
          value: `${scheme}${authority}/${tail}`,
        };
      for (const scheme of ['wss://', 'ws://', 'HTTPS://'])
        yield { detail: { kind: 'URL' }, cost: cost + 2, value: scheme + authority + tail };
      yield {
        detail: { kind: 'rest of URL' },
        cost: cost + 1,
        value: `:${`//${authority}`}${tail}`,
      };
    }
  }
}
