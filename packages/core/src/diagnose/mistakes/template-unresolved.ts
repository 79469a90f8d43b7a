import { encodeComponent } from '../percent-encoding.ts';
import type { Evidence } from '../evidence.ts';
import { jsonNodes, parseJson, type JsonScalar } from '../json-text.ts';
import type { Slot } from '../layout.ts';
import type { BodyMove, MistakeClass, ValueMove } from '../mistake-class.ts';
import { brief } from '../mistake-class.ts';
import { splitTarget, targetValue } from '../target-text.ts';

/** A placeholder was signed, and its value was sent. */
export const templateUnresolved: MistakeClass = {
  id: 'template/unresolved',
  values: (slot, evidence) => (targetValue(slot) === undefined ? wholeValues(slot, evidence) : targets(slot, evidence)),
  bodies: (_, text, evidence) => bodies(text, evidence),
  say: (detail, { part }) => `You signed the text ${detail}${part === 'body' ? ' in the body' : ''}.`,
  mends: {
    javascript:
      'const url = template.replace("{callConnectionId}", encodeURIComponent(callConnectionId)); // before signing',
    python: 'url = template.format(callConnectionId=quote(call_connection_id, safe=""))  # before signing',
    csharp: 'var url = $"{endpoint}/calling/callConnections/{callConnectionId}:play"; // note the $',
    java: 'String url = UriComponentsBuilder.fromUriString(template).build(callConnectionId).toString(); // before signing',
    php: '$url = str_replace("{callConnectionId}", rawurlencode($callConnectionId), $template); // before signing',
    postman: 'const url = pm.variables.replaceIn(pm.request.url.toString()); // the same for pm.request.body.raw',
  },
};

type Syntax = (name: string) => string;
const syntaxes: readonly { readonly write: Syntax; readonly cost: number }[] = [
  { write: (name) => `{{${name}}}`, cost: 0 },
  { write: (name) => `:${name}`, cost: 0 },
  { write: (name) => `\${${name}}`, cost: 0 },
  { write: (name) => `{${name}}`, cost: 0 },
  { write: (name) => `<${name}>`, cost: 0 },
  { write: (name) => `%7B%7B${name}%7D%7D`, cost: 1 },
  { write: (name) => `%7B${name}%7D`, cost: 1 },
  { write: (name) => `{{ ${name} }}`, cost: 1 },
  { write: (name) => `$${name}`, cost: 1 },
  { write: (name) => `$%7B${name}%7D`, cost: 2 },
  { write: (name) => `%3C${name}%3E`, cost: 2 },
  { write: (name) => `#{${name}}`, cost: 2 },
  { write: (name) => `[${name}]`, cost: 2 },
  { write: (name) => `%${name}%`, cost: 2 },
  { write: (name) => `{{{${name}}}}`, cost: 2 },
  { write: (name) => `@{${name}}`, cost: 2 },
];

const usualNames = [
  'id',
  'callId',
  'callConnectionId',
  'callConnectionID',
  'connectionId',
  'recordingId',
  'participantId',
  'conferenceId',
  'call_id',
  'number',
  'phoneNumber',
  'to',
  'from',
  'version',
  'apiVersion',
  'api-version',
  'userId',
  'resource',
  'resourceId',
  'name',
  'value',
  'param',
  'path',
  'action',
  'applicationKey',
  'appKey',
  'endpoint',
  'uuid',
  'guid',
  'identity',
  'messageId',
];
const endpointNames = [
  'endpoint',
  'baseUrl',
  'base_url',
  'baseURL',
  'BASE_URL',
  'url',
  'host',
  'server',
  'apiUrl',
  'apiEndpoint',
  'acsEndpoint',
  'ENDPOINT',
  'hostname',
  'domain',
  'base',
  'uri',
  'root',
  'protocol',
  'scheme',
];
const dynamicNames = ['$guid', '$timestamp', '$isoTimestamp', '$randomInt', '$randomUUID', '$randomPhoneNumber'];

/** A piece of the target that a variable may have stood for. */
interface Hole {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** Names the piece has in the API's own documentation or among the user's variables: likely ones. */
  readonly known: readonly string[];
}

function* targets(slot: Slot, evidence: Evidence): Generator<ValueMove> {
  const value = targetValue(slot) ?? '';
  if (!value.startsWith('/')) return;
  const holes = targetHoles(value, evidence);
  const likely = holes.filter(({ known }) => known.length > 0);
  for (const { write, cost } of syntaxes) {
    for (const hole of holes) {
      for (const [index, name] of hole.known.entries()) {
        yield fill(value, [[hole, write(name)]], (index < 10 ? 1 : 2) + cost);
      }
      for (const name of usualNames) {
        if (!hole.known.includes(name)) yield fill(value, [[hole, write(name)]], 3 + cost);
      }
    }
    yield* combined(value, likely, write, cost);
    yield* withEndpoint(value, likely, write, cost, evidence);
  }
}

/** Several placeholders at once, each by its first names: a URL that no one resolved has all of them. */
function* combined(value: string, holes: readonly Hole[], write: Syntax, cost: number): Generator<ValueMove> {
  const considered = holes.slice(0, 6);
  for (let mask = 1; mask < 1 << considered.length; mask++) {
    const chosen = considered.filter((_, index) => mask & (1 << index));
    if (chosen.length < 2 || overlap(chosen)) continue;
    for (const names of namings(chosen))
      yield fill(
        value,
        chosen.map((hole, index) => [hole, write(names[index] ?? '')] as const),
        1 + cost,
      );
  }
}

function* namings(holes: readonly Hole[]): Generator<readonly string[]> {
  yield holes.map(({ known }) => known[0] ?? '');
  for (const [index, hole] of holes.entries()) {
    for (const other of hole.known.slice(1, 5))
      yield holes.map(({ known }, at) => (at === index ? other : (known[0] ?? '')));
  }
}

/** `{{endpoint}}/path`, alone and with the placeholders inside the path. */
function* withEndpoint(
  value: string,
  holes: readonly Hole[],
  write: Syntax,
  cost: number,
  { variables, host }: Evidence,
): Generator<ValueMove> {
  const pointing = [...variables].filter(([, text]) => host !== undefined && text.includes(host)).map(([name]) => name);
  for (const name of new Set([...pointing, ...endpointNames])) {
    const likely = pointing.includes(name) || name === 'endpoint' || name === 'baseUrl' ? 1 : 2;
    for (const before of ['', 'https://', 'http://']) {
      const prefix = before + write(name);
      const prefixed = (move: ValueMove, more: number): ValueMove => ({
        ...move,
        cost: likely + cost + more + (before === '' ? 0 : 1),
        value: prefix + String(move.value),
      });
      const detail = `${prefix}; the request went out with its value`;
      yield prefixed({ detail, cost: 0, value }, 0);
      if (!name.toLowerCase().endsWith('url') && name !== 'endpoint') continue;
      yield prefixed({ detail, cost: 0, value: `/${value}` }, 1);
      for (const hole of holes) {
        for (const known of hole.known.slice(0, 3)) yield prefixed(fill(value, [[hole, write(known)]], 0, prefix), 0);
      }
      if (holes.length > 1 && !overlap(holes))
        yield prefixed(
          fill(
            value,
            holes.map((hole) => [hole, write(hole.known[0] ?? '')] as const),
            0,
            prefix,
          ),
          0,
        );
    }
  }
}

function overlap(holes: readonly Hole[]): boolean {
  return holes.some((hole, index) =>
    holes.some((other, at) => at > index && other.start < hole.end && hole.start < other.end),
  );
}

function fill(
  value: string,
  placeholders: readonly (readonly [Hole, string])[],
  cost: number,
  prefix?: string,
): ValueMove {
  let text = value;
  for (const [hole, placeholder] of placeholders.toSorted(([left], [right]) => right.start - left.start)) {
    text = text.slice(0, hole.start) + placeholder + text.slice(hole.end);
  }
  const said = placeholders.map(
    ([hole, placeholder]) => `${placeholder}; the request went out with its value ${brief(hole.value)}`,
  );
  if (prefix !== undefined) said.unshift(`${prefix}; the request went out with its value`);
  return { detail: said.join(', and '), cost, value: text };
}

/** Path segments (and what a colon divides them into) and query values. */
function targetHoles(value: string, evidence: Evidence): Hole[] {
  const { path, query } = splitTarget(value);
  const holes: Hole[] = [];
  const add = (start: number, end: number, names: readonly string[]): void => {
    const piece = value.slice(start, end);
    if (piece === '' || holes.some((hole) => hole.start === start && hole.end === end)) return;
    const known = new Set([...variableNames(piece, evidence), ...names.flatMap(spellings)]);
    if (known.size === 0 && looksLikeId(piece)) for (const name of parameterNames(evidence)) known.add(name);
    holes.push({ start, end, value: piece, known: [...known] });
  };
  let from = 0;
  for (const { name, value: piece } of evidence.route?.parameters ?? []) {
    const at = path.indexOf(piece, from);
    if (at < 0) continue;
    add(at, at + piece.length, [name]);
    from = at + piece.length;
  }
  let at = 1;
  for (const segment of path.slice(1).split('/')) {
    const colon = segment.lastIndexOf(':');
    if (colon > 0) add(at, at + colon, []);
    add(at, at + segment.length, []);
    if (colon >= 0) add(at + colon + 1, at + segment.length, []);
    at += segment.length + 1;
  }
  if (query !== undefined) {
    at = path.length + 1;
    for (const parameter of query.split('&')) {
      const equals = parameter.indexOf('=');
      if (equals >= 0) add(at + equals + 1, at + parameter.length, [decodedName(parameter.slice(0, equals))]);
      at += parameter.length + 1;
    }
  }
  for (const [name, text] of evidence.variables) {
    for (const spelled of new Set([text, encodeComponent(text)])) {
      const found = spelled === '' ? -1 : value.indexOf(spelled);
      if (found >= 0) add(found, found + spelled.length, [name]);
    }
  }
  return holes;
}

/** An identifier or a number: the usual content of a variable. */
function looksLikeId(piece: string): boolean {
  return /^(?:[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{8,}|(?:\+|%2B)?\d{4,}|(?=.*\d)[\w-]{16,})$/i.test(piece);
}

/** Every parameter name of the provider's API. */
function parameterNames({ provider }: Evidence): Set<string> {
  const templates = provider?.routes.join('') ?? '';
  return new Set([...templates.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''));
}

function decodedName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The user's variables that have this value, as they stand or encoded. */
function variableNames(piece: string, { variables }: Evidence): string[] {
  return [...variables]
    .filter(([, value]) => value === piece || encodeComponent(value) === piece)
    .map(([name]) => name);
}

/** A name in the spellings of other languages' habits. */
function spellings(name: string): string[] {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').split(/[\s_-]+/);
  const lower = words.map((word) => word.toLowerCase());
  const camel = lower
    .map((word, index) => (index === 0 ? word : word.slice(0, 1).toUpperCase() + word.slice(1)))
    .join('');
  return [
    ...new Set([
      name,
      camel,
      lower.join('_'),
      lower.join('-'),
      lower.join(''),
      camel.slice(0, 1).toUpperCase() + camel.slice(1),
      lower.join('_').toUpperCase(),
      camel.replace(/Id$/, 'ID'),
    ]),
  ];
}

/** A whole part (host, date, header) that a variable stood for. */
function* wholeValues(slot: Slot, { variables }: Evidence): Generator<ValueMove> {
  const { from } = slot.source;
  if (
    !['host', 'date', 'header', 'content-hash', 'literal', 'method'].includes(from) ||
    typeof slot.value !== 'string' ||
    slot.value === ''
  )
    return;
  const own: Readonly<Record<string, readonly string[]>> = {
    host: endpointNames,
    date: [
      'date',
      'timestamp',
      'time',
      'now',
      'x-ms-date',
      'dateStr',
      'x-timestamp',
      '$timestamp',
      '$isoTimestamp',
      'utcDate',
      'requestDate',
    ],
    'content-hash': ['hash', 'contentHash', 'body', 'contentMd5', 'md5', 'hashedBodyStr', 'content-md5'],
    header: ['contentType', 'content-type', 'Content-Type', slot.name],
    method: ['method', 'verb'],
  };
  const named = [...variables].filter(([, value]) => value === slot.value).map(([name]) => name);
  for (const name of new Set([...named, ...(own[from] ?? [])])) {
    for (const { write, cost } of syntaxes.slice(0, 9)) {
      const placeholder = write(name);
      yield {
        detail: `${placeholder}; the request went out with its value ${brief(slot.value)}`,
        cost: (named.includes(name) ? 1 : write === syntaxes[0]?.write ? 2 : 3) + cost,
        value: placeholder,
      };
    }
  }
  for (const [name, value] of variables) {
    if (value === '' || value === slot.value || !slot.value.includes(value)) continue;
    for (const { write, cost } of syntaxes.slice(0, 9)) {
      yield {
        detail: `${write(name)}; the request went out with its value ${brief(value)}`,
        cost: 1 + cost,
        value: slot.value.replaceAll(value, write(name)),
      };
    }
  }
}

const leafLimit = 60;

/** Placeholders in the body: for each value by its own key's name and usual ones, and for the user's variables wherever they stand. */
function* bodies(text: string | undefined, { variables }: Evidence): Generator<BodyMove> {
  if (text === undefined || text === '') return;
  const named = [...variables].filter(([, value]) => value !== '' && text.includes(value));
  for (const { write, cost } of syntaxes.slice(0, 9)) {
    for (const [name, value] of named)
      yield bodyMove(text.replaceAll(value, write(name)), [[write(name), value]], 1 + cost);
    if (named.length > 1) {
      let all = text;
      for (const [name, value] of named) all = all.replaceAll(value, write(name));
      yield bodyMove(
        all,
        named.map(([name, value]) => [write(name), value] as const),
        1 + cost,
      );
    }
  }
  const root = parseJson(text);
  if (!root) return;
  const leaves: { start: number; end: number; value: string; names: string[]; quoted: boolean }[] = [];
  for (const { node, key, path } of jsonNodes(root)) {
    if (node.kind !== 'string' && node.kind !== 'number') continue;
    const quoted = node.kind === 'string';
    const parent = path
      .split('.')
      .at(-2)
      ?.replace(/\[\d+\]$/, '');
    const names = [
      ...new Set(
        [
          key,
          parent,
          parent !== undefined && key !== undefined ? parent + key.slice(0, 1).toUpperCase() + key.slice(1) : undefined,
        ].flatMap((name) => (name === undefined ? [] : spellings(name))),
      ),
    ];
    leaves.push({
      start: node.start + (quoted ? 1 : 0),
      end: node.end - (quoted ? 1 : 0),
      value: (node as JsonScalar).text,
      names,
      quoted,
    });
    if (leaves.length === leafLimit) break;
  }
  for (const { write, cost } of syntaxes.slice(0, 7)) {
    for (const leaf of leaves) {
      const put = (name: string, more: number, start = leaf.start, end = leaf.end): BodyMove =>
        bodyMove(text.slice(0, start) + write(name) + text.slice(end), [[write(name), leaf.value]], 1 + cost + more);
      for (const name of new Set([...leaf.names, ...variables.keys()])) {
        yield put(name, name === leaf.names[0] || variables.has(name) ? 0 : 1);
        // A number that a template writes without quotes, or a string whose quotes came with the value.
        if (leaf.quoted) yield put(name, 2, leaf.start - 1, leaf.end + 1);
      }
      for (const name of [...usualNames, ...dynamicNames]) if (!leaf.names.includes(name)) yield put(name, 2);
    }
    yield* severalLeaves(text, leaves, write, cost);
  }
}

/** Two or more leaves, each by its own key. */
function* severalLeaves(
  text: string,
  leaves: readonly { start: number; end: number; value: string; names: string[] }[],
  write: Syntax,
  cost: number,
): Generator<BodyMove> {
  const considered = leaves.slice(0, 14);
  const put = (chosen: readonly (typeof leaves)[number][]): BodyMove => {
    let body = text;
    for (const leaf of chosen.toReversed())
      body = body.slice(0, leaf.start) + write(leaf.names[0] ?? 'value') + body.slice(leaf.end);
    return bodyMove(
      body,
      chosen.map((leaf) => [write(leaf.names[0] ?? 'value'), leaf.value] as const),
      2 + cost,
    );
  };
  for (const [index, left] of considered.entries()) {
    for (const right of considered.slice(index + 1)) yield put([left, right]);
  }
  if (considered.length > 2 && considered.length <= 8) yield put(considered);
}

function bodyMove(
  body: string,
  placeholders: readonly (readonly [placeholder: string, value: string])[],
  cost: number,
): BodyMove {
  return {
    detail: placeholders
      .map(([placeholder, value]) => `${placeholder}; the request went out with its value ${brief(value)}`)
      .join(', and '),
    cost,
    body,
  };
}
