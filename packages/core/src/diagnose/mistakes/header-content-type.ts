import { contentTypeFixes } from '../fixes/headers.ts';
import { type Departure, sayDeparture } from '../search/departure.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';

/** What of the content type was signed differently. */
type Signed = {
  readonly kind: 'case' | 'header line' | 'nothing' | 'parameters' | 'spacing' | 'twice' | 'type' | 'word';
};

/** How libraries and people write the charset, the usual ones first. */
const charsets = [
  '; charset=utf-8',
  ';charset=utf-8',
  '; charset=UTF-8',
  ';charset=UTF-8',
  '; charset="utf-8"',
  ';charset="utf-8"',
  '; charset="UTF-8"',
  ';charset="UTF-8"',
  '; charset=utf8',
  ';charset=utf8',
  '; charset=UTF8',
  ';charset=UTF8',
  '; charset=Utf-8',
  ' ; charset=utf-8',
  ' ;charset=utf-8',
  '; Charset=utf-8',
  '; Charset=UTF-8',
  '; CHARSET=UTF-8',
  '; charset=us-ascii',
  '; charset=iso-8859-1',
  '; charset=ISO-8859-1',
  ';charset=ISO-8859-1',
  ';',
  '; ',
];
const usualCharsets = charsets.slice(0, 4);

const types = [
  'application/json',
  'application/x-www-form-urlencoded',
  'text/plain',
  'application/octet-stream',
  'multipart/form-data',
  'text/html',
  'application/xml',
  'text/xml',
  'text/json',
  '*/*',
  'json',
  'application/*',
  'application/x-json',
  'application/json, text/plain, */*',
  'application/merge-patch+json',
  'application/problem+json',
  'application/vnd.api+json',
  'application/soap+xml',
];

/** Content types that a client sets by itself, and when it does. */
const defaults: readonly (readonly [type: RegExp, whose: string])[] = [
  [/^text\/plain;charset=UTF-8$/, 'fetch sets this for a text when it is given no content type'],
  [/^application\/x-www-form-urlencoded$/, 'curl and many others set this for data that is given no content type'],
  [/^text\/plain; charset=utf-8$/, 'StringContent of .NET sets this when it is given no content type'],
];

/** Another content type than the one that was sent: as it was before a client library set it, or spelled otherwise. */
export const headerContentType: MistakeClass<Signed | Departure> = {
  id: 'header/content-type',
  rank: 360,
  needs: 'content-type',
  usualFrom: ['dotnet', 'javascript'],
  values: ({ source, value }) =>
    source.from === 'header' && source.header === 'content-type' && typeof value === 'string' ? spellings(value) : [],
  speaksOf: (find) =>
    find.kind === 'departure' && find.subject === 'header' && find.header === 'content-type' ? find : undefined,
  say: (detail, { yours, expected }) => {
    if (detail.kind === 'departure') return sayDeparture(detail);
    if (expected === '') return `You signed the content type "${yours}"; the request was sent without one.`;
    const signed = yours === '' ? 'You signed no content type' : `You signed the content type "${yours}"`;
    return `${signed}; "${expected}" was sent${because(detail, yours, expected)}.`;
  },
  fixes: contentTypeFixes,
};

function because(detail: Signed, yours: string, expected: string): string {
  if (detail.kind === 'case') return ', which differs in capital letters alone';
  if (detail.kind === 'spacing') return ', which differs in white space or quotes alone';
  const whose = defaults.find(([type]) => type.test(expected))?.[1];
  if (whose !== undefined) return `: ${whose}`;
  if (detail.kind !== 'parameters') return '';
  if (expected.startsWith(yours)) return ': your HTTP client added what follows it';
  return yours.startsWith(expected) ? ', without what follows it' : ', whose parameters are written otherwise';
}

function* spellings(sent: string): Generator<ValueMove<Signed>> {
  const bare = sent.split(';')[0]?.trim() ?? '';
  if (sent.includes(';')) yield { detail: { kind: 'parameters' }, cost: 1, value: bare };
  yield { detail: { kind: 'nothing' }, cost: 1, value: '' };
  if (bare !== '')
    for (const charset of usualCharsets) yield { detail: { kind: 'parameters' }, cost: 1, value: bare + charset };
  for (const type of types.slice(0, 3)) yield { detail: { kind: 'type' }, cost: 1, value: type };
  for (const word of ['undefined', 'null', 'None', 'nil', 'false'])
    yield { detail: { kind: 'word' }, cost: 1, value: word };
  for (const value of inOtherCase(sent)) yield { detail: { kind: 'case' }, cost: 2, value };
  if (bare !== '' && bare !== sent)
    for (const value of inOtherCase(bare)) yield { detail: { kind: 'parameters' }, cost: 2, value };
  yield* spacings(sent);
  for (const type of types) {
    yield { detail: { kind: 'type' }, cost: 2, value: type };
    for (const charset of usualCharsets) yield { detail: { kind: 'type' }, cost: 2, value: type + charset };
  }
  if (sent === '') return;
  for (const value of [`content-type:${sent}`, `Content-Type: ${sent}`])
    yield { detail: { kind: 'header line' }, cost: 2, value };
  yield { detail: { kind: 'twice' }, cost: 2, value: `${sent}, ${sent}` };
  for (const charset of charsets.slice(usualCharsets.length))
    yield { detail: { kind: 'parameters' }, cost: 2, value: bare + charset };
  for (const written of inOtherCase(bare))
    for (const charset of usualCharsets) yield { detail: { kind: 'parameters' }, cost: 3, value: written + charset };
  for (const type of types.slice(0, 3))
    for (const value of inOtherCase(type)) yield { detail: { kind: 'type' }, cost: 3, value };
}

/** `application/json` as `Application/JSON`, `application/JSON`, `Application/Json` and others. */
function inOtherCase(text: string): Set<string> {
  const capitalized = text.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
  const slash = text.indexOf('/') + 1;
  const end = /[;,]/.exec(text)?.index ?? text.length;
  const [type, subtype, rest] = [text.slice(0, slash), text.slice(slash, end), text.slice(end)];
  const first = type.slice(0, 1).toUpperCase() + type.slice(1);
  return new Set([
    text.toLowerCase(),
    text.toUpperCase(),
    capitalized,
    first + subtype.toUpperCase() + rest,
    type + subtype.toUpperCase() + rest,
    first + subtype + rest,
    type + subtype.slice(0, 1).toUpperCase() + subtype.slice(1) + rest,
    type.toUpperCase() + subtype + rest,
    type.toLowerCase() + subtype.toLowerCase() + rest,
    text.slice(0, end) + rest.toLowerCase(),
    text.slice(0, end) + rest.toUpperCase(),
  ]);
}

function* spacings(sent: string): Generator<ValueMove<Signed>> {
  if (sent === '') return;
  for (const value of [
    sent.replace(/\s+/g, ''),
    sent.replace(/\s*;\s*/g, '; '),
    sent.replaceAll('"', ''),
    `"${sent}"`,
    `${sent} `,
    ` ${sent}`,
  ])
    yield { detail: { kind: 'spacing' }, cost: 2, value };
}
