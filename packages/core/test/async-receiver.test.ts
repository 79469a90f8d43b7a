import { generateKeyPairSync, sign as signWith } from 'node:crypto';
import { asyncReceiver, verifyRequestAsync } from '@countersign/core/async-receiver';
import { PublicKey } from '@countersign/core/public-key';
import { github } from '@countersign/core/schemes/github';
import { telnyx } from '@countersign/core/schemes/telnyx';
import { Secret } from '@countersign/core/secret';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';

const { publicKey: key, privateKey } = generateKeyPairSync('ed25519');
const publicKey = new PublicKey(key.export({ format: 'pem', type: 'spki' }).toString());
const seconds = 1_717_000_000;
const now = (): Date => new Date(seconds * 1000);
const body = '{"data":{"event_type":"call.initiated"}}';
const headers = {
  'telnyx-timestamp': String(seconds),
  'telnyx-signature-ed25519': signWith(null, Buffer.from(`${seconds}|${body}`), privateKey).toString('base64'),
  'content-type': 'application/json',
};

test('a web request is verified in a line', async () => {
  const request = (sent: string): Request =>
    new Request('https://example.com/hook', { method: 'POST', headers, body: sent });
  expect(await verifyRequestAsync(telnyx, { publicKey }, request(body), { now })).toMatchObject({ ok: true });
  expect(await verifyRequestAsync(telnyx, { publicKey }, request(`${body} `), { now })).toMatchObject({
    ok: false,
    code: 'signature/mismatch',
  });
});

test('a request over a socket is received, and its refusal told of', async () => {
  const refused: string[] = [];
  const webhooks = asyncReceiver({
    scheme: telnyx,
    credentials: [{ publicKey, name: 'portal' }],
    now,
    onRefused: ({ code }) => refused.push(code),
  });
  const server = createServer((request: IncomingMessage, response) => {
    void webhooks.receive(request).then(({ result, body: bytes }) => {
      response.statusCode = result.ok ? 200 : 401;
      response.end(result.ok ? `${result.credential.name}: ${Buffer.from(bytes).toString()}` : '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    const taken = await fetch(url, { method: 'POST', headers, body });
    expect([taken.status, await taken.text()]).toEqual([200, `portal: ${body}`]);
    expect((await fetch(url, { method: 'POST', headers, body: '{}' })).status).toBe(401);
    expect(refused).toEqual(['signature/mismatch']);
  } finally {
    server.close();
  }
});

test('a scheme with a shared secret is received as well', async () => {
  const secret = new Secret('s3cret', 'utf8');
  const signature = `sha256=${createHmac('sha256', 's3cret').update(body).digest('hex')}`;
  const request = new Request('https://example.com/', {
    method: 'POST',
    headers: { 'x-hub-signature-256': signature },
    body,
  });
  expect(await verifyRequestAsync(github, { secret }, request)).toMatchObject({ ok: true });
});

test('a receiver that is configured wrongly is not made', () => {
  const rsa = new PublicKey(
    generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }) as JsonWebKey,
  );
  expect(() => asyncReceiver({ scheme: telnyx, credentials: { publicKey: rsa } })).toThrow(
    /needs a key of the kind ed25519/,
  );
  expect(() => asyncReceiver({ scheme: telnyx, credentials: [] })).toThrow('the list is empty');
  expect(() => asyncReceiver({ scheme: telnyx, credentials: { publicKey: 'text' } as never })).toThrow(
    'needs a publicKey',
  );
  expect(() => asyncReceiver({ scheme: telnyx, credentials: { publicKey }, publicUrl: '' })).toThrow('publicUrl');
  expect(() => asyncReceiver({ credentials: { publicKey } } as never)).toThrow(
    'scheme must be a scheme',
  );
});
