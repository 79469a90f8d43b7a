import { withoutEnds } from '../../canonical/trimming.ts';
import { headerValue, headerValues, type Message } from '../../message.ts';

/** What a proxy says in a header of the request as it came to it. */
export interface ForwardedText {
  readonly header: string;
  readonly text: string;
}

/** The request before proxies passed it on, as far as they say so. */
export interface Forwarded {
  readonly hosts: readonly ForwardedText[];
  /** Paths with their query where the header has it. */
  readonly targets: readonly ForwardedText[];
  /** What was cut off the beginning of the path. */
  readonly prefixes: readonly ForwardedText[];
}

const hostHeaders = [
  'x-forwarded-host',
  'x-original-host',
  'x-ms-host',
  'x-host',
  'x-forwarded-server',
  'x-real-host',
  ':authority',
];
/** A whole URL or its target, before it was rewritten. */
const targetHeaders = [
  'x-original-uri',
  'x-original-url',
  'x-rewrite-url',
  'x-forwarded-uri',
  'x-forwarded-url',
  'x-forwarded-path',
  'x-original-path',
  'x-envoy-original-path',
  'x-replaced-path',
  'x-request-uri',
  'x-request-url',
  'x-forwarded-request-uri',
  'x-waws-unencoded-url',
];
const prefixHeaders = [
  'x-forwarded-prefix',
  'x-script-name',
  'x-forwarded-path',
  'x-forwarded-base',
  'x-forwarded-context',
  'x-base-path',
  'x-ingress-path',
  'x-stripped-prefix',
];

/** More proxies stand in no row. */
const mostProxies = 16;

/** A header's lines. */
function lines({ headers }: Message, name: string): string[] {
  return headerValues(headers, name).slice(0, mostProxies);
}

/** The elements of a list that each proxy adds one to. */
function elements(message: Message, name: string): string[] {
  const all = lines(message, name).flatMap((value) => value.split(',', mostProxies));
  return all
    .slice(0, mostProxies)
    .map((element) => element.trim())
    .filter((element) => element !== '');
}

const proxyHeaders = new Set([...hostHeaders, ...targetHeaders, ...prefixHeaders, 'x-forwarded-port', 'forwarded']);
const unsaid: Forwarded = { hosts: [], targets: [], prefixes: [] };

/** Reads the headers with which proxies say what they changed: RFC 7239 and what was in use before it. */
export function forwarded(message: Message): Forwarded {
  if (!message.headers.some(([name]) => proxyHeaders.has(name.toLowerCase()))) return unsaid;
  const urls = targetHeaders.flatMap((header) => lines(message, header).map((text) => urlOf(header, text)));
  const hosts = [...namedHosts(message), ...urls.flatMap(({ header, host: text }) => (text ? [{ header, text }] : []))];
  return {
    hosts: withoutRepeats(hosts),
    targets: withoutRepeats(urls.map(({ header, target }) => ({ header, text: target }))),
    prefixes: withoutRepeats([...prefixesOf(message)]),
  };
}

function* namedHosts(message: Message): Generator<ForwardedText> {
  const ports = elements(message, 'x-forwarded-port').filter((port) => /^\d{1,5}$/.test(port));
  for (const header of hostHeaders) {
    for (const host of elements(message, header)) {
      yield { header, text: host };
      if (!/:\d+$/.test(host)) for (const port of ports) yield { header, text: `${host}:${port}` };
    }
    // As it stands, where a client signs the whole list.
    for (const text of lines(message, header)) yield { header, text };
  }
  const own = headerValue(message.headers, 'host')?.replace(/:\d+$/, '');
  if (own) for (const port of ports) yield { header: 'x-forwarded-port', text: `${own}:${port}` };
  for (const element of elements(message, 'forwarded')) {
    const host = /(?:^|;)\s*host\s*=\s*(?:"([^"]*)"|([^;\s]*))/i.exec(element);
    yield { header: 'forwarded', text: host?.[1] ?? host?.[2] ?? '' };
  }
}

/** A whole URL, or a target that may lack its slash. */
function urlOf(header: string, value: string): { header: string; host: string | undefined; target: string } {
  const [, host, rest] = /^https?:\/\/([^/?#]+)([^#]*)/i.exec(value) ?? [undefined, undefined, value];
  return { header, host, target: rest?.startsWith('/') ? rest : `/${rest ?? ''}` };
}

function* prefixesOf(message: Message): Generator<ForwardedText> {
  for (const header of prefixHeaders) {
    for (const prefix of elements(message, header)) {
      const text = withoutEnds(prefix, '/');
      if (text !== '' && !text.includes('?')) yield { header, text: `/${text}` };
    }
    // Each proxy cuts its own off and adds it: together they are the beginning of the path that came first.
    const all = elements(message, header).map((prefix) => withoutEnds(prefix, '/'));
    if (all.length > 1 && all.every((text) => text !== '' && !text.includes('?'))) {
      yield { header, text: `/${all.join('/')}` };
      yield { header, text: `/${all.toReversed().join('/')}` };
    }
  }
}

/** Each text by the header that says it first. */
function withoutRepeats(texts: readonly ForwardedText[]): ForwardedText[] {
  const seen = new Set(['']);
  return texts.filter(({ text }) => !seen.has(text) && seen.add(text));
}
