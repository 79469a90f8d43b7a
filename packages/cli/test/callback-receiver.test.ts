import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { startCallbackReceiver, type CallbackReceiver, type ReceivedCallback } from '../src/calls/callback-receiver.ts';
import { callbackReader as acsCallbackReader } from '../src/providers/acs/callbacks.ts';
import { callbackReader as sinchCallbackReader } from '../src/providers/sinch/callbacks.ts';

const credential = { keyId: 'key', secret: new Secret('c2VjcmV0', sinchApplication.key.encoding) };
const received: ReceivedCallback[] = [];
let receiver: CallbackReceiver;
beforeAll(async () => {
  receiver = await startCallbackReceiver({
    readers: {
      '/acs': acsCallbackReader({ resourceIds: ['resource'], jwksUrl: 'http://127.0.0.1:9/keys' }),
      '/sinch': sinchCallbackReader(credential),
    },
    onCallback: (callback) => received.push(callback),
  });
});
afterAll(() => receiver.close());

const post = async (path: string, body: string, headers: Record<string, string> = {}): Promise<number> =>
  (await fetch(receiver.origin + path, { method: 'POST', body, headers })).status;
const acsEvent = JSON.stringify([{ type: 'Microsoft.Communication.CallConnected', data: { callConnectionId: 'c' } }]);

describe('a callback that is not authenticated is answered so, and shown as such', () => {
  test.each([
    ['an ACS event without a token', '/acs', acsEvent, {}, 401, /^token\/missing/],
    ['an ACS event with something else', '/acs', acsEvent, { authorization: 'Bearer a.b.c' }, 401, /^token\/malformed/],
    [
      'a Sinch callback without a signature',
      '/sinch',
      '{"event":"ace","callid":"s"}',
      {},
      403,
      /^authorization\/missing/,
    ],
    [
      'a Sinch callback with a wrong one',
      '/sinch',
      '{"event":"ace","callid":"s"}',
      {
        authorization: 'application key:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
        'x-timestamp': new Date().toISOString(),
      },
      403,
      /^signature\/mismatch/,
    ],
  ])('%s', async (_, path, body, headers, status, summary) => {
    expect(await post(path, body, headers as Record<string, string>)).toBe(status);
    expect(received.at(-1)?.verification).toEqual({ ok: false, summary: expect.stringMatching(summary) as string });
  });
});

test('keys that cannot be fetched are answered 503, so that the event is sent again', async () => {
  const head = Buffer.from('{"alg":"RS256","kid":"k"}').toString('base64url');
  expect(await post('/acs', acsEvent, { authorization: `Bearer ${head}.e30.c2ln` })).toBe(503);
});

test('what is no callback at all is answered 400, and another path 404', async () => {
  const before = received.length;
  expect(await post('/sinch', 'not JSON')).toBe(400);
  expect(await post('/elsewhere', '{}')).toBe(404);
  expect(received).toHaveLength(before);
});

test('waiting ends with what did not come', async () => {
  await expect(receiver.waitFor(() => false, 1, 'CallConnected')).rejects.toMatchObject({
    code: 'call/no-event',
    exitCode: 1,
    message: 'CallConnected did not come within 0.001 s',
  });
});

test('a port that is in use is said plainly', async () => {
  const port = Number(new URL(receiver.origin).port);
  await expect(startCallbackReceiver({ port, readers: {}, onCallback: () => {} })).rejects.toMatchObject({
    message: `cannot listen for callbacks: port ${port} is in use; give another with --listen`,
  });
});
