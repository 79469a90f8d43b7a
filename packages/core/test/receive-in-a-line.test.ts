import { receiver, type Receiver, type ReceiverOptions, type ReceiverRefusal } from '@countersign/core/receiver';
import { refusalAnswer } from '@countersign/core/refusal-answer';
import { bird } from '@countersign/core/schemes/bird';
import { Secret } from '@countersign/core/secret';
import { verifyRequest } from '@countersign/core/verify-request';
import { createHash, createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';

// Bird's rule, written out: HMAC-SHA256 of the time, the URL and the body's SHA-256, in base64.
const seconds = 1_700_000_000;
const body = Buffer.from('{"event":"sms.delivered","text":"€"}');
function headersFor(url: string, key = 'right', of: Uint8Array = body): Record<string, string> {
  const signed = Buffer.concat([Buffer.from(`${seconds}\n${url}\n`), createHash('sha256').update(of).digest()]);
  return {
    'MessageBird-Request-Timestamp': String(seconds),
    'MessageBird-Signature': createHmac('sha256', key).update(signed).digest('base64'),
  };
}

const credential = { secret: new Secret('right', 'utf8') };
const publicUrl = 'https://hooks.example.com/base';
const seen: ReceiverRefusal[] = [];
const options = {
  publicUrl,
  now: () => new Date(seconds * 1000),
  onRefused: (refusal: ReceiverRefusal) => seen.push(refusal),
};
const webhooks = (more: Partial<ReceiverOptions> = {}): Receiver =>
  receiver({ scheme: bird, credentials: credential, ...options, ...more });
const signedUrl = 'https://hooks.example.com/base/webhooks';

type Unread = Parameters<Receiver['receive']>[0];
/** A request as Node receives it: a stream with a head. */
function incoming(members: object = {}, headers = headersFor(signedUrl), of: Uint8Array = body): Unread {
  const lines = { Host: '127.0.0.1:3000', 'Content-Length': String(of.length), ...headers };
  const stream = Readable.from([of.subarray(0, 9), of.subarray(9)], { objectMode: false });
  const all = { method: 'POST', url: '/webhooks', rawHeaders: Object.entries(lines).flat(), ...members };
  for (const [name, value] of Object.entries(all)) Object.defineProperty(stream, name, { value });
  return stream as unknown as Unread;
}

describe('receive', () => {
  test('reads the body and verifies it, and gives the bytes', async () => {
    const { result, body: read } = await webhooks().receive(incoming());
    expect(result.ok).toBe(true);
    expect(Buffer.from(read)).toEqual(body);
  });

  test('takes the bytes that a platform or express.raw kept, also beside what was parsed of them', async () => {
    const parsed = JSON.parse(String(body)) as unknown;
    for (const kept of [{ body }, { rawBody: body, body: parsed }]) {
      expect((await webhooks().receive(incoming({ ...kept, readableDidRead: true }))).result.ok).toBe(true);
    }
  });

  test('reads the stream where an empty object only says that no parser felt responsible', async () => {
    expect((await webhooks().receive(incoming({ body: {} }))).result.ok).toBe(true);
  });

  test('is no place for what was parsed, decoded or read before', async () => {
    const read = { readableDidRead: true };
    for (const [members, why] of [
      [{ ...read, body: JSON.parse(String(body)) as unknown }, 'this is an object, parsed or decoded before'],
      [{ ...read, rawBody: String(body) }, 'this is text, parsed or decoded before'],
      [read, 'the body was read before'],
    ] as const) {
      const { result, body: bytes } = await webhooks().receive(incoming(members));
      expect(result).toMatchObject({ ok: false, code: 'body/unreadable', summary: expect.stringContaining(why) });
      expect(bytes).toHaveLength(0);
    }
    const text = incoming() as Unread & Readable;
    text.setEncoding('utf8');
    expect((await webhooks().receive(text)).result).toMatchObject({ code: 'body/unreadable' });
  });

  test('refuses a second reading', async () => {
    const once = incoming();
    expect((await webhooks().receive(once)).result.ok).toBe(true);
    expect((await webhooks().receive(once)).result).toMatchObject({ code: 'body/unreadable' });
  });

  test('refuses a body beyond the limit without reading all of it, and one that breaks off', async () => {
    let given = 0;
    const endless = Readable.from(
      (function* () {
        for (; given < 1000; given++) yield Buffer.alloc(1024);
      })(),
      { objectMode: false, highWaterMark: 1024 },
    );
    const long = Object.assign(endless, { method: 'POST', url: '/', rawHeaders: [] });
    const { result } = await webhooks().receive(long, { limitBytes: 4096 });
    expect(result).toMatchObject({ ok: false, code: 'body/too-long' });
    expect([given < 20, endless.destroyed]).toEqual([true, false]);
    expect((await webhooks().receive(incoming({ rawBody: body }), { limitBytes: 5 })).result).toMatchObject({
      code: 'body/too-long',
    });
    const broken = incoming() as Unread & Readable;
    broken.destroy(new Error('aborted'));
    expect((await webhooks().receive(broken)).result).toMatchObject({ code: 'body/unreadable' });
  });

  test('takes no limit that is none', async () => {
    await expect(webhooks().receive(incoming(), { limitBytes: Number.NaN })).rejects.toThrow('limitBytes');
  });
});

describe('verifyRequest', () => {
  const request = (headers = headersFor(signedUrl)): Request =>
    new Request('http://127.0.0.1:3000/webhooks', { method: 'POST', headers, body });

  test('verifies a Request in a line, which can still be read', async () => {
    const sent = request();
    expect((await verifyRequest(bird, credential, sent, options)).ok).toBe(true);
    expect(await sent.text()).toBe(String(body));
    expect(await verifyRequest(bird, credential, sent, options)).toMatchObject({ code: 'body/unreadable' });
  });

  test('takes several credentials while a secret is rotated, and says which it was', async () => {
    const old = { secret: new Secret('old', 'utf8'), name: 'old' };
    const result = await verifyRequest(bird, [credential, old], request(headersFor(signedUrl, 'old')), options);
    expect(result).toMatchObject({ ok: true, credential: { name: 'old' } });
  });

  test('takes a public URL for each request', async () => {
    const chosen = {
      ...options,
      publicUrl: ({ target }: { target: string }) =>
        `https://hooks.example.com/base${target === '/webhooks' ? '' : '/x'}`,
    };
    expect((await verifyRequest(bird, credential, request(), chosen)).ok).toBe(true);
  });

  test('believes no forwarded header', async () => {
    const lies = {
      ...headersFor(signedUrl),
      'X-Forwarded-Host': 'hooks.example.com',
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Prefix': '/base',
      Forwarded: 'host=hooks.example.com;proto=https',
    };
    const { publicUrl: _, ...unset } = options;
    expect(await verifyRequest(bird, credential, request(lies), unset)).toMatchObject({ code: 'signature/mismatch' });
  });

  test('refuses a second signature that the platform joined to the first', async () => {
    const { 'MessageBird-Signature': signature = '' } = headersFor(signedUrl);
    const twice = new Headers(headersFor(signedUrl));
    twice.append('messagebird-signature', signature);
    const result = await verifyRequest(
      bird,
      credential,
      new Request('http://a/webhooks', { method: 'POST', headers: twice, body }),
      options,
    );
    expect(result.ok).toBe(false);
  });

  test('is no check without a secret', async () => {
    await expect(verifyRequest(bird, [], request(), options)).rejects.toThrow('credentials');
    await expect(verifyRequest(bird, { secret: '' } as never, request(), options)).rejects.toThrow('secret');
    await expect(verifyRequest(bird, credential, request(), { ...options, publicUrl: '' })).rejects.toThrow(
      'publicUrl',
    );
  });
});

describe('a refusal', () => {
  const refusal = async (onRefused: ReceiverOptions['onRefused']): Promise<boolean> =>
    (await webhooks({ onRefused }).receive(incoming({}, headersFor(signedUrl, 'forged')))).result.ok;

  test('is told to onRefused, with the request, and by each way in', async () => {
    const told: unknown[] = [];
    const made = webhooks({ onRefused: ({ code }, { method, target }) => told.push([code, method, target]) });
    const forged = headersFor(signedUrl, 'forged');
    await made.receive(incoming({}, forged));
    made.verify(incoming({}, forged), body);
    await made.verifyRequest(new Request('http://a/webhooks', { method: 'POST', headers: forged, body }));
    await made.receive(incoming({}), { limitBytes: 1 });
    const mismatch = ['signature/mismatch', 'POST', '/webhooks'];
    expect(told).toEqual([mismatch, mismatch, mismatch, ['body/too-long', 'POST', '/webhooks']]);
  });

  test('stands, whatever becomes of onRefused', async () => {
    expect(
      await refusal(() => {
        throw new Error('the log is full');
      }),
    ).toBe(false);
    expect(await refusal(() => Promise.reject(new Error('the log is away')))).toBe(false);
    expect(() => webhooks({ onRefused: 'console' as never })).toThrow('onRefused');
  });

  test('is not explained to its sender, in no environment, unless that is asked for', () => {
    const { NODE_ENV: before } = process.env;
    const refused = { code: 'signature/mismatch', summary: 'why' } as const;
    try {
      for (const environment of ['development', 'production', 'test']) {
        process.env['NODE_ENV'] = environment;
        expect(refusalAnswer(refused)).toEqual({
          status: 401,
          statusCode: 401,
          headers: { 'content-type': 'application/json' },
          body: '{"error":"unauthorized"}',
        });
        expect(refusalAnswer(refused, { showReason: 'false' as never }).body).not.toContain('why');
      }
    } finally {
      process.env['NODE_ENV'] = before;
    }
    expect(refusalAnswer(refused, { showReason: true }).body).toBe(
      '{"error":"unauthorized","code":"signature/mismatch","summary":"why"}',
    );
  });

  test('is the server’s own fault where the server lost the bytes', () => {
    expect(refusalAnswer({ code: 'body/unreadable', summary: '' }).status).toBe(500);
    expect(refusalAnswer({ code: 'body/too-long', summary: '' }).status).toBe(413);
  });
});
