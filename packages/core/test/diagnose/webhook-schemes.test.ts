import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { diagnose, type MistakeId } from '@countersign/core/diagnose';
import { message, type Header } from '@countersign/core/message';
import { defineScheme } from '@countersign/core/scheme';

// Three schemes of kinds that the built-in ones are not: the parts and data are all that the search knows of them.

const mac = (key: string | Buffer, text: string | Buffer, encoding: 'hex' | 'base64' = 'hex'): string =>
  createHmac('sha256', key).update(text).digest(encoding);
const ids = (found: { mistakes: readonly { id: string }[] }): string[] => found.mistakes.map(({ id }) => id);

describe('a webhook that signs version, time and body', () => {
  const scheme = defineScheme({
    id: 'chat-webhook',
    title: 'A chat service’s webhook',
    documentation: 'https://example.com/',
    key: { encoding: 'utf8' },
    mac: { algorithm: 'sha256', encoding: 'hex' },
    date: { headers: ['x-request-timestamp'], format: 'epoch-seconds', toleranceSeconds: 300 },
    authorization: { header: 'x-signature', template: 'v0={signature}' },
    parts: [
      { name: 'version', source: { from: 'literal', text: 'v0' }, after: ':' },
      { name: 'time', source: { from: 'date' }, after: ':' },
      { name: 'body', source: { from: 'body' }, after: '' },
    ],
    deviations: [],
  });
  const secret = 'whsec_8f742231b10e8888abcd99yyyzzz85a5';
  const seconds = '1716800887';
  const json = '{"event":{"text":"Café \\u0026 <b>","user":"U1"},"link":"https:\\/\\/example.com","n":1.0}';
  const form = 'token=abc&text=a+b*&empty=&user_name=Jos%C3%A9';
  const judge = (signature: string, body = json, headers: Header[] = [], key = secret) =>
    diagnose(
      scheme,
      { secret: key },
      message({
        method: 'POST',
        url: '/hook',
        headers: [
          ['Host', 'app.example.com'],
          ['X-Request-Timestamp', seconds],
          ['X-Signature', signature],
          ...headers,
        ],
        body,
      }),
      { now: new Date(Number(seconds) * 1000), budget: { ms: 10_000 } },
    );
  const of = (body: string | Buffer, key: string | Buffer = secret, time = seconds): string =>
    `v0=${mac(key, Buffer.concat([Buffer.from(`v0:${time}:`), Buffer.from(body)]))}`;
  const parsed = JSON.parse(json) as { event: unknown };

  test('a right signature is right', () => {
    expect(judge(of(json)).verdict).toBe('valid');
    expect(judge(of(form), form).verdict).toBe('valid');
  });

  test.each<[MistakeId, string, string]>([
    ['key/stray-characters', 'a newline after the key', of(json, `${secret}\n`)],
    ['key/stray-characters', 'the key in quotes', of(json, `"${secret}"`)],
    ['key/prefix', 'the prefix left away', of(json, secret.slice(6))],
    ['key/encoding', 'the key decoded as base64', of(json, Buffer.from(secret, 'base64'))],
    ['key/encoding', 'the key cut to 32 bytes', of(json, secret.slice(0, 32))],
    ['key/other', 'no key', of(json, '')],
    ['body/reserialized', 'JSON.stringify of the parsed body', of(JSON.stringify(parsed))],
    [
      'body/reserialized',
      'json.dumps of the parsed body',
      of('{"event": {"text": "Caf\\u00e9 & <b>", "user": "U1"}, "link": "https://example.com", "n": 1.0}'),
    ],
    ['body/missing', 'an empty body', of('')],
    ['body/missing', '[object Object]', of('[object Object]')],
    ['body/charset', 'ASCII with question marks', of(json.replace('é', '?'))],
    ['body/newlines', 'a newline after the body', of(`${json}\n`)],
    ['body/transport-encoding', 'the base64 text of the body', of(Buffer.from(json).toString('base64'))],
    ['body/part-only', 'one member', of(JSON.stringify(parsed.event))],
    ['date/unit', 'milliseconds', of(json, secret, `${seconds}000`)],
    ['date/not-the-one-sent', 'three seconds later', of(json, secret, String(Number(seconds) + 3))],
    ['layout/separator', 'dots', `v0=${mac(secret, `v0.${seconds}.${json}`)}`],
    ['layout/order', 'time last', `v0=${mac(secret, `v0:${json}:${seconds}`)}`],
    ['layout/part-missing', 'no version', `v0=${mac(secret, `${seconds}:${json}`)}`],
    ['layout/part-missing', 'the body alone', `v0=${mac(secret, json)}`],
    [
      'layout/trailing-newline',
      'a newline at the end of a form',
      of(json) && `v0=${mac(secret, `v0:${seconds}:${json}\r`)}`,
    ],
    ['digest/encoding', 'base64', `v0=${mac(secret, `v0:${seconds}:${json}`, 'base64')}`],
    ['digest/encoding', 'upper case', `v0=${mac(secret, `v0:${seconds}:${json}`).toUpperCase()}`],
    [
      'digest/encoding',
      'hexadecimal of hexadecimal',
      `v0=${Buffer.from(mac(secret, `v0:${seconds}:${json}`)).toString('hex')}`,
    ],
    ['digest/algorithm', 'SHA-1', `v0=${createHmac('sha1', secret).update(`v0:${seconds}:${json}`).digest('hex')}`],
    [
      'digest/not-hmac',
      'a hash of key and text',
      `v0=${createHash('sha256').update(`${secret}v0:${seconds}:${json}`).digest('hex')}`,
    ],
    ['key/swapped-with-message', 'arguments swapped', `v0=${mac(`v0:${seconds}:${json}`, secret)}`],
    ['header/authorization-syntax', 'no v0=', mac(secret, `v0:${seconds}:${json}`)],
    ['header/authorization-syntax', 'the first digit lost', `v0=${mac(secret, `v0:${seconds}:${json}`).slice(1)}`],
  ])('%s: %s', (id, _, signature) => {
    expect(ids(judge(signature))).toEqual([id]);
  });

  test.each<[MistakeId, string, string]>([
    [
      'body/form-encoding',
      'the form encoded again by RFC 3986',
      of('token=abc&text=a%20b%2A&empty=&user_name=Jos%C3%A9'),
    ],
    ['body/form-encoding', 'empty parameters dropped', of('token=abc&text=a+b*&user_name=Jos%C3%A9')],
    ['body/form-encoding', 'sorted', of('empty=&text=a+b*&token=abc&user_name=Jos%C3%A9')],
  ])('%s: %s', (id, _, signature) => {
    expect(ids(judge(signature, form))).toEqual([id]);
  });
});

describe('a storage service that signs many headers', () => {
  const scheme = defineScheme({
    id: 'storage-key',
    title: 'A storage service’s shared key',
    documentation: 'https://example.com/',
    key: { encoding: 'base64' },
    mac: { algorithm: 'sha256', encoding: 'base64' },
    date: { headers: ['x-date'], format: 'rfc1123', toleranceSeconds: 900 },
    authorization: { header: 'authorization', template: 'SharedKey {keyId}:{signature}' },
    parts: [
      { name: 'method', source: { from: 'method' }, after: '\n' },
      { name: 'length', source: { from: 'header', header: 'content-length', absent: 'blank' }, after: '\n' },
      { name: 'type', source: { from: 'header', header: 'content-type', absent: 'blank' }, after: '\n' },
      { name: 'accept-encoding', source: { from: 'header', header: 'accept-encoding', absent: 'blank' }, after: '\n' },
      { name: 'x-date', source: { from: 'date' }, before: 'x-date:', after: '\n' },
      { name: 'query', source: { from: 'target', form: 'query' }, after: '\n' },
      { name: 'path', source: { from: 'target', form: 'path' }, after: '' },
    ],
    deviations: [],
  });
  const secret = Buffer.from('a key of some storage account').toString('base64');
  const date = 'Mon, 27 May 2024 09:08:07 GMT';
  const body = '[{"x":"é"}]';
  const good = {
    method: 'POST',
    length: '12',
    type: 'application/json',
    encoding: 'gzip, br',
    label: 'x-date:',
    query: 'b=2&a=1&c=3',
    path: '/a/b',
  };
  const sign = (change: Partial<typeof good>): string => {
    const p = { ...good, ...change };
    return mac(
      Buffer.from(secret, 'base64'),
      [p.method, p.length, p.type, p.encoding, p.label + date, p.query, p.path].join('\n'),
      'base64',
    );
  };
  const judge = (signature: string) =>
    diagnose(
      scheme,
      { keyId: 'account', secret },
      message({
        method: 'POST',
        url: '/a/b?b=2&a=1&c=3',
        headers: [
          ['Host', 'account.example.com'],
          ['Content-Length', '12'],
          ['Content-Type', 'application/json'],
          ['Accept-Encoding', 'gzip, br'],
          ['X-Date', date],
          ['Authorization', `SharedKey account:${signature}`],
        ],
        body,
      }),
      { now: new Date(date), budget: { ms: 10_000 } },
    );

  test('a right signature is right', () => expect(judge(sign({})).verdict).toBe('valid'));

  test.each<[MistakeId, string, Partial<typeof good>]>([
    ['header/content-length', 'characters for bytes', { length: '11' }],
    ['header/content-length', 'blank', { length: '' }],
    ['header/content-type', 'with a charset', { type: 'application/json; charset=utf-8' }],
    ['header/changed-in-transit', 'identity', { encoding: 'identity' }],
    ['header/name-case', 'X-Date', { label: 'X-Date:' }],
    ['url/query-order', 'sorted', { query: 'a=1&b=2&c=3' }],
    ['url/query-omitted', 'left out', { query: '' }],
    ['url/absolute', 'whole URL', { path: 'https://account.example.com/a/b' }],
    ['url/path', 'first segment lost', { path: '/b' }],
    ['method/other', 'GET', { method: 'GET' }],
  ])('%s: %s', (id, _, change) => {
    expect(ids(judge(sign(change)))).toEqual([id]);
  });
});

describe('a payment service that signs its configured URL and the body', () => {
  const scheme = defineScheme({
    id: 'payment-webhook',
    title: 'A payment service’s webhook',
    documentation: 'https://example.com/',
    key: { encoding: 'utf8' },
    mac: { algorithm: 'sha256', encoding: 'base64' },
    authorization: { header: 'x-hmacsha256-signature', template: '{signature}' },
    parts: [
      { name: 'url', source: { from: 'literal', text: 'https://app.example.com/hook' }, after: '' },
      { name: 'body', source: { from: 'body' }, after: '' },
    ],
    deviations: [],
  });
  const judge = (text: string) =>
    diagnose(
      scheme,
      { secret: 'asdf-1234-secret' },
      message({
        method: 'POST',
        url: '/hook',
        headers: { Host: 'internal:8080', 'X-HmacSha256-Signature': mac('asdf-1234-secret', text, 'base64') },
        body: '{"a":1}',
      }),
    );

  test.each<[MistakeId, string, string]>([
    ['url/scheme', 'http behind a proxy', 'http://app.example.com/hook{"a":1}'],
    ['url/host', 'a trailing slash', 'https://app.example.com/hook/{"a":1}'],
    ['url/host', 'the host inside', 'https://internal:8080/hook{"a":1}'],
    ['layout/order', 'body and URL', '{"a":1}https://app.example.com/hook'],
    ['layout/part-missing', 'the body alone', '{"a":1}'],
  ])('%s: %s', (id, _, text) => {
    expect(ids(judge(text))).toEqual([id]);
  });
});
