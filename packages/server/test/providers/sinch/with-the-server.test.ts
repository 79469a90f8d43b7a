import { SinchClient } from '@sinch/sdk-core';
import { afterEach, expect, test } from 'vitest';
import { startServer, type RunningServer } from '../../../src/server.ts';
import { startReceiver, type CallbackReceiver } from './callback-receiver.ts';
import { credentials, ownNumber } from './voice-under-test.ts';

let server: RunningServer | undefined;
let application: CallbackReceiver | undefined;

afterEach(async () => {
  await server?.close();
  await application?.close();
});

test('the whole server speaks real audio to a callee and tells the application, driven by the official SDK', async () => {
  application = await startReceiver(credentials, { ace: { action: { name: 'continue' } } });
  server = await startServer({ port: 0, clock: 'virtual' });
  const { url, control } = server;
  const { voice } = new SinchClient({ ...credentials, voiceHostname: url, voiceApplicationManagementHostname: url });
  await voice.applications.updateCallbackURLs({
    applicationkey: credentials.applicationKey,
    updateCallbacksRequestBody: { url: { primary: application.url } },
  });
  const { callId = '' } = await voice.callouts.tts({
    ttsCalloutRequestBody: {
      method: 'ttsCallout',
      ttsCallout: {
        cli: ownNumber,
        destination: { type: 'number', endpoint: '+12065550171' },
        prompts:
          '#ssml[<speak>Your code is <say-as interpret-as="characters">17</say-as><break time="500ms"/></speak>]',
        enableAce: true,
        enableDice: true,
      },
    },
  });
  await control.advance('60s');
  const call = await voice.calls.get({ callId });
  expect(call).toMatchObject({ status: 'FINAL', result: 'ANSWERED', reason: 'MANAGERHANGUP' });
  expect(application.received.map(({ event, genuine }) => [event['event'], genuine])).toEqual([
    ['ace', true],
    ['dice', true],
  ]);

  const wav = Buffer.from(control.audio(callId, 1, 'heard'));
  const samples = new Int16Array(wav.buffer, wav.byteOffset + 44, (wav.length - 44) / 2);
  const seconds = samples.length / 16_000;
  expect(seconds).toBeGreaterThan(1);
  expect(Math.round(seconds)).toBe(call.duration);
  expect(samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0)).toBeGreaterThan(3_000);
});

test('a refused signature is diagnosed for whoever sent it', async () => {
  server = await startServer({ port: 0, clock: 'virtual' });
  const { url } = server;
  const wrong = new SinchClient({
    ...credentials,
    applicationSecret: Buffer.from('another key, 16b').toString('base64'),
    voiceHostname: url,
    voiceApplicationManagementHostname: url,
  });
  await expect(wrong.voice.applications.listNumbers({})).rejects.toMatchObject({ statusCode: 401 });
  expect(server.control.exchanges()[0]).toMatchObject({
    provider: 'sinch',
    authentication: { outcome: 'refused', code: 'signature/mismatch' },
  });
});
