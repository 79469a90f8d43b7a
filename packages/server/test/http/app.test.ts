import { once } from 'node:events';
import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import type { Exchange } from '../../src/exchanges/exchange.ts';
import { Journal } from '../../src/exchanges/journal.ts';
import { rawRequest } from '../../src/exchanges/raw-request.ts';
import { createHttpApp } from '../../src/http/app.ts';
import { answerUnknownPaths } from '../../src/http/unknown-paths.ts';
import { clientOf } from '../../../../tools/client-of.ts';
import { rawText, sendBytes } from './raw-http.ts';

const running: FastifyInstance[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((app) => app.close()));
});

async function start(bodyLimitBytes = 1_000, underWayBytes?: number) {
  const journal = new Journal(() => new Date('2024-05-01T00:00:00Z'));
  const internalErrors: Error[] = [];
  const app = createHttpApp({
    journal,
    bodyLimitBytes,
    ...(underWayBytes !== undefined && { underWayBytes }),
    onInternalError: (error) => internalErrors.push(error),
  });
  app.register(async (acs) => {
    acs.setErrorHandler((error: Error & { statusCode?: number; code?: string }, _request, reply) =>
      reply.code(error.statusCode ?? 500).send({ acsError: error.code }),
    );
    acs.post('/calling/callConnections', async (request) => {
      request.exchange.provider('acs', 'res-1');
      return { bytes: Buffer.from(request.message.body).toString('hex') };
    });
    acs.post('/calling/callConnections/:id([^:]+)::play', async (request) => {
      const { id } = request.params as { id: string };
      return { played: id, target: request.message.target };
    });
    answerUnknownPaths(acs, ['/calling'], (request, reply) =>
      reply.code(404).send({ acsNotFound: request.message.target }),
    );
  });
  app.register(async (sinch) => {
    sinch.post('/calling/v1/callouts', async () => ({ sinch: true }));
    answerUnknownPaths(sinch, ['/calling/v1', '/v1'], (_request, reply) =>
      reply.code(404).send({ sinchNotFound: true }),
    );
  });
  app.get('/boom', async () => {
    throw new Error('a bug, and perhaps a secret in its words');
  });
  running.push(app);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { app, journal, url, internalErrors, last: () => journal.list({ limit: 1 })[0] as Exchange };
}

/** An app that is still to get its routes. */
function startUnlistened() {
  const app = createHttpApp({
    journal: new Journal(() => new Date()),
    bodyLimitBytes: 1_000,
    onInternalError: () => {},
  });
  running.push(app);
  return { app, url: () => app.listen({ port: 0, host: '127.0.0.1' }) };
}

describe('what the signature sees', () => {
  test('target, header list and body reach the journal byte for byte', async () => {
    const { url, last } = await start();
    const body = '{ "a":  1,\r\n "ü": "\\u00e9" }\n';
    const text = [
      'POST /calling/callConnections?api-version=2024-04-15&q=a%20b%2Fc+d&q=%7E/../x HTTP/1.1',
      'HOST: LocalHost:7509',
      'Connection: close',
      'X-Twice: one',
      'x-twice:   two',
      'Content-Type: application/json; charset="utf-8"',
      'X-Utf8: grün',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n');
    const response = await sendBytes(url, text);
    expect(JSON.parse(response.body)).toEqual({ bytes: Buffer.from(body).toString('hex') });
    expect(last().request.target).toBe('/calling/callConnections?api-version=2024-04-15&q=a%20b%2Fc+d&q=%7E/../x');
    expect(last().request.headers).toContainEqual(['X-Utf8', 'grün']);
    expect(Buffer.from(rawRequest(last())).toString()).toBe(text.replace('x-twice:   two', 'x-twice: two'));
  });

  test('a header that is no UTF-8 is kept as its bytes in the raw file', async () => {
    const { url, last } = await start();
    const text = Buffer.from(rawText('GET /calling/x HTTP/1.1', ['X-Latin: gr\u00fcn']), 'latin1');
    await sendBytes(url, text);
    expect(Buffer.from(rawRequest(last())).equals(text)).toBe(true);
  });

  test('a path that the router decodes, and one that nobody can decode, both keep their escapes', async () => {
    const { url, last } = await start();
    const played = await sendBytes(url, rawText('POST /calling/callConnections/a%20b:play?x=%zz HTTP/1.1'));
    expect(JSON.parse(played.body)).toEqual({ played: 'a b', target: '/calling/callConnections/a%20b:play?x=%zz' });
    for (const path of ['/calling/%', '/calling/%zz', '/calling/%FF%FE', '/calling/%E0%A4%A', '/calling/x%']) {
      const response = await sendBytes(url, rawText(`GET ${path} HTTP/1.1`));
      expect(response.status, path).toBe(404);
      expect(JSON.parse(response.body)).toEqual({ acsNotFound: path });
      expect(last().request.target).toBe(path);
    }
  });

  test('an absolute-form target is reduced to its origin form', async () => {
    const { url, last } = await start();
    await sendBytes(url, rawText('POST http://localhost:7509/calling/callConnections/c1:play?a=b HTTP/1.1'));
    expect(last().request.target).toBe('/calling/callConnections/c1:play?a=b');
    expect(last().response?.status).toBe(200);
  });

  test.each(['text/plain', 'application/xml', 'garbage', '', 'application/json;;;', 'multipart/form-data'])(
    'the content type %j changes nothing about how the body is read',
    async (type) => {
      const { url } = await start();
      const headers = [`Content-Type: ${type}`, 'Content-Length: 2'];
      const response = await sendBytes(url, rawText('POST /calling/callConnections HTTP/1.1', headers, '{}'));
      expect(JSON.parse(response.body)).toEqual({ bytes: '7b7d' });
    },
  );

  test('a chunked body, and a body on GET, are read', async () => {
    const { url, last } = await start();
    const chunked = '3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n';
    const response = await sendBytes(
      url,
      rawText('POST /calling/callConnections HTTP/1.1', ['Transfer-Encoding: chunked'], chunked),
    );
    expect(JSON.parse(response.body)).toEqual({ bytes: Buffer.from('abcde').toString('hex') });
    await sendBytes(url, rawText('GET /calling/x HTTP/1.1', ['Content-Length: 3'], 'abc'));
    expect(Buffer.from(last().request.body as Uint8Array).toString()).toBe('abc');
  });
});

describe('paths', () => {
  test('the longer prefix owns the path, the rest is another provider’s, and unknown ones say what is where', async () => {
    const { url } = await start();
    const answer = async (path: string) => (await fetch(url + path, { method: 'POST' })).json();
    expect(await answer('/calling/v1/callouts')).toEqual({ sinch: true });
    expect(await answer('/calling/v1/nothing')).toEqual({ sinchNotFound: true });
    expect(await answer('/v1/nothing')).toEqual({ sinchNotFound: true });
    expect(await answer('/calling/nothing')).toEqual({ acsNotFound: '/calling/nothing' });
    expect(await answer('/elsewhere?x=1')).toMatchObject({
      error: { code: 'not-found', message: expect.stringContaining('nothing is served at POST /elsewhere;') },
    });
  });

  test('an id longer than the router’s usual hundred characters is an id', async () => {
    const { url } = await start();
    const id = 'a'.repeat(4_000);
    const response = await fetch(`${url}/calling/callConnections/${id}:play`, { method: 'POST' });
    expect(await response.json()).toMatchObject({ played: id });
  });

  test('a method that the path does not have gets the provider’s own answer', async () => {
    const { url } = await start();
    for (const method of ['PUT', 'DELETE', 'PATCH', 'PROPFIND', 'OPTIONS']) {
      const response = await fetch(`${url}/calling/callConnections`, { method });
      expect(await response.json(), method).toEqual({ acsNotFound: '/calling/callConnections' });
    }
  });
});

describe('bad input', () => {
  test('a body over the limit is refused in the provider’s shape, and its sender gets to read that', async () => {
    const { url, last } = await start(1_000);
    const body = 'x'.repeat(200_000);
    const response = await fetch(`${url}/calling/callConnections`, { method: 'POST', body });
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({ acsError: 'body/too-large' });
    expect(last()).toMatchObject({ bodyCut: true, response: { status: 413 } });
    expect(last().request.body.length).toBe(1_000);
  });

  test('a body that announces more than would ever be read is refused before it is sent', async () => {
    const { url } = await start(1_000);
    const response = await sendBytes(
      url,
      rawText('POST /calling/callConnections HTTP/1.1', ['Content-Length: 99999999999'], '{}'),
    );
    expect(response.status).toBe(413);
    expect(JSON.parse(response.body)).toEqual({ acsError: 'body/too-large' });
  });

  test.each([
    ['no Host header', 'POST /calling/callConnections HTTP/1.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'],
    ['an expectation of its own', rawText('POST /calling/callConnections HTTP/1.1', ['Expect: tea'])],
  ])('a request with %s reaches its provider', async (_title, bytes) => {
    const { url } = await start();
    expect(JSON.parse((await sendBytes(url, bytes)).body)).toEqual({ bytes: '' });
  });

  test('a body at the limit is accepted', async () => {
    const { url } = await start(1_000);
    const response = await fetch(`${url}/calling/callConnections`, { method: 'POST', body: 'x'.repeat(1_000) });
    expect(response.status).toBe(200);
  });

  test.each([
    ['bytes that are no HTTP', 'hello\r\n\r\n', 400],
    ['an unknown method', rawText('BREW /pot HTTP/1.1'), 400],
    ['two lengths', rawText('POST / HTTP/1.1', ['Content-Length: 1', 'Content-Length: 2'], 'ab'), 400],
    ['headers without end', rawText('GET / HTTP/1.1', [`X-Long: ${'a'.repeat(20_000)}`]), 431],
  ])('%s get a specific error, and the server stays up', async (_title, bytes, status) => {
    const { url } = await start();
    const response = await sendBytes(url, bytes);
    expect(response.status).toBe(status);
    expect(JSON.parse(response.body)).toMatchObject({ error: { code: 'http/malformed' } });
    expect((await fetch(`${url}/calling/v1/callouts`, { method: 'POST' })).status).toBe(200);
  });

  test('an internal error is reported to the server’s log and not to the client', async () => {
    const { url, internalErrors } = await start();
    const response = await fetch(`${url}/boom`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
    expect(internalErrors.map(({ message }) => message)).toEqual(['a bug, and perhaps a secret in its words']);
  });

  test('a client that goes away in the middle of its body leaves the server up', async () => {
    const { url, journal } = await start();
    const answered = new Promise<void>((resolve) =>
      journal.onChange((_exchange, change) => change === 'answered' && resolve()),
    );
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
      socket.write(rawText('POST /calling/callConnections HTTP/1.1', ['Content-Length: 100'], 'half'), () =>
        socket.destroy(),
      );
    });
    await answered;
    expect((await fetch(`${url}/calling/v1/callouts`, { method: 'POST' })).status).toBe(200);
  });
});

describe('the journal', () => {
  test('a client is told that its connection is kept for longer than clients keep theirs', async () => {
    const { url } = await start();
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write('GET /calling/x HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    // Of Node's own fetch four seconds, of the pools of Java and .NET up to one or two minutes.
    expect(Number(/^keep-alive: timeout=(\d+)\r$/im.exec(answer.toString())?.[1])).toBeGreaterThan(60);
  });

  test('an exchange has its answer as soon as the client has it, and its id is on the answer', async () => {
    const { url, journal } = await start();
    const response = await fetch(`${url}/calling/callConnections`, { method: 'POST', body: 'ab' });
    const exchange = journal.get(response.headers.get('x-countersign-exchange') ?? '') as Exchange;
    expect(exchange).toMatchObject({
      provider: 'acs',
      account: 'res-1',
      receivedAtMs: Date.parse('2024-05-01T00:00:00Z'),
      response: { status: 200 },
    });
    expect(Buffer.from(exchange.response?.body ?? []).toString()).toBe(await response.text());
    expect(exchange.response?.headers).toContainEqual(['content-type', 'application/json; charset=utf-8']);
  });

  test('the server’s own routes are not journaled', async () => {
    const { url, journal } = await start();
    await fetch(`${url}/_control/state`);
    await fetch(`${url}/`);
    expect(journal.list()).toEqual([]);
  });

  test('a refusal carries its diagnosis on one safe header line', async () => {
    const { app, url } = await startWithRoute();
    const response = await fetch(`${url}/refused`);
    expect(response.headers.get('x-countersign-diagnosis')).toBe('template/unresolved: signed "id" for ?... here');
    await app.close();
  });

  test('a refusal that nobody looked into says so on that line', async () => {
    const { app, url } = await startWithRoute();
    const response = await fetch(`${url}/undiagnosed`);
    expect(response.headers.get('x-countersign-diagnosis')).toBe('not searched: too many wait');
    const accepted = await fetch(`${url}/accepted`);
    expect(accepted.headers.has('x-countersign-diagnosis')).toBe(false);
    await app.close();
  });
});

async function startWithRoute() {
  const journal = new Journal(() => new Date());
  const app = createHttpApp({ journal, bodyLimitBytes: 10, onInternalError: () => {} });
  app.get('/refused', async (request, reply) => {
    const mistake = { id: 'template/unresolved', summary: 'signed “id” for ü…\n here' };
    request.exchange.authentication({
      scheme: 'acs-hmac',
      outcome: 'refused',
      diagnosis: { verdict: 'explained', mistakes: [mistake] } as never,
    });
    return reply.code(401).send({});
  });
  app.get('/undiagnosed', async (request, reply) => {
    request.exchange.authentication({ scheme: 'acs-hmac', outcome: 'refused', undiagnosed: 'too many wait' });
    return reply.code(401).send({});
  });
  app.get('/accepted', async (request, reply) => {
    request.exchange.authentication({ scheme: 'acs-hmac', outcome: 'accepted' });
    return reply.send({});
  });
  return { app, url: await app.listen({ port: 0, host: '127.0.0.1' }) };
}

describe('bodies that are being read', () => {
  test('hold no more than there is room for: one beside them is thrown away and answered with 503', async () => {
    const { url, last, internalErrors } = await start(100_000, 50_000);
    const path = '/calling/callConnections';
    const slow = connect(Number(new URL(url).port), '127.0.0.1');
    slow.write(`POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 40000\r\n\r\n${'x'.repeat(39_999)}`);
    const post = (): Promise<Response> => fetch(url + path, { method: 'POST', body: 'x'.repeat(20_000) });
    // The first bytes of the slow one are read in their turn.
    let refused = await post();
    for (let n = 0; n < 50 && refused.status !== 503; n += 1) refused = await post();
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
      503,
      '1',
      { acsError: 'server/busy' },
    ]);
    expect(last()).toMatchObject({ bodyCut: true, request: { body: new Uint8Array(0) } });
    const answered = once(slow, 'data');
    slow.write('x');
    expect(String((await answered)[0])).toMatch(/^HTTP\/1.1 200 /);
    slow.destroy();
    expect((await post()).status).toBe(200);
    expect(internalErrors).toEqual([]);
  });
});

describe('answers', () => {
  test('of requests that come together leave when all of them are handled: a client is woken once', async () => {
    const { app } = startUnlistened();
    const log: string[] = [];
    app.get('/:name', (request, reply) => {
      const { name } = request.params as { name: string };
      log.push(`${name} is handled`);
      reply.raw.on('prefinish', () => log.push(`${name} is answered`));
      return reply.send({ name });
    });
    await app.ready();
    const clients = [clientOf(app.server), clientOf(app.server)];
    for (const [index, client] of clients.entries()) client.send(`GET /${index} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    for (const { answer } of clients) expect(await answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(log).toEqual(['0 is handled', '1 is handled', '0 is answered', '1 is answered']);
  });
});
