import { digestStream } from '@countersign/core/content-hasher';
import { signedFetch, type SignedFetch, type SignedFetchOptions } from '@countersign/core/fetch';
import { messageFromIncoming } from '@countersign/core/receive';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { verify, type Verification } from '@countersign/core/verify';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acsCredential, sinchCredential } from './requests.ts';

// Real requests to a real server that verifies what arrives, strictly.

interface Received {
  readonly outcome: Verification;
  readonly line: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

let server: Server;
let origin: string;
let received: Received[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const message = messageFromIncoming(request, body);
      const outcome = request.headers['x-timestamp']
        ? verify(sinchApplication, sinchCredential, message)
        : verify(acsHmac, acsCredential, message);
      received.push({
        outcome,
        line: `${request.method} ${request.url}`,
        headers: request.headers,
        body: body.toString(),
      });
      if (request.url === '/redirect') response.writeHead(307, { location: '/elsewhere' });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const clients: [string, (options?: SignedFetchOptions) => SignedFetch][] = [
  ['acs-hmac', (options) => signedFetch(acsHmac, acsCredential, options)],
  ['sinch-application', (options) => signedFetch(sinchApplication, sinchCredential, options)],
];

async function arrived(send: Promise<Response>): Promise<Received> {
  received = [];
  await (await send).arrayBuffer();
  const [only, second] = received;
  expect(second).toBeUndefined();
  return only!;
}

describe.each(clients)('%s', (_, client) => {
  test.each([
    ['/plain', '/plain'],
    ['', '/'],
    ['/a/../b/./c', '/b/c'],
    ['/a b?q=a b&r=~%7E\'"<>', '/a%20b?q=a%20b&r=~%7E%27%22%3C%3E'],
    ['/café?日=本', '/caf%C3%A9?%E6%97%A5=%E6%9C%AC'],
    ['/x?', '/x'],
    ['/x?#fragment', '/x'],
    ['/x?a=1#fragment', '/x?a=1'],
    [
      '/calling/callConnections/1:play?api-version=2023-10-15',
      '/calling/callConnections/1:play?api-version=2023-10-15',
    ],
    ['/a\\b', '/a/b'],
    ['//a//b', '//a//b'],
    ['/%zz?%', '/%zz?%'],
  ])('signs %j as it is sent', async (path, target) => {
    const request = await arrived(client()(origin + path));
    expect(request).toMatchObject({ outcome: { ok: true }, line: `GET ${target}` });
  });

  test.each([
    ['text', 'héllo', 'text/plain;charset=UTF-8'],
    ['empty text', '', 'text/plain;charset=UTF-8'],
    ['bytes', new TextEncoder().encode('héllo'), undefined],
    ['an ArrayBuffer', new TextEncoder().encode('héllo').buffer, undefined],
    ['a form', new URLSearchParams({ a: 'b c', d: '~' }), 'application/x-www-form-urlencoded;charset=UTF-8'],
    ['no body', null, undefined],
  ])('signs %s and its content type', async (__, body, contentType) => {
    const request = await arrived(client()(origin, { method: 'post', body }));
    expect(request).toMatchObject({ outcome: { ok: true }, line: 'POST /' });
    expect(request.headers['content-type']).toBe(contentType);
  });

  test('keeps a content type that is given, and every other header', async () => {
    const headers = { 'content-type': ' application/json ', 'x-other': 'y', authorization: 'replaced' };
    const request = await arrived(client()(new URL(origin), { method: 'PUT', headers, body: '{}' }));
    expect(request).toMatchObject({
      outcome: { ok: true },
      headers: { 'content-type': 'application/json', 'x-other': 'y' },
    });
  });

  test('signs a stream by its digest', async () => {
    const chunks = ['one', 'two', 'three'].map((text) => new TextEncoder().encode(text));
    const algorithm = client === clients[0]?.[1] ? 'sha256' : 'md5';
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    });
    const body = { stream, digest: await digestStream(chunks, algorithm) };
    expect(await arrived(client()(origin, { method: 'POST', body }))).toMatchObject({
      outcome: { ok: true },
      body: 'onetwothree',
    });
  });

  test('follows no redirect', async () => {
    const response = await client()(`${origin}/redirect`);
    expect([response.status, response.headers.get('location')]).toEqual([307, '/elsewhere']);
    await expect(client()(`${origin}/redirect`, { redirect: 'error' })).rejects.toThrow();
    await expect(client()(origin, { redirect: 'follow' })).rejects.toThrow('follows no redirects');
  });

  test('signs by the clock that it is given', async () => {
    const request = await arrived(client({ now: () => new Date(0) })(origin));
    expect(request.outcome).toMatchObject({ ok: false, code: 'date/expired' });
  });

  test.each([
    ['a relative URL', '/a', {}, /Invalid URL/],
    ['another protocol', 'ftp://h/', {}, /not an http/],
    ['a Host header', 'http://h/', { headers: { host: 'x' } }, /derives Host from the URL/],
    ['a form whose boundary is not known yet', 'http://h/', { method: 'POST', body: new FormData() }, /not known yet/],
    ['a Blob', 'http://h/', { method: 'POST', body: new Blob(['x']) }, /not known yet/],
    [
      'a stream without its digest',
      'http://h/',
      { method: 'POST', body: new ReadableStream() },
      /a stream with its digest/,
    ],
  ])('refuses %s', async (__, url, init, said) => {
    await expect(client()(url, init as never)).rejects.toThrow(said);
  });
});
