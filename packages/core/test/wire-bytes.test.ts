import { createServer, connect, type IncomingHttpHeaders, type ServerHttp2Session } from 'node:http2';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { contentHasher } from '@countersign/core/content-hasher';
import { signedFetch } from '@countersign/core/fetch';
import { message, type Message } from '@countersign/core/message';
import { messageFromIncoming, messageFromRequest } from '@countersign/core/receive';
import { receiver } from '@countersign/core/receiver';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sign } from '@countersign/core/sign';
import { verify } from '@countersign/core/verify';
import { describe, expect, test } from 'vitest';
import { acsCredential, signedAt, sinchCredential } from './requests.ts';

// Two requests whose bytes differ are two messages, and a request is the same one over every version of HTTP.

const noBody = new Uint8Array(0);

describe('a header byte that is not UTF-8', () => {
  const typed = (type: string): Message => {
    const unsigned = { method: 'POST', target: '/x', headers: [['Content-Type', type] as const], body: noBody };
    const { headers } = sign(sinchApplication, sinchCredential, unsigned, { date: signedAt });
    return { ...unsigned, headers: [...unsigned.headers, ...headers] };
  };
  const { headers } = typed('text/é');
  const wire = (type: string): string[] => ['Content-Type', type, ...headers.slice(1).flat()];
  const verdict = (received: Message): unknown =>
    verify(sinchApplication, sinchCredential, received, { now: signedAt });
  const head = { method: 'POST', url: '/x' };

  test('is no other spelling of a character: only the bytes that were signed verify', async () => {
    const utf8 = 'text/\u00c3\u00a9';
    const latin1 = 'text/\u00e9';
    expect(verdict(messageFromIncoming({ ...head, rawHeaders: wire(utf8) }, noBody))).toMatchObject({ ok: true });
    expect(verdict(messageFromIncoming({ ...head, rawHeaders: wire(latin1) }, noBody))).toMatchObject({
      code: 'header/malformed',
      summary: 'part "content-type" holds ill-formed Unicode, which could be read in another way',
    });
    const request = new Request('https://h/x', {
      method: 'POST',
      headers: [['Content-Type', latin1], ...headers.slice(1).map(([name, value]): [string, string] => [name, value])],
    });
    expect(verdict(await messageFromRequest(request))).toMatchObject({ code: 'header/malformed' });
  });

  test('is signed by nobody, and one that is not signed changes nothing', async () => {
    const sent: string[][] = [];
    const fetchSigned = signedFetch(sinchApplication, sinchCredential, {
      fetch: async (_, init) => {
        sent.push([...new Headers(init?.headers)].flat());
        return new Response();
      },
      now: () => signedAt,
    });
    const post = (init: HeadersInit): Promise<Response> =>
      fetchSigned('https://h/x', { method: 'POST', headers: init });
    await expect(post({ 'content-type': 'text/\u00e9' })).rejects.toMatchObject({ code: 'header/malformed' });
    await post({ 'content-type': 'text/\u00c3\u00a9', 'user-agent': '\u00e9' });
    expect(verdict(messageFromIncoming({ ...head, rawHeaders: sent[0] as string[] }, noBody))).toMatchObject({
      ok: true,
    });
  });
});

describe('over HTTP/2', () => {
  /** What Node’s compatibility layer gives for a request with these headers. */
  async function received(headers: Readonly<Record<string, string>>): Promise<[string, string, string[]]> {
    const sessions: ServerHttp2Session[] = [];
    const server = createServer().on('session', (session) => sessions.push(session));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const [[request, response]] = (await Promise.all([
      once(server, 'request'),
      once(client.request(headers as IncomingHttpHeaders).resume(), 'end'),
      once(server, 'request').then(([, answer]) => (answer as { end(): void }).end()),
    ])) as unknown as [[{ method: string; url: string; rawHeaders: string[] }, unknown]];
    expect(response).toBeDefined();
    const heard: [string, string, string[]] = [request.method, request.url, request.rawHeaders];
    client.close();
    for (const session of sessions) session.destroy();
    server.close();
    return heard;
  }

  const url = 'https://contoso.communication.azure.com/calling/x?y=z';
  const { headers } = sign(acsHmac, acsCredential, message({ url }), { date: signedAt });
  const callbacks = receiver({ scheme: acsHmac, credentials: acsCredential, now: () => signedAt });
  const pseudo = { ':path': '/calling/x?y=z', ':authority': 'contoso.communication.azure.com' };

  test('the authority is the signed Host, and no pseudo-header is a header', async () => {
    const [method, target, rawHeaders] = await received({ ...pseudo, ...Object.fromEntries(headers) });
    expect(rawHeaders).toContain(':authority');
    const incoming = { method, url: target, rawHeaders };
    expect(callbacks.verify(incoming, undefined)).toMatchObject({ ok: true });
    expect(messageFromIncoming(incoming, undefined).headers.filter(([name]) => name.startsWith(':'))).toEqual([]);
    const twice = { ...incoming, rawHeaders: [...rawHeaders, 'host', 'contoso.communication.azure.com'] };
    expect(callbacks.verify(twice, undefined)).toMatchObject({ ok: true });
  });

  test('a Host beside another authority is refused', () => {
    const rawHeaders = [...Object.entries(pseudo), ...headers, ['host', 'evil.example']].flat();
    expect(callbacks.verify({ method: 'GET', url: pseudo[':path'], rawHeaders }, undefined)).toMatchObject({
      code: 'header/duplicate',
    });
  });

  test('CONNECT, which has no target, is refused and throws nothing', () => {
    const rawHeaders = [':method', 'CONNECT', ':authority', 'h:443', ...headers.flat()];
    expect(callbacks.verify({ method: 'CONNECT', url: undefined, rawHeaders }, undefined)).toMatchObject({
      code: 'target/malformed',
    });
  });
});

describe('a body that nobody read', () => {
  const callbacks = receiver({ scheme: acsHmac, credentials: acsCredential });
  test.each(['5', '+5', '0x5', '05', '5, 5', '0, 5', '5;', '5e0'])('is not empty with Content-Length: %s', (length) => {
    const incoming = { method: 'POST', url: '/', rawHeaders: ['Content-Length', length] };
    expect(callbacks.verify(incoming, undefined)).toMatchObject({ code: 'body/unreadable' });
  });
});

test('a digest stays what was computed, whatever is written into the bytes that it shows', () => {
  const hasher = contentHasher('sha256');
  hasher.update(new TextEncoder().encode('{}'));
  const body = hasher.digest();
  const signatureOf = (): string =>
    sign(acsHmac, acsCredential, message({ url: 'https://h/', body }), { date: signedAt }).signature;
  const before = signatureOf();
  body.digest.fill(0);
  expect(signatureOf()).toBe(before);
});
