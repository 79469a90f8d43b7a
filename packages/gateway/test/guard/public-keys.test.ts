import { generateKeyPairSync, sign as signWith } from 'node:crypto';
import { PublicKey } from '@countersign/core/public-key';
import { telnyx } from '@countersign/core/schemes/telnyx';
import { afterEach, expect, it } from 'vitest';
import { memoryStore } from '../../src/stores/memory.ts';
import { exchange, requestText } from './raw-server.ts';
import { started, statusOf, type Started } from './started.ts';

const keys = generateKeyPairSync('ed25519');
const other = generateKeyPairSync('ed25519');
const publicKey = new PublicKey(keys.publicKey.export({ format: 'pem', type: 'spki' }).toString());

let running: Started | undefined;
afterEach(() => running?.close());

/** A delivery that is signed by node:crypto, and what was answered. */
async function deliver(
  body: string,
  { sent = body, privateKey = keys.privateKey, at = Date.now() } = {},
): Promise<string> {
  const time = Math.floor(at / 1000);
  const signature = signWith(null, Buffer.from(`${time}|${body}`), privateKey).toString('base64');
  const lines: [string, string][] = [
    ['Host', 'a'],
    ['Content-Length', String(Buffer.byteLength(sent))],
    ['telnyx-timestamp', String(time)],
    ['telnyx-signature-ed25519', signature],
  ];
  return exchange(running!.guard.url, requestText('POST /hooks', lines, sent));
}

it('hands on what a private key signed, byte for byte, once, and tells the application which key it was', async () => {
  const route = { scheme: telnyx, credentials: { publicKey, name: 'portal' }, replay: { store: memoryStore() } };
  running = await started(route, { admin: { port: 0 } });
  const at = Date.now();
  expect(statusOf(await deliver('{"a": 1}\r\n', { at }))).toBe(200);
  expect(running.app.received[0]).toMatch(/countersign-verified: [^\r\n]*portal/i);
  expect(running.app.received[0]?.endsWith('\r\n\r\n{"a": 1}\r\n')).toBe(true);
  expect(statusOf(await deliver('{"a": 1}\r\n', { at }))).toBe(403);
  expect(statusOf(await deliver('{"a": 1}', { at: at - 600_000 }))).toBe(403);
  expect(statusOf(await deliver('{"a":1}', { privateKey: other.privateKey }))).toBe(401);
  const refused = await deliver('{"a":1}', { sent: '{ "a": 1 }' });
  expect(statusOf(refused)).toBe(401);
  expect(running.app.received).toHaveLength(1);

  const id = refused.split('\r\n\r\n')[1];
  const told = (await (await fetch(`${running.guard.adminUrl}/refusals/${id}`)).json()) as Record<string, unknown>;
  expect(told).toMatchObject({
    code: 'signature/mismatch',
    scheme: 'telnyx',
    diagnosis: { verdict: 'explained', mistakes: [{ id: 'body/reserialized', proven: true }] },
  });
});

it('takes another public key without a restart', async () => {
  running = await started({ scheme: telnyx, credentials: { publicKey } });
  const replaced = new PublicKey(other.publicKey.export({ format: 'der', type: 'spki' }));
  expect(statusOf(await deliver('{}', { privateKey: other.privateKey }))).toBe(401);
  running.guard.replaceKeys('/', [{ publicKey: replaced }]);
  expect(statusOf(await deliver('{}', { privateKey: other.privateKey }))).toBe(200);
});

it('does not start with a key of another kind', async () => {
  const rsa = new PublicKey(
    generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }) as JsonWebKey,
  );
  await expect(started({ scheme: telnyx, credentials: { publicKey: rsa } })).rejects.toThrow(
    'needs a key of the kind ed25519',
  );
});
