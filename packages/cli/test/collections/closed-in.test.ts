import { createServer, type Server } from 'node:net';
import { createSocket } from 'node:dgram';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runCollection, type CollectionRun } from '../../src/collections/run-collection.ts';

// What a collection's scripts try reaches nobody: a server of this machine listens on TCP and UDP, and has to hear nothing.

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
interface Item {
  readonly name: string;
  readonly script: string;
  readonly request?: unknown;
  readonly more?: object;
}
const collectionOf = (items: readonly Item[]): object => ({
  info: { name: 'closed in', schema },
  item: items.map(({ name, script, request = 'http://127.0.0.1:PORT/own', more = {} }) => ({
    name,
    request,
    event: [{ listen: 'prerequest', script: { type: 'text/javascript', exec: script.split('\n') } }],
    ...more,
  })),
});

/** Sets a header with what a script found out. */
const found = (code: string): string => `let found;
try { found = String(${code}); } catch (error) { found = 'threw ' + error.message; }
pm.request.headers.upsert({ key: 'x-found', value: encodeURIComponent(found) });`;

const sending = (options: string): string => `pm.sendRequest(${options}, (error, response) => {
  pm.request.headers.upsert({ key: 'x-found', value: encodeURIComponent(String(error ?? response.code)) });
});`;

const tries: readonly Item[] = [
  { name: 'sends a request', script: sending("{ url: 'http://127.0.0.1:PORT/by-script', method: 'POST', body: 'x' }") },
  { name: 'sends one over TLS', script: sending("'https://127.0.0.1:PORT/by-script'") },
  { name: 'names a proxy', script: sending("{ url: 'http://x.example/a', proxy: { host: '127.0.0.1', port: PORT } }") },
  {
    name: 'names a proxy with a tunnel',
    script: sending("{ url: 'https://x.example/a', proxy: { host: '127.0.0.1', port: PORT, tunnel: true } }"),
  },
  { name: 'asks for a name', script: sending("'http://nobody-answers.x.example/'") },
  { name: 'asks for localhost', script: sending("'http://localhost:PORT/'") },
  { name: 'wants a module of Node', script: found("require('net').connect(PORT)") },
  { name: 'wants to read a file', script: found("require('fs').readFileSync('/etc/hostname', 'utf8')") },
  { name: 'wants the process', script: found('process.env.PATH') },
  {
    name: 'wants the process through a constructor',
    script: found("setTimeout.constructor('return process')().getBuiltinModule('net').connect(PORT)"),
  },
  { name: 'wants fetch', script: found("fetch('http://127.0.0.1:PORT/')") },
  {
    name: 'is redirected',
    script: '',
    request: 'http://127.0.0.1:PORT/redirected',
    more: {
      protocolProfileBehavior: { followRedirects: true, protocolVersion: 'http2' },
      response: [{ name: 'moved', code: 302, header: [{ key: 'Location', value: 'http://127.0.0.1:PORT/moved' }] }],
    },
  },
  { name: 'throws', script: "throw new TypeError('it is not there')" },
  { name: 'throws later', script: "(async () => { await null; throw new RangeError('it is too late'); })();" },
  { name: 'rejects with a text', script: "Promise.reject('no error');" },
  { name: 'comes last', script: found("'still here'") },
];

let tcp: Server;
const heard: string[] = [];
let run: CollectionRun;
let names: readonly string[];

beforeAll(async () => {
  tcp = createServer((socket) => {
    heard.push('TCP');
    socket.destroy();
  });
  await new Promise<void>((resolve) => void tcp.listen(0, '127.0.0.1', resolve));
  const { port } = tcp.address() as { port: number };
  const udp = createSocket('udp4', () => heard.push('UDP'));
  await new Promise<void>((resolve) => void udp.bind(port, '127.0.0.1', resolve));
  udp.unref();
  // The command's own environment does not reach the scripts' process.
  vi.stubEnv('HTTP_PROXY', `http://127.0.0.1:${port}`);
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${port}`);
  const json = JSON.stringify(collectionOf(tries)).replaceAll('PORT', String(port));
  run = await runCollection({ collection: JSON.parse(json), environment: [], globals: [], data: {} });
  names = tries.map(({ name }) => name);
});
afterAll(() => {
  vi.unstubAllEnvs();
  return new Promise((resolve) => void tcp.close(resolve));
});

const of = (name: string) => run.requests.filter(({ item }) => names[item] === name);
const foundBy = (name: string): string => {
  const own = of(name).find(({ byScript }) => !byScript);
  return decodeURIComponent(own?.headers.find(([header]) => header === 'x-found')?.[1] ?? '');
};

describe('a collection that is run', () => {
  test('sends each of its requests to memory, whatever its scripts do before', () => {
    expect(new Set(run.requests.filter(({ byScript }) => !byScript).map(({ item }) => names[item]))).toEqual(
      new Set(names),
    );
  });

  test('reaches no server, and asks for no name', () => expect(heard).toEqual([]));

  test.each([
    'sends a request',
    'sends one over TLS',
    'names a proxy',
    'names a proxy with a tunnel',
    'asks for a name',
  ])('has its script answered from memory, too: %s', (name) => {
    expect(foundBy(name)).toBe('200');
    expect(of(name).map(({ byScript }) => byScript)).toEqual([true, false]);
  });

  test.each([
    ['wants a module of Node', "threw Cannot find module 'net'"],
    ['wants to read a file', 'threw '],
    ['wants the process', 'threw process is not defined'],
    ['wants the process through a constructor', 'threw process is not defined'],
    ['wants fetch', 'threw fetch is not defined'],
  ])('gives its scripts nothing of Node: one %s', (name, what) => expect(foundBy(name)).toContain(what));

  test('follows no redirect out of memory', () => {
    expect(of('is redirected').map(({ target }) => target)).toEqual(['/redirected']);
  });

  test('tells what a script threw, and sends its request all the same, as Postman does', () => {
    const item = names.indexOf('throws');
    expect(run.problems[0]).toEqual({ kind: 'problem', item, of: 'prerequest', message: 'TypeError: it is not there' });
    expect(of('throws')).toHaveLength(1);
  });

  test('tells what an asynchronous function threw, and goes on, too', () => {
    expect(run.problems.slice(1).map(({ item, of: phase, message }) => [names[item], phase, message])).toEqual([
      ['throws later', 'prerequest', 'RangeError: it is too late'],
      ['rejects with a text', 'prerequest', 'Error: no error'],
    ]);
    for (const name of ['throws later', 'rejects with a text', 'comes last']) expect(of(name)).toHaveLength(1);
  });

  test('keeps the real Host', () => {
    expect(of('asks for a name')[0]?.headers).toContainEqual(['Host', 'nobody-answers.x.example']);
  });
});
