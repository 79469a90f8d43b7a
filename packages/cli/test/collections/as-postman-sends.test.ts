import { headerValue, type Message } from '@countersign/core/message';
import { messageFromIncoming } from '@countersign/core/receive';
import { readRequests } from '@countersign/core/requests/read-requests';
import { beforeAll, describe, expect, test } from 'vitest';
import { runCollection, type RunRequest } from '../../src/collections/run-collection.ts';

// What a collection's reader builds without running it is what Postman's own runtime sends where there is no script.

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const url = (path: string, more: object = {}): object => ({
  raw: '',
  protocol: 'https',
  host: ['api', 'x', 'example'],
  path: path.split('/'),
  ...more,
});
const raw = (text: string, language?: string): object => ({
  mode: 'raw',
  raw: text,
  ...(language !== undefined && { options: { raw: { language } } }),
});
const pairs = (...list: readonly (readonly [string, unknown])[]): object[] =>
  list.map(([key, value]) => ({ key, value }));
const post = (body: object, more: object = {}): object => ({
  method: 'POST',
  header: [],
  url: url('a'),
  body,
  ...more,
});

const requests: Readonly<Record<string, unknown>> = {
  'a URL alone': 'https://api.x.example/a?b=c',
  'a URL without its protocol': { method: 'GET', url: 'api.x.example/a' },
  'a URL of a host alone': { method: 'GET', url: 'https://API.x.example' },
  'a URL with a port, also the usual one': { method: 'GET', url: 'https://api.x.example:443/a' },
  'a URL with another port': {
    method: 'GET',
    url: { protocol: 'http', host: ['localhost'], port: '7509', path: ['a'] },
  },
  'a host given as a text': { method: 'GET', url: { protocol: 'https', host: '{{sub}}.x.example', path: '/a/b' } },
  'a variable of protocol and host in one': { method: 'GET', url: { host: ['{{endpoint}}'], path: ['a'] } },
  'variables in path, query and fragment': {
    method: 'GET',
    url: 'https://x.example/{{name}}:play?to={{text}}&x=%zz#{{name}}',
  },
  'values that hold variables': { method: 'GET', url: '{{endpoint}}/{{outer}}' },
  'path variables': {
    method: 'GET',
    url: url('v1/:id/:file.json/:none/x:id', {
      variable: pairs(['id', 'a b/{{name}}'], ['file', 'é'], ['none', '']),
    }),
  },
  'characters that URLs cannot hold': {
    method: 'GET',
    url: url('a b/é/"<>`{}[]|^~!$\'()*+,;=@%41%', { query: pairs(['q"#é{}[]|^`\\', "a b&c=d'e<f>"], ['+', '%20+']) }),
  },
  'backslashes and slashes that are doubled': { method: 'GET', url: 'https:////x.example\\a//b\\\\c/?d=\\e' },
  'a query with parameters that are switched off, empty or without a value': {
    method: 'GET',
    url: url('a', {
      query: [
        { key: 'off', value: '1', disabled: true },
        { key: 'k', value: null },
        { key: 'e', value: '' },
        { key: null, value: 'v' },
        { key: '', value: '' },
        { key: 'a=b', value: 'c=d#e' },
        { key: 'k', value: '{{text}}' },
      ],
    }),
  },
  'a query of which all is switched off': {
    method: 'GET',
    url: url('a', { query: [{ key: 'off', value: '1', disabled: true }] }),
  },
  'a user and a password in the URL': { method: 'GET', url: 'https://me:p%40ss@x.example/a' },
  'headers, some of them switched off, one of them twice': {
    method: 'GET',
    url: url('a'),
    header: [
      { key: 'X-One', value: ' {{text}} ' },
      { key: 'x-off', value: '1', disabled: true },
      { key: 'X-Two', value: 'a' },
      { key: 'X-Two', value: 'b' },
      { key: '', value: 'nameless' },
      { key: 'X-{{name}}', value: '' },
    ],
  },
  'headers as a text': { method: 'GET', url: url('a'), header: 'X-One: 1\nX-Two: {{name}}\n' },
  'headers that Postman would add': {
    method: 'POST',
    url: url('a'),
    header: pairs(['User-Agent', 'mine'], ['accept', 'text/x'], ['Host', 'other.example'], ['content-type', 'text/y']),
    body: raw('z', 'json'),
  },
  'a raw body': post(raw('{"a":"{{text}}","b":"é 😀"}\n')),
  'a raw body of a language': post(raw('{"a":1}', 'json')),
  'a raw body of XML': post(raw('<a/>', 'xml')),
  'a raw body that is empty': post(raw('')),
  'a body that is switched off': post({ ...raw('x'), disabled: true }),
  'no body': { method: 'POST', url: url('a') },
  'a body of GET': { method: 'GET', url: url('a'), body: raw('x') },
  'a method of its own, in small letters': { method: 'delete', url: url('a') },
  'a form': post({
    mode: 'urlencoded',
    urlencoded: [
      { key: 'a b', value: "c&d=é'()*!~" },
      { key: 'off', value: '1', disabled: true },
      { key: 'two', value: '1' },
      { key: 'three', value: '{{text}}' },
      { key: 'two', value: '2' },
      { key: 'empty', value: '' },
    ],
  }),
  'a form of which all is switched off': post({
    mode: 'urlencoded',
    urlencoded: [{ key: 'off', value: '1', disabled: true }],
  }),
  'GraphQL with variables as a text': post({
    mode: 'graphql',
    graphql: { query: '{ a(b: "{{text}}") }', variables: '{\n "x": 1 }' },
  }),
  'GraphQL without variables': post({
    mode: 'graphql',
    graphql: { query: '{ a }', operationName: 'q', variables: '' },
  }),
  'Basic authorization': {
    method: 'GET',
    url: url('a'),
    auth: { type: 'basic', basic: pairs(['username', '{{name}}'], ['password', 'é:']) },
  },
  'a bearer token': { method: 'GET', url: url('a'), auth: { type: 'bearer', bearer: pairs(['token', '{{name}}']) } },
  'a key in a header': {
    method: 'GET',
    url: url('a'),
    header: pairs(['X-Key', 'mine']),
    auth: { type: 'apikey', apikey: pairs(['key', 'x-key'], ['value', '{{text}}'], ['in', 'header']) },
  },
  'a key in the query': {
    method: 'GET',
    url: url('a', { query: pairs(['b', 'c']) }),
    auth: { type: 'apikey', apikey: pairs(['key', 'key'], ['value', 'a b'], ['in', 'query']) },
  },
};

const collection = {
  info: { name: 'all', schema },
  variable: [
    ...pairs(
      ['endpoint', 'https://{{sub}}.x.example'],
      ['sub', 'of-the-collection'],
      ['name', 'n-1'],
      ['text', 'a b&é'],
    ),
    ...pairs(['outer', '{{inner}}'], ['inner', '{{name}}/{{name}}']),
    { key: 'sub', value: 'switched-off', disabled: true },
  ],
  item: Object.entries(requests).map(([name, request]) => ({ name, request })),
};

const added = new Set(['cache-control', 'postman-token', 'user-agent']);
const shown = ({ method, target, headers, body }: Message): object => ({
  method,
  target,
  host: headerValue(headers, 'host'),
  headers: headers
    .map(([name, value]) => `${name.toLowerCase()}: ${value}`)
    .filter((line) => !added.has(line.split(':', 1)[0] ?? ''))
    .toSorted(),
  body: Buffer.from(body as Uint8Array).toString('utf8'),
});

let sent: readonly RunRequest[];
const environment = [{ key: 'sub', value: 'of-the-environment' }];
beforeAll(async () => {
  const run = await runCollection({ collection, environment, globals: [{ key: 'name', value: 'global' }], data: {} });
  expect(run.problems).toEqual([]);
  sent = run.requests;
});

describe('a request is read from a collection as Postman sends it:', () => {
  test.each(Object.keys(requests).map((name, index) => [name, index] as const))('%s', async (_, index) => {
    const read = await readRequests(JSON.stringify(collection), { variables: { sub: 'of-the-environment' } });
    const [message] = read.filter(({ entry }) => entry?.index === index).map((one) => one.message);
    const [actual] = sent.filter(({ item }) => item === index);
    if (!message || !actual) throw new Error('it was not sent, or not read');
    const { method, target, headers, body } = actual;
    const incoming = { method, url: target, rawHeaders: headers.flat() };
    expect(shown(message)).toEqual(shown(messageFromIncoming(incoming, Buffer.from(body, 'base64'))));
  });
});
