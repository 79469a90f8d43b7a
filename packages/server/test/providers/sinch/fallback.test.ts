import { createServer, type AddressInfo } from 'node:net';
import { beforeAll, expect, test } from 'vitest';
import { ownNumber, startVoice } from './voice-under-test.ts';

const alice = '+12065550171';
const bob = '+12065550172';
let down = '';
beforeAll(async () => {
  // A port that was free a moment ago: nobody listens there.
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  down = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks`;
  await new Promise((resolve) => server.close(resolve));
});

test('with the primary down, every callback goes to the fallback, whose answers are applied', async () => {
  const backup = await startVoice({
    answers: {
      ice: { action: { name: 'connectPstn', number: bob } },
      ace: { instructions: [{ name: 'say', text: 'From the fallback' }], action: { name: 'continue' } },
    },
  });
  const voice = await startVoice({ callbacks: 'none' });
  await voice.sinch.voice.applications.updateCallbackURLs({
    applicationkey: 'c0157e51-0000-4000-8000-000000000002',
    updateCallbacksRequestBody: { url: { primary: down, fallback: backup.application.url } },
  });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(3_000);
  voice.phones.hangUp(alice);
  await voice.advance(10);
  expect(voice.heard(bob)).toEqual(['From the fallback']);
  expect(backup.application.received.map(({ event, genuine }) => [event['event'], genuine])).toEqual([
    ['ice', true],
    ['ace', true],
    ['dice', true],
  ]);
  expect(voice.outbox.list().map(({ attempts }) => attempts.map(({ url }) => url))).toEqual(
    Array.from({ length: 3 }, () => [down, backup.application.url]),
  );
  expect(voice.outbox.list()[0]?.attempts).toMatchObject([
    { outcome: { failure: 'refused' } },
    { outcome: { status: 200 } },
  ]);
});

test('an error status of the primary leads to the fallback too', async () => {
  const backup = await startVoice({ answers: { ice: { action: { name: 'connectPstn', number: bob } } } });
  const voice = await startVoice({ answers: { ice: { status: 503 } }, fallback: backup.application.url });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(2_000);
  expect(voice.phones.phone(bob).state).toBe('connected');
});

test('with both down the caller hears an error message and the call ends; nothing more is tried', async () => {
  const voice = await startVoice({ callbacks: 'none' });
  await voice.sinch.voice.applications.updateCallbackURLs({
    applicationkey: 'c0157e51-0000-4000-8000-000000000002',
    updateCallbacksRequestBody: { url: { primary: down, fallback: `${down}/too` } },
  });
  const dialed = await voice.phones.dial(alice, ownNumber);
  await voice.advance(10_000);
  expect(voice.heard(alice)).toEqual(['An application error has occurred. Goodbye.']);
  expect(voice.outbox.list().map(({ event, state, attempts }) => [event, state, attempts.length])).toEqual([
    ['ice', 'undelivered', 2],
    ['dice', 'undelivered', 2],
  ]);
  expect(await voice.sinch.voice.calls.get({ callId: dialed.ok ? dialed.call : '' })).toMatchObject({
    status: 'FINAL',
    reason: 'CALLBACKERROR',
  });
});
