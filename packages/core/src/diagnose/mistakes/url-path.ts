import { targetFixes } from '../fixes/target.ts';
import { assigned } from '../fixes/statement.ts';
import { type Departure, sayDeparture } from '../search/departure.ts';
import type { Evidence } from '../reading/evidence.ts';
import { publicAddresses } from '../reading/public-addresses.ts';
import { isContainer, jsonNodes } from '../text/json-text.ts';
import type { Slot } from '../reading/layout.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import type { Fixes } from '../diagnosis.ts';
import { brief } from '../text/brief.ts';
import { joinTarget, splitTarget, targetValue, type TargetText } from '../text/target-text.ts';
import { withoutEnd } from '../../canonical/trimming.ts';

/** The path of this request, changed; or one that was taken from elsewhere. */
type Taken =
  | { readonly kind: keyof typeof changes }
  /** The signed path is right, and the URL has a slash too many. */
  | { readonly kind: 'doubled slash sent' }
  | { readonly kind: 'segments missing'; readonly end: 'first' | 'last'; readonly count: number }
  | { readonly kind: 'prefix added' | 'prefix missing'; readonly prefix: string }
  | { readonly kind: 'version'; readonly version: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'documented'; readonly source: string; readonly whose?: string }
  | { readonly kind: 'other operation' }
  | { readonly kind: 'your value'; readonly names: readonly string[] }
  | { readonly kind: 'public URL'; readonly url: string }
  | { readonly kind: 'forwarded' | 'forwarded prefix'; readonly header: string; readonly text: string }
  | { readonly kind: 'letter case'; readonly piece: string }
  | { readonly kind: 'number'; readonly written: string };

/** Another path than the one that was requested. */
export const urlPath: MistakeClass<Taken | Departure> = {
  id: 'url/path',
  rank: 200,
  needs: 'target',
  values: (slot, evidence) => paths(slot, evidence),
  speaksOf: (find) => (find.kind === 'departure' && find.subject === 'target' ? find : undefined),
  say: (detail, { yours, expected }) => {
    if (detail.kind === 'departure') return sayDeparture(detail);
    return detail.kind === 'doubled slash sent'
      ? `The request was sent to ${brief(expected)}, and you signed ${brief(yours)}: the URL was put together with one slash too many.`
      : `You signed ${brief(yours)} (${inWords(detail)}); the request was sent to ${brief(expected)}.`;
  },
  what: (detail) => (detail.kind === 'departure' || detail.kind === 'doubled slash sent' ? undefined : inWords(detail)),
  fixes: ({ scheme }, { kind }) =>
    kind === 'doubled slash sent' ? urlFixes : targetFixes(scheme, 'of the request that is sent'),
};

/** The endpoints of connection strings end in a slash. */
const urlFixes: Fixes = assigned(
  'url',
  'text',
  {
    javascript: "endpoint.replace(/\\/+$/, '') + path",
    python: "endpoint.rstrip('/') + path",
    csharp: "endpoint.TrimEnd('/') + path",
    java: 'endpoint.replaceAll("/+$", "") + path',
    php: "rtrim($endpoint, '/') . $path",
    go: 'strings.TrimRight(endpoint, "/") + path',
    ruby: "endpoint.sub(%r{/+\\z}, '') + path",
    bash: '${endpoint%/}$path',
    powershell: "$endpoint.TrimEnd('/') + $path",
    postman: { line: "pm.variables.set('endpoint', pm.variables.get('endpoint').replace(/\\/+$/, ''));" },
  },
  'the path begins with its own slash',
);

const prefixes = [
  '/api',
  '/v1',
  '/v2',
  '/calling',
  '/calling/v1',
  '/verification/v1',
  '/prod',
  '/dev',
  '/stage',
  '/rest',
  '/public',
  '/azure',
  '/acs',
  '/sinch',
  '/proxy',
  '/voice',
  '/production',
  '/staging',
  '/test',
  '/beta',
  '/default',
  '/$default',
  '/live',
  '/gateway',
  '/gw',
  '/backend',
  '/app',
  '/apim',
  '/svc',
  '/service',
  '/services',
  '/external',
  '/internal',
  '/webhook',
  '/webhooks',
  '/callback',
  '/callbacks',
  '/hooks',
  '/v3',
  '/api/v1',
  '/api/v2',
  '/communication',
  '/latest',
  '/api/webhook',
  '/api/webhooks',
  '/api/callbacks',
  '/functions/v1',
  '/.netlify/functions',
  '/_api',
  '/edge',
  '/hook',
  '/integration',
  '/integrations',
  '/qa',
  '/sandbox',
  '/server',
  '/stg',
  '/uat',
  '/web',
];

const changes = {
  'slash before query': 'a slash stands before the query',
  query: 'the query alone',
  fragment: 'with a fragment',
  'leading slash missing': 'its leading slash is missing',
  'leading slash doubled': 'its leading slash is doubled',
  'trailing slash added': 'a trailing slash is added',
  'trailing slash missing': 'its trailing slash is missing',
  'leading segments and slash missing': 'its leading segments and slash are missing',
  'segment missing': 'one of its segments is missing',
  'slash doubled': 'one of its slashes is doubled',
  root: 'the root alone',
  'lower case': 'in lower case',
  'upper case': 'in upper case',
  'action missing': 'its action is missing',
  'action behind slash': 'its action follows a slash',
  'slash before action': 'a slash stands before its action',
  'slash before action missing': 'the slash before its action is missing',
  'segment added': 'a segment is added',
  host: 'the host alone',
  'host before': 'with the host before the path as a segment',
  'label before': 'with the first label of the host before the path',
  'dots resolved': 'its dot segments are resolved',
  'singular or plural': 'its last segment is singular or plural',
} as const;

function inWords(detail: Exclude<Taken, { kind: 'doubled slash sent' }>): string {
  switch (detail.kind) {
    case 'segments missing':
      return `its ${detail.end} ${detail.count === 1 ? 'segment is' : `${detail.count} segments are`} missing`;
    case 'prefix added':
      return `with ${detail.prefix} before the path`;
    case 'prefix missing':
      return `without ${detail.prefix}`;
    case 'version':
      return `with ${detail.version}`;
    case 'variable':
      return `the value of ${detail.name}`;
    case 'other operation':
      return 'a path of another operation';
    case 'your value':
      return `with the value that you gave for ${detail.names.join(' and ')}`;
    case 'public URL':
      return `the path of the public URL ${brief(detail.url)}`;
    case 'forwarded':
      return `what the header ${detail.header} says`;
    case 'forwarded prefix':
      return `with ${brief(detail.text)} before the path, as the header ${detail.header} says`;
    case 'number':
      return `with the number as ${detail.written}`;
    case 'letter case':
      return `with ${brief(detail.piece)} in other letters`;
    case 'documented': {
      const own = detail.whose === undefined ? '' : `, with ${detail.whose}`;
      return `a path that the provider's own documentation once used${own}: ${detail.source}`;
    }
    default:
      return changes[detail.kind];
  }
}

function* paths(slot: Slot, evidence: Evidence): Generator<ValueMove<Taken>> {
  const value = targetValue(slot);
  if (value === undefined) return;
  const { path, query } = splitTarget(value);
  const own = joinTarget({ path, query });
  yield* publicTargets({ path, query }, evidence);
  yield* forwardedTargets({ path, query }, evidence);
  for (const move of pathMoves(path, evidence)) {
    const text = joinTarget({ path: String(move.value), query });
    if (text !== own) yield { ...move, value: text };
    // A path that was taken from elsewhere came without this request's query.
    if (query !== undefined && (move.detail.kind === 'documented' || move.detail.kind === 'other operation'))
      yield { ...move, cost: move.cost + 1, value: move.value };
  }
  if (query !== undefined) {
    yield { detail: { kind: 'slash before query' }, cost: 1, value: `${path}/?${query}` };
    yield { detail: { kind: 'query' }, cost: 2, value: `?${query}` };
    yield { detail: { kind: 'query' }, cost: 2, value: query };
  }
  yield { detail: { kind: 'fragment' }, cost: 3, value: `${value}#` };
}

/** The path under which the receiver is known from outside: the public URL's own, or this one after it. */
function* publicTargets({ path, query }: TargetText, { options }: Evidence): Generator<ValueMove<Taken>> {
  for (const { url, target } of publicAddresses(options)) {
    const detail = { kind: 'public URL', url } as const;
    const known = splitTarget(target);
    const behind = withoutEnd(known.path, '/') + path;
    for (const one of new Set([known.path, withoutEnd(known.path, '/'), behind]))
      yield { detail, cost: 1, value: joinTarget({ path: one, query }) };
    if (known.query !== undefined) yield { detail, cost: 1, value: target };
  }
}

/** The target that came to the proxy, as its headers say: whole, or what was cut off its beginning. */
function* forwardedTargets({ path, query }: TargetText, { forwarded }: Evidence): Generator<ValueMove<Taken>> {
  for (const { header, text } of forwarded.targets) {
    const known = splitTarget(text);
    const detail = { kind: 'forwarded', header, text } as const;
    yield { detail, cost: 1, value: joinTarget({ path: known.path, query }) };
    if (known.query !== undefined) yield { detail, cost: 1, value: text };
  }
  for (const { header, text } of forwarded.prefixes) {
    const detail = { kind: 'forwarded prefix', header, text } as const;
    yield { detail, cost: 1, value: joinTarget({ path: text + path, query }) };
  }
}

function* pathMoves(path: string, evidence: Evidence): Generator<ValueMove<Taken>> {
  const { provider, host } = evidence;
  const segments = path.split('/').slice(1);
  const slash = path.startsWith('//') ? 'doubled slash sent' : 'leading slash missing';
  yield { detail: { kind: slash }, cost: 1, value: path.replace(/^\//, '') };
  yield { detail: { kind: 'leading slash doubled' }, cost: 1, value: `/${path}` };
  yield { detail: { kind: 'trailing slash added' }, cost: 1, value: `${path}/` };
  yield { detail: { kind: 'trailing slash missing' }, cost: 1, value: withoutEnd(path, '/') };
  yield { detail: { kind: 'doubled slash sent' }, cost: 1, value: path.replace(/\/{2,}/g, '/') };
  for (let count = 1; count < segments.length; count++) {
    yield {
      detail: { kind: 'segments missing', end: 'first', count },
      cost: count === 1 ? 1 : 2,
      value: `/${segments.slice(count).join('/')}`,
    };
    yield {
      detail: { kind: 'segments missing', end: 'last', count },
      cost: count === 1 ? 1 : 2,
      value: `/${segments.slice(0, -count).join('/')}`,
    };
    yield {
      detail: { kind: 'leading segments and slash missing' },
      cost: 3,
      value: segments.slice(count).join('/'),
    };
  }
  for (let at = 1; at < segments.length; at++) {
    yield { detail: { kind: 'segment missing' }, cost: 2, value: `/${segments.toSpliced(at, 1).join('/')}` };
    yield {
      detail: { kind: 'slash doubled' },
      cost: 2,
      value: `/${segments.slice(0, at).join('/')}//${segments.slice(at).join('/')}`,
    };
  }
  yield { detail: { kind: 'root' }, cost: 1, value: '/' };
  yield { detail: { kind: 'lower case' }, cost: 1, value: path.toLowerCase() };
  yield { detail: { kind: 'upper case' }, cost: 3, value: path.toUpperCase() };
  const colon = path.lastIndexOf(':');
  if (colon > path.lastIndexOf('/')) {
    yield { detail: { kind: 'action missing' }, cost: 1, value: path.slice(0, colon) };
    yield {
      detail: { kind: 'action behind slash' },
      cost: 1,
      value: `${path.slice(0, colon)}/${path.slice(colon + 1)}`,
    };
    yield {
      detail: { kind: 'slash before action' },
      cost: 1,
      value: `${path.slice(0, colon)}/${path.slice(colon)}`,
    };
  }
  yield* otherLetters(path);
  yield* numbersOtherwise(segments);
  const tail = segments.at(-1) ?? '';
  if (tail.startsWith(':'))
    yield { detail: { kind: 'slash before action missing' }, cost: 1, value: path.replace(/\/:/, ':') };
  for (const more of ['1', '0', 'id', 'index.html']) {
    yield { detail: { kind: 'segment added' }, cost: 2, value: `${path.replace(/\/$/, '')}/${more}` };
  }
  yield* documented(evidence);
  yield* otherRoutes(path, evidence);
  for (const prefix of prefixes) {
    yield { detail: { kind: 'prefix added', prefix }, cost: 2, value: prefix + path };
    if (path.startsWith(`${prefix}/`))
      yield { detail: { kind: 'prefix missing', prefix }, cost: 1, value: path.slice(prefix.length) };
  }
  for (let at = 0; at < segments.length; at++) {
    const version = /^v(\d+)$/.exec(segments[at] ?? '')?.[1];
    if (version === undefined) continue;
    for (const other of ['v1', 'v2', 'v3', `v${Number(version) + 1}`])
      yield { detail: { kind: 'version', version: other }, cost: 2, value: `/${segments.with(at, other).join('/')}` };
  }
  if (host !== undefined) {
    yield { detail: { kind: 'host' }, cost: 2, value: host };
    yield { detail: { kind: 'host before' }, cost: 2, value: `/${host}${path}` };
    yield {
      detail: { kind: 'label before' },
      cost: 3,
      value: `/${host.split('.')[0] ?? ''}${path}`,
    };
  }
  const resolved = resolveDots(path);
  if (resolved !== path) yield { detail: { kind: 'dots resolved' }, cost: 1, value: resolved };
  for (const [name, value] of evidence.variables) {
    if (value.startsWith('/')) yield { detail: { kind: 'variable', name }, cost: 1, value };
  }
  if (provider) return;
  yield {
    detail: { kind: 'singular or plural' },
    cost: 3,
    value: path.endsWith('s') ? path.slice(0, -1) : `${path}s`,
  };
}

/** One word of the path with its first letter in the other case (`:Play` for `:play`), or all of it. */
function* otherLetters(path: string): Generator<ValueMove<Taken>> {
  const toggled = (text: string): string => (text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase());
  for (const { 0: piece, index } of [...path.matchAll(/[^/:]+/g)].toReversed().slice(0, mostSegments)) {
    if (!/[a-z]/i.test(piece)) continue;
    const first = toggled(piece.slice(0, 1)) + piece.slice(1);
    const isAction = path[index - 1] === ':';
    for (const [text, cost] of [
      [first, isAction ? 1 : 2],
      [piece.toLowerCase(), 2],
      [piece.toUpperCase(), 3],
      [first.slice(0, 1) + piece.slice(1).toLowerCase(), 3],
      [acronyms(piece), 3],
    ] as const) {
      if (text !== piece)
        yield {
          detail: { kind: 'letter case', piece },
          cost,
          value: path.slice(0, index) + text + path.slice(index + piece.length),
        };
    }
  }
}

/** `sendDTMFTones` of `sendDtmfTones`, `callID` of `callId`. */
function acronyms(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z][a-z]{1,3}(?=[A-Z]|$)/g, (word) => word.toUpperCase());
}

/** A telephone number in the path by another way to write it. */
function* numbersOtherwise(segments: readonly string[]): Generator<ValueMove<Taken>> {
  for (const [at, segment] of segments.entries()) {
    const digits = /^(?:\+|%2B|00)?(\d{7,15})$/i.exec(segment)?.[1];
    if (digits === undefined) continue;
    for (const written of [digits, `+${digits}`, `00${digits}`]) {
      if (written !== segment)
        yield { detail: { kind: 'number', written }, cost: 2, value: `/${segments.with(at, written).join('/')}` };
    }
  }
}

const mostSegments = 12;

/** Paths that the provider's documentation signed at some time, also with the user's own numbers in them. */
function* documented({ provider, variables, bodyJson }: Evidence): Generator<ValueMove<Taken>> {
  const own = new Map<string, string>();
  for (const [name, value] of variables) own.set(value, `the value of ${name}`);
  const root = bodyJson();
  if (root) {
    for (const { node, path } of jsonNodes(root)) {
      if (!isContainer(node) && node.kind === 'string' && /^\+?\d{5,}$/.test(node.text))
        own.set(node.text, `the body’s ${path}`);
    }
  }
  for (const { path, source } of provider?.documentedPaths ?? []) {
    yield { detail: { kind: 'documented', source }, cost: 1, value: path };
    const number = /^(.*\/)(\+?\d{5,}|[\w]+ParamValue)$/.exec(path);
    if (!number) continue;
    for (const [value, whose] of own) {
      const digits = value.replace(/^\+/, '');
      const spellings = /^\d{5,}$/.test(digits) ? [value, `+${digits}`, digits, `%2B${digits}`] : [value];
      for (const spelling of new Set(spellings)) {
        yield {
          detail: { kind: 'documented', source, whose },
          cost: 1,
          value: (number[1] ?? '') + spelling,
        };
      }
    }
  }
}

/** Other operations of the API: a script copied from one request to the next. */
function* otherRoutes(path: string, { provider, route, variables }: Evidence): Generator<ValueMove<Taken>> {
  const known = new Map(route?.parameters.map(({ name, value }) => [name, value]));
  for (const [name, value] of variables) known.set(name, value);
  const values = [...new Set(route?.parameters.map(({ value }) => value))];
  for (const template of provider?.routes ?? []) {
    const missing = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
    const detail: Taken =
      template === route?.template
        ? { kind: 'your value', names: missing.filter((name) => variables.has(name)) }
        : { kind: 'other operation' };
    let filled: string | undefined = template;
    for (const name of missing) {
      const value = known.get(name) ?? (missing.length === 1 ? values[0] : undefined);
      filled = value === undefined ? undefined : filled?.replace(`{${name}}`, value);
    }
    if (filled !== undefined && filled !== path)
      yield { detail, cost: detail.kind === 'your value' ? 1 : 2, value: filled };
  }
}

function resolveDots(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
  }
  return kept.join('/');
}
