import { generateKeyPairSync, sign as signWith } from 'node:crypto';
import { expect, test } from 'vitest';
import { perform } from '../src/playground/perform.ts';
import type { Task } from '../src/playground/work.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
const body = '{"data":{"event_type":"call.answered"}}';
const signature = signWith(null, Buffer.from(`1717000000|${body}`), privateKey).toString('base64');
const requestText = (sent: string): string =>
  `POST /hook HTTP/1.1\r\nHost: example.com\r\nContent-Length: ${sent.length}\r\ntelnyx-timestamp: 1717000000\r\ntelnyx-signature-ed25519: ${signature}\r\n\r\n${sent}`;
const task: Omit<Task, 'text' | 'kind'> = {
  chosen: 0,
  scheme: 'telnyx',
  secret: raw,
  keyId: '',
  nowMs: 1_717_000_010_000,
};

test('the playground verifies and diagnoses with a public key', async () => {
  const right = await perform({ ...task, kind: 'verify', text: requestText(body) });
  expect(right.outcome).toMatchObject({ kind: 'verified', ok: true });
  const wrong = await perform({ ...task, kind: 'verify', text: requestText('{}') });
  expect(wrong.outcome).toMatchObject({ ok: false, sentence: expect.stringContaining('signature/mismatch') as string });
  const parsed = await perform({
    ...task,
    kind: 'diagnose',
    text: requestText(JSON.stringify(JSON.parse(body), undefined, 2)),
  });
  expect(parsed.outcome).toMatchObject({
    kind: 'diagnosed',
    diagnosis: { verdict: 'explained', mistakes: [{ id: 'body/reserialized' }] },
  });
});

test('the playground says what stands in the place of a public key, and that nobody signs for the provider', async () => {
  const secret = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
  const wrong = await perform({ ...task, kind: 'verify', secret, text: requestText(body) });
  expect(wrong.outcome).toMatchObject({
    kind: 'failed',
    message: expect.stringContaining('a shared secret') as string,
  });
  const signing = await perform({ ...task, kind: 'sign', text: requestText(body) });
  expect(signing.outcome).toMatchObject({
    kind: 'failed',
    message: expect.stringContaining('its provider alone has') as string,
  });
});
