import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { diagnose } from '@countersign/core/diagnose';
import { message } from '@countersign/core/message';
import { defineScheme, type PartRule, type Scheme } from '@countersign/core/scheme';

interface Printed {
  id: string;
  algorithm: 'sha1' | 'sha256' | 'md5';
  encoding: 'base64' | 'hex';
  key?: string;
  message: string;
  right: string;
  wrong: string;
  wrongMessage?: string;
  mistakes: string[];
}

const { vectors } = JSON.parse(
  readFileSync(new URL('../../../../vectors/diagnosis/printed.json', import.meta.url), 'utf8'),
) as { vectors: Printed[] };
const printed = (id: string): Printed => {
  const vector = vectors.find((one) => one.id === id);
  if (!vector) throw new Error(`no vector ${id}`);
  return vector;
};

const header = (name: string, after: string, before = ''): PartRule => ({
  name,
  source: { from: 'header', header: name, absent: 'blank' },
  before,
  after,
});

/** A scheme that nobody but this test knows. */
function ownScheme(vector: Printed, scheme: Partial<Scheme> & Pick<Scheme, 'parts'>): Scheme {
  return defineScheme({
    id: 'somebodys-own',
    title: 'A scheme defined in a test',
    documentation: 'https://example.com/',
    key: { encoding: 'utf8' },
    mac: { algorithm: vector.algorithm, encoding: vector.encoding },
    authorization: { header: 'x-signature', template: '{signature}' },
    deviations: [],
    ...scheme,
  });
}

test('Aliyun OSS, whose newlines were the two characters backslash and n', () => {
  const vector = printed('V01');
  const scheme = ownScheme(vector, {
    date: { headers: ['date'], format: 'rfc1123', toleranceSeconds: 900 },
    parts: [
      { name: 'method', source: { from: 'method' }, after: '\n' },
      header('content-md5', '\n'),
      header('content-type', '\n'),
      { name: 'date', source: { from: 'date' }, after: '\n' },
      header('x-oss-magic', '\n', 'x-oss-magic:'),
      header('x-oss-meta-author', '\n', 'x-oss-meta-author:'),
      { name: 'resource', source: { from: 'target', form: 'path' }, after: '' },
    ],
  });
  const received = (signature: string) =>
    message({
      method: 'PUT',
      url: '/oss-example/nelson',
      headers: {
        'content-md5': 'ODBGOERFMDMzQTczRUY3NUE3NzA5QzdFNUYzMDQxNEM=',
        'content-type': 'text/html',
        date: 'Thu, 17 Nov 2005 18:49:58 GMT',
        'x-oss-magic': 'abracadabra',
        'x-oss-meta-author': 'foo@bar.com',
        'x-signature': signature,
      },
    });
  const now = new Date('2005-11-17T18:49:58Z');
  expect(diagnose(scheme, { secret: vector.key ?? '' }, received(vector.right), { now }).verdict).toBe('valid');
  const found = diagnose(scheme, { secret: vector.key ?? '' }, received(vector.wrong), { now });
  expect(found.mistakes.map(({ id }) => id)).toEqual(vector.mistakes);
});

test('a key that the documentation calls base64 and the partner uses as text', () => {
  const vector = printed('V04');
  const scheme = ownScheme(vector, {
    date: { headers: ['time'], format: 'iso8601', toleranceSeconds: 60 },
    parts: [
      { ...header('account', ':'), excludes: ':' },
      { ...header('nonce', ':'), excludes: ':' },
      { name: 'time', source: { from: 'date' }, after: '' },
    ],
  });
  const headers = {
    account: '123456',
    nonce: 'some-string',
    time: '2016-04-12T12:44:16Z',
    'x-signature': vector.wrong,
  };
  const found = diagnose(scheme, { secret: vector.key ?? '' }, message({ url: '/', headers }));
  expect(found.mistakes.map(({ id }) => id)).toEqual(vector.mistakes);
});

test('a hexadecimal key that one side decodes', () => {
  const vector = printed('V12');
  const scheme = ownScheme(vector, { parts: [{ name: 'body', source: { from: 'body' }, after: '' }] });
  const received = message({
    method: 'POST',
    url: '/',
    headers: { 'x-signature': vector.wrong },
    body: vector.message,
  });
  const found = diagnose(scheme, { secret: vector.key ?? '' }, received);
  expect(found.mistakes.map(({ id }) => id)).toEqual(vector.mistakes);
});

test('a content hash over what PHP’s json_encode made of the body', () => {
  const vector = printed('V13');
  const scheme = ownScheme(
    { ...vector, algorithm: 'sha256' },
    {
      contentHash: { algorithm: 'md5', encoding: 'hex', header: 'content-md5', empty: 'hashed' },
      parts: [
        { name: 'method', source: { from: 'method' }, after: '\n' },
        { name: 'hash', source: { from: 'content-hash' }, after: '' },
      ],
    },
  );
  const signature = createHmac('sha256', 'demosecretkey').update(`POST\n${vector.wrong}`).digest('hex');
  const headers = { 'content-md5': vector.wrong, 'x-signature': signature };
  const received = message({ method: 'POST', url: '/', headers, body: vector.message });
  const found = diagnose(scheme, { secret: 'demosecretkey' }, received);
  expect(found.mistakes.map(({ id }) => id)).toEqual(vector.mistakes);
  expect(found.mistakes[0]?.yours).toBe(vector.wrongMessage?.replaceAll('\\', '\\\\'));
});

// Searched to the end of a large budget: `npm run test:matrix`.
if (process.env['MATRIX'] === 'all') {
  test('Hawk, whose README prints the MAC of another path and query', () => {
    const vector = printed('V03');
    const scheme = ownScheme(vector, {
      date: { headers: ['ts'], format: 'epoch-seconds', toleranceSeconds: 60 },
      parts: [
        { name: 'type', source: { from: 'literal', text: 'hawk.1.header' }, after: '\n' },
        { name: 'ts', source: { from: 'date' }, after: '\n' },
        header('nonce', '\n'),
        { name: 'method', source: { from: 'method' }, after: '\n' },
        { name: 'resource', source: { from: 'target', form: 'as-sent' }, after: '\n' },
        { name: 'host', source: { from: 'host' }, after: '\n' },
        header('port', '\n'),
        header('hash', '\n'),
        header('ext', '\n'),
      ],
    });
    const headers = { host: 'example.com', ts: '1353832234', nonce: 'j4h3g2', port: '8000', ext: 'some-app-ext-data' };
    const received = (signature: string) =>
      message({ method: 'GET', url: '/resource?a=1&b=2', headers: { ...headers, 'x-signature': signature } });
    const now = new Date(1353832234000);
    expect(diagnose(scheme, { secret: vector.key ?? '' }, received(vector.right), { now }).verdict).toBe('valid');
    const found = diagnose(scheme, { secret: vector.key ?? '' }, received(vector.wrong), {
      now,
      budget: { ms: 60_000, candidates: 1_000_000 },
    });
    expect(found.mistakes.map(({ id }) => id).toSorted()).toEqual(vector.mistakes);
  });

  test('a scheme of two parts, whose string can be left with none, is searched to the end', () => {
    const scheme = defineScheme({
      id: 'two-parts',
      title: 'A URL and a hash',
      documentation: 'https://example.com/',
      key: { encoding: 'utf8' },
      mac: { algorithm: 'md5', encoding: 'base64' },
      contentHash: { algorithm: 'sha512', encoding: 'hex', empty: 'hashed' },
      authorization: { header: 'x-signature', template: '{signature}' },
      parts: [
        { name: 'url', source: { from: 'literal', text: 'https://hooks.example.com/voice' }, after: '\n' },
        { name: 'content-hash', source: { from: 'content-hash' }, after: '' },
      ],
    });
    const signature = createHmac('md5', 'demosecretkey').update('something else').digest('base64');
    const received = message({ method: 'POST', url: '/', headers: { 'x-signature': signature }, body: '{"a":1}' });
    expect(diagnose(scheme, { secret: 'demosecretkey' }, received).verdict).toBe('unexplained');
  });
}
