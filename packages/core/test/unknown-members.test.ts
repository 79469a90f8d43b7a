import { defineScheme, describeSource, type Scheme } from '@countersign/core/scheme';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { describe, expect, test } from 'vitest';
import { malformed } from '../src/parts/readers.ts';
import { sources } from '../src/parts/sources.ts';

const { mac, date, contentHash, signedHeaders, authorization } = acsHmac;
const withPart = (part: object) => ({ parts: [...acsHmac.parts, part] });
const from = (source: object) => withPart({ name: 'x', source, after: '' });

/** What a scheme in JavaScript says wrongly, and what names it. */
const refused: readonly [what: string, change: object, problem: string][] = [
  [
    'an algorithm',
    { mac: { ...mac, algorithm: 'ed25519' } },
    '`mac.algorithm` must be one of md5, sha1, sha256, sha384, sha512, md5-suffix; it is "ed25519"',
  ],
  [
    'an encoding of the signature',
    { mac: { ...mac, encoding: 'base32' } },
    '`mac.encoding` must be one of base64, base64url, hex, upper-hex; it is "base32"',
  ],
  [
    'a misspelled member',
    { toleranceSecond: 5 },
    'it has the unknown member `toleranceSecond`; there are id, title, documentation, contentHash, date,',
  ],
  [
    'a member of the key',
    { key: { encoding: 'base64', length: 32 } },
    'key has the unknown member `length`; there are encoding',
  ],
  [
    'a member of the MAC',
    { mac: { ...mac, key: 'x' } },
    'mac has the unknown member `key`; there are algorithm, encoding',
  ],
  [
    'a member of the date',
    { date: { ...date, tolerance: 5 } },
    'date has the unknown member `tolerance`; there are headers, parameter, claim, leewaySeconds, format, toleranceSeconds, expires',
  ],
  [
    'a member of the content hash',
    { contentHash: { ...contentHash, algorithms: [] } },
    'contentHash has the unknown member `algorithms`; there are algorithm, encoding, header, parameter, claim, empty',
  ],
  [
    'a member of the list',
    { signedHeaders: { ...signedHeaders, further: ';' } },
    'signedHeaders has the unknown member `further`; there are accepted, furtherSeparator',
  ],
  [
    'a member of the place of the signature',
    { authorization: { ...authorization, query: 'sig' } },
    'authorization has the unknown member `query`; there are header, parameter, template, anyCaseWord, list, escaped, keyHeader',
  ],
  [
    'a member of the hints',
    { provider: { routes: [], hosts: [], paths: [] } },
    'provider has the unknown member `paths`; there are routes, documentedPaths, hosts',
  ],
  [
    'a member of a deviation',
    { deviations: [{ id: 'x', summary: '', part: 'host', rewrite: String, on: true }] },
    'deviations has the unknown member `on`; there are id, summary, part, rewrite',
  ],
  [
    'a member of a part',
    withPart({ name: 'x', source: { from: 'method' }, after: '', seperator: ';' }),
    'part "x" has the unknown member `seperator`; there are name, source, before, after, excludes',
  ],
  [
    'a source',
    from({ from: 'query-parameter', name: 'a' }),
    '`parts: source of x` must be one of method, target, host, header, content-hash, date, body, literal, url, url-with-hash, form, parameters, query-and-form, body-digest, resource, canonical-headers, canonical-resource, superseded-header, content-length, components, component, signature-params, token-header, token-claims; it is "query-parameter"',
  ],
  ['a source that every object has', from({ from: 'constructor' }), '`parts: source of x` must be one of method,'],
  [
    'a member of a source',
    from({ from: 'header', header: 'a', absent: 'blank', index: 1 }),
    'the source of part "x" has the unknown member `index`; there are from, header, absent',
  ],
  [
    'a member of another source',
    from({ from: 'host', header: 'host' }),
    'the source of part "x" has the unknown member `header`; there are from',
  ],
  [
    'a form of the target',
    from({ from: 'target', form: 'fragment' }),
    '`parts: form of x` must be one of as-sent, path, query; it is "fragment"',
  ],
  ['no text of a literal', from({ from: 'literal' }), '`parts: text of x` must be text; it is missing'],
  [
    'no separator',
    withPart({ name: 'x', source: { from: 'method' } }),
    '`parts: after of x` must be text; it is missing',
  ],
  [
    'no source',
    withPart({ name: 'x', after: '' }),
    '`parts: source of x` must be a source, `{ from: … }`; it is missing',
  ],
  ['no part', { parts: [null] }, '`parts: each` must be an object'],
  [
    'no list of date headers',
    { date: { ...date, headers: 'date' } },
    '`date.headers` must be a list of names of headers in lower case; it is other text',
  ],
  [
    'no lists',
    { signedHeaders: { accepted: ['date;host'] } },
    '`signedHeaders.accepted` must be a list of lists of names of headers in lower case; it is a list',
  ],
  ['no title', { title: undefined }, '`title` must be text, and not empty; it is missing'],
  [
    'no function of a deviation',
    { deviations: [{ id: 'x', summary: '', part: 'host', rewrite: 'x' }] },
    '`deviations.rewrite` must be a function; it is other text',
  ],
  [
    'a field of the template',
    { authorization: { ...authorization, template: '{key-id}:{signature}' } },
    'an unknown field {key-id}; its fields are {signature}, {keyId}, {signedHeaders}, {date}',
  ],
];

describe('a scheme written without types is refused when it is defined', () => {
  test.each(refused)('for %s that there is not', (_, change, problem) => {
    const define = () => defineScheme({ ...acsHmac, ...change } as Scheme);
    expect(define).toThrow(TypeError);
    expect(define).toThrow(
      `scheme "acs-hmac": ${problem.startsWith('an unknown') ? 'the authorization template has ' : ''}${problem}`,
    );
  });

  test('for its key, which is not shown: the secret itself may stand there', () => {
    const define = () => defineScheme({ ...acsHmac, key: { encoding: 'c2VjcmV0' } } as never);
    expect(define).toThrow('`key.encoding` must be one of base64, hex, utf8, whsec; it is other text');
  });
});

describe('every source of the table', () => {
  const row = Object.entries(sources);
  const values: Readonly<Record<string, object>> = {
    header: { header: 'x', absent: 'refused' },
    target: { form: 'path' },
    literal: { text: 'x' },
    url: { form: 'as-sent' },
    'url-with-hash': { parameter: 'x' },
    parameters: { in: 'query' },
    'body-digest': { algorithm: 'sha256' },
    'canonical-headers': { prefix: 'x-' },
    'canonical-resource': { form: 'lite' },
    'superseded-header': { header: 'a', by: 'b' },
    resource: { field: 'x' },
    component: { component: '@scheme' },
  };
  const ownEnds = [
    'components',
    'body',
    'form',
    'parameters',
    'query-and-form',
    'canonical-headers',
    'canonical-resource',
  ];

  test.each(row)('%s: a value that senders write as they like cannot hold a line break', (name, source) => {
    const given = { from: name, ...values[name] };
    const holds = source.holds(given as never, acsHmac);
    // What may hold letters of any kind is of no strict form. A body is bytes, decoded parameters hold what people wrote, and
    // canonical forms look at each of their values themselves: the ends of those are told apart by what stands around them.
    const isFree = !ownEnds.includes(name) && (holds?.test('ü') ?? false);
    expect(isFree).toBe(malformed[name] !== undefined);
    expect(isFree && holds?.test('\n')).toBe(false);
  });

  test.each(row)('%s: what it is, in words', (name) => {
    expect(describeSource({ from: name, ...values[name] } as never, acsHmac)).toMatch(/^[a-z].*[a-z0-9]$/i);
  });
});

test('what a part comes from is said in words', () => {
  expect(acsHmac.parts.map(({ source }) => describeSource(source, acsHmac))).toEqual([
    'the method',
    'path and query as sent',
    'the date in x-ms-date or date',
    'the Host header',
    "base64 of the body's SHA256",
  ]);
  expect(sinchApplication.parts.map(({ source }) => describeSource(source, sinchApplication))).toEqual([
    'the method',
    "base64 of the body's MD5, blank for an empty body",
    'the header content-type',
    'the date in x-timestamp',
    'path as sent, no query',
  ]);
});
