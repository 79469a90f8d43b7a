import { hostGeographies, mistakenHosts } from '../../providers/mistaken-hosts.ts';
import { stringToSignFixes } from '../fixes/string-to-sign.ts';
import { hostFixes } from '../fixes/host.ts';
import { type Departure, sayDeparture } from '../search/departure.ts';
import type { Evidence } from '../reading/evidence.ts';
import { publicHostsOf, publicAddresses } from '../reading/public-addresses.ts';
import type { Slot } from '../reading/layout.ts';
import { oneLetterApart } from '../text/near-misses.ts';
import { likeliestFirst } from '../search/cheapest-first.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';

type Host =
  | { readonly kind: 'port missing' | 'port added'; readonly port: string }
  | { readonly kind: 'surrounded'; readonly before: string; readonly behind: '' | '/' | '/;' }
  | { readonly kind: 'header'; readonly header: string }
  | { readonly kind: keyof typeof others }
  /** In the line of a list of headers. */
  | { readonly kind: 'listed'; readonly as: string; readonly how: string }
  /** In a URL that is signed as it was configured. */
  | { readonly kind: 'configured URL'; readonly change: keyof typeof urls };

/** The host spelled differently from the Host header. */
export const urlHost: MistakeClass<Host | Departure> = {
  id: 'url/host',
  rank: 150,
  needs: 'a host or a URL',
  values: (slot, evidence) =>
    slot.source.from === 'host'
      ? hosts(slot, evidence)
      : slot.source.from === 'literal'
        ? literalHosts(slot, evidence)
        : slot.source.from === 'listed-headers'
          ? listedHosts(slot, evidence)
          : [],
  speaksOf: (find) => (find.kind === 'departure' && find.subject === 'host' ? find : undefined),
  say: (detail, { yours, expected, evidence }) => {
    if (detail.kind === 'departure') return sayDeparture(detail);
    if (detail.kind === 'listed')
      return `You signed the host "${detail.as}" (${detail.how}); the request was sent to "${evidence.host ?? ''}".`;
    return detail.kind === 'configured URL'
      ? `You signed the URL "${yours}" (${urls[detail.change]}); the scheme has "${expected}".`
      : `You signed the host "${yours}" (${inWords(detail)}); the request was sent to "${expected}".`;
  },
  // A URL that is part of the scheme has its host in it.
  fixes: ({ scheme }) =>
    scheme.parts.some(({ source }) => source.from === 'host' || source.from === 'listed-headers')
      ? hostFixes
      : stringToSignFixes(scheme),
};

const others = {
  endpoint: 'that of the endpoint in your connection string',
  'endpoint without port': 'that of the endpoint in your connection string, without its port',
  'endpoint with port': 'that of the endpoint in your connection string, with a port',
  'endpoint with slash': 'that of the endpoint in your connection string, with a trailing slash',
  'endpoint with scheme': 'that of the endpoint in your connection string, with its scheme',
  'trailing slash': 'with a trailing slash',
  'slash for port': 'with a trailing slash and without its port',
  'trailing dot': 'with a trailing dot',
  'lower case': 'in lower case',
  'upper case': 'in upper case',
  'capital letter': 'with a capital letter',
  'name before': 'with the header’s name before it',
  'empty port': 'with a port that is empty',
  'public URL': 'the public URL that you named',
  public: 'a host you named as public',
  'public with port': 'a host you named as public, with a port',
  'public without port': 'a host you named as public, without its port',
  'public with slash': 'a host you named as public, with a trailing slash',
  'public with scheme': 'a host you named as public, with its scheme',
  'path behind': 'with the path after it',
  URL: 'the whole URL',
  'first label': 'its first label alone',
  'first label missing': 'without its first label',
  'second label missing': 'without its second label',
  'last two labels': 'its last two labels alone',
  www: 'with www. before it',
  geography: 'with a geography in it',
  'provider host': 'another host of the provider',
  'other domain': 'under another domain',
  'this machine': 'another name of this machine',
  'this machine without port': 'another name of this machine, without its port',
  'space before': 'with a space before it',
  'space behind': 'with a space after it',
  'one letter apart': 'one letter apart',
} as const;

const urls = {
  'default port': 'with its default port',
  'no port': 'without its port',
  slash: 'with a trailing slash',
  'slash missing': 'without its trailing slash',
  'lower case': 'its host in lower case',
  www: 'with www. before its host',
  'www missing': 'without www.',
  'public URL': 'the public URL that you named',
  other: 'with another host',
} as const;

function inUrl(change: keyof typeof urls): Host {
  return { kind: 'configured URL', change };
}

const endings = { '': '', '/': ' and a slash', '/;': ' and more' } as const;

function inWords(detail: Exclude<Host, { kind: 'configured URL' | 'listed' }>): string {
  switch (detail.kind) {
    case 'port missing':
      return `without its port ${detail.port}`;
    case 'port added':
      return `with the port ${detail.port}`;
    case 'surrounded':
      return `with ${detail.before === '//' ? 'slashes before it' : 'its scheme'}${endings[detail.behind]}`;
    case 'header':
      return `the value of ${detail.header}`;
    default:
      return others[detail.kind];
  }
}

function* hosts(slot: Slot, evidence: Evidence): Generator<ValueMove<Host>> {
  if (typeof slot.value !== 'string') return;
  yield* likeliestFirst(slot, namedHosts(slot.value, evidence));
  // Tried alone: a typing error rarely comes with another mistake.
  for (const value of oneLetterApart(slot.value)) yield { detail: { kind: 'one letter apart' }, cost: 4, value };
}

function* namedHosts(host: string, evidence: Evidence): Generator<ValueMove<Host>> {
  const { message, options, provider, credential } = evidence;
  const name = host.replace(/:\d+$/, '');
  const port = /:(\d+)$/.exec(host)?.[1];
  if (credential.endpointHost !== undefined) yield* endpointHosts(credential.endpointHost);
  if (port !== undefined) yield { detail: { kind: 'port missing', port }, cost: 1, value: name };
  for (const added of ['443', '80', '8080', '8443', '7509', '3000', '5000', '8000']) {
    if (added !== port)
      yield {
        detail: { kind: 'port added', port: added },
        cost: Number(added) < 1000 ? 1 : 2,
        value: `${name}:${added}`,
      };
  }
  for (const before of ['https://', 'http://', '//', 'HTTPS://', 'wss://'] as const) {
    for (const behind of ['', '/', '/;'] as const) {
      for (const text of new Set([host, name])) {
        yield {
          detail: { kind: 'surrounded', before, behind },
          cost: before.startsWith('http') ? 1 : 2,
          value: before + text + behind,
        };
      }
    }
  }
  yield { detail: { kind: 'trailing slash' }, cost: 1, value: `${host}/` };
  yield { detail: { kind: 'slash for port' }, cost: 2, value: `${name}/` };
  yield { detail: { kind: 'trailing dot' }, cost: 2, value: `${name}.` };
  yield { detail: { kind: 'lower case' }, cost: 1, value: host.toLowerCase() };
  yield { detail: { kind: 'upper case' }, cost: 2, value: host.toUpperCase() };
  yield { detail: { kind: 'capital letter' }, cost: 2, value: host.slice(0, 1).toUpperCase() + host.slice(1) };
  yield { detail: { kind: 'name before' }, cost: 2, value: `host:${host}` };
  yield { detail: { kind: 'empty port' }, cost: 3, value: `${name}:` };
  for (const { header, text } of evidence.forwarded.hosts)
    yield { detail: { kind: 'header', header }, cost: 1, value: text };
  for (const known of publicHostsOf(options)) {
    yield { detail: { kind: 'public' }, cost: 1, value: known };
    for (const added of ['443', '80'])
      yield { detail: { kind: 'public with port' }, cost: 2, value: `${known}:${added}` };
    yield { detail: { kind: 'public without port' }, cost: 2, value: known.replace(/:\d+$/, '') };
    yield { detail: { kind: 'public with slash' }, cost: 2, value: `${known}/` };
    yield { detail: { kind: 'public with scheme' }, cost: 2, value: `https://${known}` };
  }
  const target = message.target.split('?')[0] ?? '';
  yield { detail: { kind: 'path behind' }, cost: 2, value: host + target };
  yield { detail: { kind: 'URL' }, cost: 2, value: `https://${host}${message.target}` };
  const labels = name.split('.');
  yield { detail: { kind: 'first label' }, cost: 2, value: labels[0] ?? '' };
  if (labels.length > 2) {
    yield { detail: { kind: 'first label missing' }, cost: 2, value: labels.slice(1).join('.') };
    yield { detail: { kind: 'second label missing' }, cost: 2, value: labels.toSpliced(1, 1).join('.') };
    yield { detail: { kind: 'last two labels' }, cost: 3, value: labels.slice(-2).join('.') };
    yield { detail: { kind: 'www' }, cost: 3, value: `www.${host}` };
    for (const geography of hostGeographies)
      yield { detail: { kind: 'geography' }, cost: 3, value: labels.toSpliced(1, 0, geography).join('.') };
  }
  for (const ending of [...(provider?.hosts ?? []), ...mistakenHosts]) {
    if (!ending.startsWith('.')) yield { detail: { kind: 'provider host' }, cost: 2, value: ending };
    else if (!name.endsWith(ending))
      yield { detail: { kind: 'other domain' }, cost: 2, value: (labels[0] ?? '') + ending };
  }
  for (const local of ['localhost', '127.0.0.1', '[::1]', '0.0.0.0', 'host.docker.internal']) {
    yield {
      detail: { kind: 'this machine' },
      cost: 2,
      value: port === undefined ? local : `${local}:${port}`,
    };
    if (port !== undefined) yield { detail: { kind: 'this machine without port' }, cost: 2, value: local };
  }
  yield { detail: { kind: 'space before' }, cost: 2, value: ` ${host}` };
  yield { detail: { kind: 'space behind' }, cost: 3, value: `${host} ` };
}

/** The connection string's own host: a request that goes through a gateway is signed for the service behind it. */
function* endpointHosts(endpoint: string): Generator<ValueMove<Host>> {
  yield { detail: { kind: 'endpoint' }, cost: 1, value: endpoint };
  const name = endpoint.replace(/:\d+$/, '');
  yield { detail: { kind: 'endpoint without port' }, cost: 2, value: name };
  for (const port of ['443', '80']) yield { detail: { kind: 'endpoint with port' }, cost: 2, value: `${name}:${port}` };
  yield { detail: { kind: 'endpoint with slash' }, cost: 2, value: `${endpoint}/` };
  yield { detail: { kind: 'endpoint with scheme' }, cost: 2, value: `https://${endpoint}` };
}

/** The host in its line among the headers that a request lists. */
function* listedHosts(slot: Slot, evidence: Evidence): Generator<ValueMove<Host>> {
  const { host } = evidence;
  const line = `host:${host ?? ''}\n`;
  if (typeof slot.value !== 'string' || host === undefined || !`\n${slot.value}`.includes(`\n${line}`)) return;
  const [before = '', behind = ''] = slot.value.split(line, 2);
  for (const { value, cost, detail } of hosts({ ...slot, value: host }, evidence)) {
    if (typeof value !== 'string' || detail.kind === 'configured URL' || detail.kind === 'listed') continue;
    const how = inWords(detail);
    yield { detail: { kind: 'listed', as: value, how }, cost, value: `${before}host:${value}\n${behind}` };
  }
}

/** A literal part that holds a URL, for example a webhook's configured address. */
function* literalHosts(slot: Slot, { host, layout, options, forwarded }: Evidence): Generator<ValueMove<Host>> {
  const match = typeof slot.value === 'string' ? /^((?:https?|wss?):\/\/)([^/?#]*)(.*)$/s.exec(slot.value) : null;
  if (!match) return;
  const [, scheme = '', authority = '', rest = ''] = match;
  const name = authority.replace(/:\d+$/, '');
  const port = scheme.startsWith('https') || scheme.startsWith('wss') ? '443' : '80';
  yield { detail: inUrl('default port'), cost: 1, value: `${scheme}${name}:${port}${rest}` };
  yield { detail: inUrl('no port'), cost: 1, value: scheme + name + rest };
  // Of a URL with a path that is not the scheme's own another class speaks.
  if (rest === '' || rest === '/' || layout.find(({ name: own }) => own === slot.name)?.source.from === 'literal') {
    yield { detail: inUrl('slash'), cost: 1, value: `${scheme}${authority}${rest}/` };
    yield { detail: inUrl('slash missing'), cost: 1, value: scheme + authority + rest.replace(/\/$/, '') };
  }
  yield { detail: inUrl('lower case'), cost: 2, value: scheme + authority.toLowerCase() + rest };
  yield { detail: inUrl('www'), cost: 2, value: `${scheme}www.${authority}${rest}` };
  yield { detail: inUrl('www missing'), cost: 2, value: scheme + authority.replace(/^www\./, '') + rest };
  for (const { url } of publicAddresses(options)) yield { detail: inUrl('public URL'), cost: 1, value: url };
  for (const other of [host, ...publicHostsOf(options), ...forwarded.hosts.map(({ text }) => text)]) {
    if (other !== undefined) yield { detail: inUrl('other'), cost: 1, value: scheme + other + rest };
  }
}
