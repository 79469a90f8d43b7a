import { type Departure, phrase } from '../search/departure.ts';
import { told, type Told } from '../search/told.ts';
import { headerValue } from '../../message.ts';
import type { Evidence } from '../reading/evidence.ts';
import { publicHostsOf, publicPlaces } from '../reading/public-places.ts';
import type { Slot } from '../reading/layout.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';

/** The host spelled differently from the Host header. */
export const urlHost: MistakeClass<Told | Departure> = {
  id: 'url/host',
  rank: 150,
  needs: 'a host or a URL',
  values: (slot, evidence) =>
    slot.source.from === 'host'
      ? hosts(slot, evidence)
      : slot.source.from === 'literal'
        ? literalHosts(slot, evidence)
        : [],
  speaksOf: (find) => (find.kind === 'departure' && find.source?.from === 'host' ? find : undefined),
  say: (detail, { yours, expected }) =>
    `You signed the host "${yours}" (${phrase(detail)}); the request was sent to "${expected}".`,
  fixes: {
    javascript: 'const host = new URL(url).host; // exactly what the Host header carries',
    python: 'host = urlsplit(url).netloc  # exactly what the Host header carries',
    csharp: 'var host = new Uri(url).Authority; // exactly what the Host header carries',
    java: 'String host = uri.getAuthority(); // with its port, without scheme or slash',
    php: '$host = parse_url($url, PHP_URL_HOST); // and its port when it is not the default one',
    postman: "const host = pm.variables.get('endpoint').replace(/^https?:\\/\\//, '').replace(/\\/.*$/, '');",
  },
};

function* hosts(slot: Slot, evidence: Evidence): Generator<ValueMove<Told>> {
  if (typeof slot.value !== 'string') return;
  const host = slot.value;
  const { message, options, provider } = evidence;
  const name = host.replace(/:\d+$/, '');
  const port = /:(\d+)$/.exec(host)?.[1];
  if (port !== undefined) yield { detail: told(`its port ${port} is missing`), cost: 1, value: name };
  for (const added of ['443', '80', '8080', '8443', '7509', '3000', '5000', '8000']) {
    if (added !== port)
      yield {
        detail: told(`the port ${added} is added`),
        cost: Number(added) < 1000 ? 1 : 2,
        value: `${name}:${added}`,
      };
  }
  for (const [prefix, detail] of [
    ['https://', 'with its scheme'],
    ['http://', 'with its scheme'],
    ['//', 'with slashes before it'],
    ['HTTPS://', 'with its scheme'],
    ['wss://', 'with its scheme'],
  ] as const) {
    for (const [end, more] of [
      ['', ''],
      ['/', ' and a slash'],
      ['/;', ' and more'],
    ] as const) {
      for (const text of new Set([host, name])) {
        yield { detail: told(detail + more), cost: prefix.startsWith('http') ? 1 : 2, value: prefix + text + end };
      }
    }
  }
  yield { detail: told('with a trailing slash'), cost: 1, value: `${host}/` };
  yield { detail: told('with a trailing slash and without its port'), cost: 2, value: `${name}/` };
  yield { detail: told('with a trailing dot'), cost: 2, value: `${name}.` };
  yield { detail: told('in lower case'), cost: 1, value: host.toLowerCase() };
  yield { detail: told('in upper case'), cost: 2, value: host.toUpperCase() };
  yield { detail: told('with a capital letter'), cost: 2, value: host.slice(0, 1).toUpperCase() + host.slice(1) };
  yield { detail: told('with the header’s name before it'), cost: 2, value: `host:${host}` };
  yield { detail: told('with a port that is empty'), cost: 3, value: `${name}:` };
  for (const header of ['x-forwarded-host', 'x-original-host', 'x-ms-host', 'forwarded', 'x-host', ':authority']) {
    const value = headerValue(message.headers, header);
    if (value === undefined) continue;
    for (const one of new Set([value, value.split(',')[0]?.trim() ?? '', /host="?([^";,]+)/i.exec(value)?.[1] ?? ''])) {
      if (one !== '') yield { detail: told(`the value of ${header}`), cost: 1, value: one };
    }
  }
  for (const known of publicHostsOf(options)) {
    yield { detail: told('a host you named as public'), cost: 1, value: known };
    for (const added of ['443', '80'])
      yield { detail: told('a host you named as public, with a port'), cost: 2, value: `${known}:${added}` };
    yield { detail: told('a host you named as public, without its port'), cost: 2, value: known.replace(/:\d+$/, '') };
    yield { detail: told('a host you named as public, with a trailing slash'), cost: 2, value: `${known}/` };
    yield { detail: told('a host you named as public, with its scheme'), cost: 2, value: `https://${known}` };
  }
  const target = message.target.split('?')[0] ?? '';
  yield { detail: told('with the path behind it'), cost: 2, value: host + target };
  yield { detail: told('the whole URL'), cost: 2, value: `https://${host}${message.target}` };
  const labels = name.split('.');
  yield { detail: told('its first label alone'), cost: 2, value: labels[0] ?? '' };
  if (labels.length > 2) {
    yield { detail: told('without its first label'), cost: 2, value: labels.slice(1).join('.') };
    yield { detail: told('without its second label'), cost: 2, value: labels.toSpliced(1, 1).join('.') };
    yield { detail: told('its last two labels alone'), cost: 3, value: labels.slice(-2).join('.') };
    yield { detail: told('with www. before it'), cost: 3, value: `www.${host}` };
    for (const geography of geographies)
      yield { detail: told('with a geography in it'), cost: 3, value: labels.toSpliced(1, 0, geography).join('.') };
  }
  for (const ending of [...(provider?.hosts ?? []), ...siblings]) {
    if (!ending.startsWith('.')) yield { detail: told('another host of the provider'), cost: 2, value: ending };
    else if (!name.endsWith(ending))
      yield { detail: told('under another domain'), cost: 2, value: (labels[0] ?? '') + ending };
  }
  for (const local of ['localhost', '127.0.0.1', '[::1]', '0.0.0.0', 'host.docker.internal']) {
    yield {
      detail: told('another name of this machine'),
      cost: 2,
      value: port === undefined ? local : `${local}:${port}`,
    };
    if (port !== undefined)
      yield { detail: told('another name of this machine, without its port'), cost: 2, value: local };
  }
  yield { detail: told('with a space before it'), cost: 2, value: ` ${host}` };
  yield { detail: told('with a space behind it'), cost: 3, value: `${host} ` };
  yield* nearMisses(host);
}

/** Geographies that ACS resources have in their host names, and domains that people mix up. */
const geographies = [
  'unitedstates',
  'europe',
  'uk',
  'asiapacific',
  'australia',
  'japan',
  'brazil',
  'canada',
  'france',
  'germany',
  'india',
  'korea',
  'norway',
  'switzerland',
  'uae',
  'africa',
  'asia',
  'us',
];
const siblings = [
  '.communications.azure.com',
  '.communicationservices.azure.com',
  '.communication.azure.us',
  '.communication.microsoft.com',
  '.azure.com',
  '.calling.api.sinch.com',
];

/** One letter more, one less, one other, two exchanged. Tried alone: a typing error rarely comes with another mistake. */
function* nearMisses(host: string): Generator<ValueMove<Told>> {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789-.';
  const detail = 'one letter apart';
  for (let at = 0; at < host.length; at++) {
    yield { detail: told(detail), cost: 4, value: host.slice(0, at) + host.slice(at + 1) };
    if (at + 1 < host.length)
      yield {
        detail: told(detail),
        cost: 4,
        value: host.slice(0, at) + (host[at + 1] ?? '') + (host[at] ?? '') + host.slice(at + 2),
      };
  }
  for (let at = 0; at <= host.length; at++) {
    for (const letter of letters)
      yield { detail: told(detail), cost: 4, value: host.slice(0, at) + letter + host.slice(at) };
  }
  for (let at = 0; at < host.length; at++) {
    for (const letter of letters)
      yield { detail: told(detail), cost: 4, value: host.slice(0, at) + letter + host.slice(at + 1) };
  }
}

/** A literal part that holds a URL, for example a webhook's configured address. */
function* literalHosts(slot: Slot, { host, options }: Evidence): Generator<ValueMove<Told>> {
  const match = typeof slot.value === 'string' ? /^((?:https?|wss?):\/\/)([^/?#]*)(.*)$/s.exec(slot.value) : null;
  if (!match) return;
  const [, scheme = '', authority = '', rest = ''] = match;
  const name = authority.replace(/:\d+$/, '');
  const port = scheme.startsWith('https') || scheme.startsWith('wss') ? '443' : '80';
  yield { detail: told('with its default port'), cost: 1, value: `${scheme}${name}:${port}${rest}` };
  yield { detail: told('without its port'), cost: 1, value: scheme + name + rest };
  yield { detail: told('with a trailing slash'), cost: 1, value: `${scheme}${authority}${rest}/` };
  yield { detail: told('without its trailing slash'), cost: 1, value: scheme + authority + rest.replace(/\/$/, '') };
  yield { detail: told('in lower case'), cost: 2, value: scheme + authority.toLowerCase() + rest };
  yield { detail: told('with www. before it'), cost: 2, value: `${scheme}www.${authority}${rest}` };
  yield { detail: told('without www.'), cost: 2, value: scheme + authority.replace(/^www\./, '') + rest };
  for (const { url } of publicPlaces(options))
    yield { detail: told('the public URL that you named'), cost: 1, value: url };
  for (const other of [host, ...publicHostsOf(options)]) {
    if (other !== undefined) yield { detail: told('another host'), cost: 1, value: scheme + other + rest };
  }
}
