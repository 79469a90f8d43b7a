import { contentHasher } from '@countersign/core/content-hasher';
import type { ContentDigest } from '@countersign/core/message';
import { receiver, type Receiver, type ReceiverOptions } from '@countersign/core/receiver';
import type { IncomingRequest } from '@countersign/core/receive';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { messagebirdJwt } from '@countersign/core/schemes/messagebird-jwt';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchNumbers } from '@countersign/core/schemes/sinch-numbers';
import { Secret } from '@countersign/core/secret';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { acsCredential, acsRequest, signedAt, sinchCredential, sinchRequest } from './requests.ts';

const now = (): Date => signedAt;
const { method, target: url, headers, body } = sinchRequest() as { body: Uint8Array } & ReturnType<typeof sinchRequest>;
const incoming: IncomingRequest = { method, url, rawHeaders: headers.flat() };
const plus = (...lines: string[]): IncomingRequest => ({ ...incoming, rawHeaders: [...incoming.rawHeaders, ...lines] });
const receiving = (options: Partial<ReceiverOptions> = {}): Receiver =>
  receiver({ scheme: sinchApplication, credentials: sinchCredential, now, ...options });

function digestOf(algorithm: 'md5' | 'sha256'): ContentDigest {
  const hasher = contentHasher(algorithm);
  hasher.update(body);
  return hasher.digest();
}

describe('a receiver', () => {
  test('accepts what is rightly signed, and says whose it is', () => {
    expect(receiving().verify(incoming, body)).toMatchObject({ ok: true, credential: sinchCredential });
    expect(receiving().verify(incoming, new Uint8Array(body).buffer).ok).toBe(true);
  });

  test('accepts a digest of what streamed, of the algorithm that the scheme wants', () => {
    expect(receiving().verify(plus('Content-Length', '25'), digestOf('md5')).ok).toBe(true);
  });

  test('refuses what is wrongly signed, as verify does', () => {
    const refused = receiving().verify({ ...incoming, method: 'PUT' }, body);
    expect(refused).toMatchObject({ ok: false, code: 'signature/mismatch' });
    expect(refused.trace()?.claims.keyId).toBe(sinchCredential.keyId);
  });

  test('verifies under the URL that was given to the provider', () => {
    const behindProxy = { ...incoming, url: url.replace('/calling', '') };
    expect(receiving().verify(behindProxy, body)).toMatchObject({ code: 'signature/mismatch' });
    expect(receiving({ publicUrl: 'https://example.com/calling' }).verify(behindProxy, body).ok).toBe(true);
  });

  test('judges by its own clock, window and deviations', () => {
    const late = (): Date => new Date(signedAt.getTime() + 10_000);
    expect(receiving({ now: late, toleranceSeconds: 9 }).verify(incoming, body)).toMatchObject({
      code: 'date/expired',
    });
    expect(receiving({ now: late, toleranceSeconds: 10, tolerate: 'all' }).verify(incoming, body).ok).toBe(true);
    expect(() => receiving({ tolerate: ['no-such'] })).toThrow('knows no deviation "no-such"');
  });

  test('has the system’s clock unless it is given one', () => {
    const { now: _, ...rest } = { scheme: sinchApplication, credentials: sinchCredential, now };
    expect(receiver(rest).verify(incoming, body)).toMatchObject({ code: 'date/expired' });
  });

  test('keeps the credentials that it was made with', () => {
    const credentials = [sinchCredential];
    const made = receiving({ credentials });
    credentials.length = 0;
    expect(made.verify(incoming, body).ok).toBe(true);
  });

  test('verifies a Fetch API Request, which can still be read', async () => {
    const request = new Request(`https://calling.api.sinch.com${url}`, {
      method,
      headers: headers.filter(([name]) => name !== 'Host').map(([name, value]): [string, string] => [name, value]),
      body: new Uint8Array(body),
    });
    expect((await receiving().verifyRequest(request)).ok).toBe(true);
    expect(await request.json()).toEqual({ message: 'Hello world' });
    expect(await receiving().verifyRequest(request)).toMatchObject({ code: 'body/unreadable' });
  });

  test('refuses a Request whose body ends in an error', async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('reset by peer')),
    });
    const request = new Request('https://h/', { method: 'POST', body: broken, duplex: 'half' } as RequestInit);
    expect(await receiving().verifyRequest(request)).toMatchObject({
      code: 'body/unreadable',
      summary: 'the body cannot be read: reset by peer',
    });
  });

  test('tells a programmer who hands over something that is no request', () => {
    expect(() => receiving().verify({ method: 'POST', url: '/', headers: {} } as never, body)).toThrow(
      'pass the IncomingMessage',
    );
  });
});

describe('a body that is not what arrived is refused, with what to do', () => {
  const form = { algorithm: 'md5', length: '25', digest: ['1'], pay: '1000000' };
  const gzip = gzipSync(body);
  test.each([
    [
      'a parsed body',
      plus('Content-Length', '25'),
      form,
      /this is an object, parsed or decoded before; .*express\.raw/,
    ],
    ['decoded text', incoming, 'text', /this is text, parsed/],
    ['a body that nobody read', plus('Content-Length', '25'), undefined, /has a body \(Content-Length: 25\), but none/],
    ['null for such a body', plus('content-length', '25'), null, /but none was handed over/],
    [
      'a chunked body that nobody read',
      plus('Transfer-Encoding', 'chunked'),
      undefined,
      /\(Transfer-Encoding: chunked\)/,
    ],
    [
      'several lengths, and no body',
      plus('Content-Length', '0', 'Content-Length', '5'),
      undefined,
      /Content-Length: 5/,
    ],
    [
      'fewer bytes',
      plus('Content-Length', '26'),
      body,
      /announces 26 bytes of body, but 25 were handed over: it was changed/,
    ],
    ['no bytes', plus('Content-Length', '25'), new Uint8Array(), /announces 25 bytes of body, but 0/],
    ['more bytes', plus('Content-Length', '0'), body, /announces 0 bytes of body, but 25/],
    ['a length beyond all numbers', plus('Content-Length', '9'.repeat(400)), body, /but 25 were handed over/],
    [
      'what a parser inflated',
      plus('Content-Encoding', 'gzip', 'Content-Length', String(gzip.length)),
      body,
      /its Content-Encoding \(gzip\) was undone before; switch that off \(inflate: false\)/,
    ],
    [
      'a digest of another length',
      plus('Content-Length', '25'),
      contentHasher('md5').digest(),
      /but 0 were handed over/,
    ],
    ['a digest of another algorithm', incoming, digestOf('sha256'), /hashed with sha256 .* this scheme needs md5/],
  ])('%s', (_, request, given, summary) => {
    const refused = receiving().verify(request, given as never);
    expect(refused).toMatchObject({ ok: false, code: 'body/unreadable', summary: expect.stringMatching(summary) });
    expect(refused.trace()).toBeUndefined();
  });

  test('a digest where the body itself is signed', () => {
    const numbers = receiving({ scheme: sinchNumbers, credentials: { secret: new Secret('key', 'utf8') } });
    const request = { method: 'POST', url: '/', rawHeaders: ['X-Sinch-Signature', 'a'.repeat(40)] };
    expect(numbers.verify(request, contentHasher('sha1').digest())).toMatchObject({ code: 'body/unreadable' });
  });

  test('but nothing is the body of a request that announces none', () => {
    for (const lines of [[], ['Content-Length', '0'], ['Content-Length', 'nonsense']]) {
      expect(receiving().verify(plus(...lines), undefined)).toMatchObject({ code: 'signature/mismatch' });
    }
  });

  test('and a length that is not plain compares with none', () => {
    for (const lines of [
      ['Content-Length', '7, 7'],
      ['Content-Length', '7', 'content-length', '8'],
      ['Content-Length', '-1'],
      ['Content-Length', '7', 'Transfer-Encoding', 'chunked'],
    ]) {
      expect(receiving().verify(plus(...lines), body).ok).toBe(true);
    }
  });
});

/** Sends bytes as they are, and gives the status that comes back. */
async function statusOf(server: Server, head: string): Promise<number> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.end(`${head}\r\n\r\n`, 'latin1');
  return Number((await text(socket)).slice(9, 12));
}

test('an async handler of node:http survives whatever request line and Host it is sent', async () => {
  const callbacks = receiver({ scheme: acsHmac, credentials: acsCredential, now });
  const server = createServer(async (request, response) => {
    const result = callbacks.verify(request, await buffer(request));
    response.writeHead(result.ok ? 200 : 403, { connection: 'close' }).end();
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const lines = acsRequest().headers.map(([name, value]) => `${name}: ${value}`);
  const hostile = ['ftp://h/x', 'http:///x', 'http://', '*', 'h:443', '//', '/%00\u00ff', 'http://[::1', 'mailto:x'];
  for (const target of hostile) {
    const [, ...others] = lines;
    for (const host of ['Host: h', 'Host: ', 'Host: [::1', 'Host: a b:99999@c']) {
      const answers = await statusOf(
        server,
        [`POST ${target} HTTP/1.1`, host, ...others, 'Content-Length: 0'].join('\r\n'),
      );
      expect([403, 400]).toContain(answers);
    }
  }
});

test('a key that is used in a way that the scheme does not have stops the start, and throws at no request', () => {
  const credentials = { secret: new Secret('secret', 'utf8'), mac: 'HS1' };
  expect(() => receiver({ scheme: messagebirdJwt, credentials })).toThrow('mac must be one of the choices');
});
