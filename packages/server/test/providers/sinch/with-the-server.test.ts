import { SinchClient } from '@sinch/sdk-core';
import { afterEach, expect, test } from 'vitest';
import { decodeMp3 } from '../../../src/audio/mp3.ts';
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
  expect(loudest(samples)).toBeGreaterThan(3_000);
});

test('a recording is an MP3 with what both parties said, served where recording_available says, with its transcript', async () => {
  const bob = '+12065550172';
  const options = { destinationUrl: 's3://bucket', credentials: 'x', transcriptionOptions: { enabled: true } };
  application = await startReceiver(credentials, {
    ice: { instructions: [{ name: 'startRecording', options }], action: { name: 'connectPstn', number: bob } },
  });
  server = await startServer({ port: 0, clock: 'virtual' });
  const { url, control } = server;
  const { voice } = new SinchClient({ ...credentials, voiceHostname: url, voiceApplicationManagementHostname: url });
  await voice.applications.updateCallbackURLs({
    applicationkey: credentials.applicationKey,
    updateCallbacksRequestBody: { url: { primary: application.url } },
  });
  await control.phone('+12065550171').dial(ownNumber);
  await control.advance('2s');
  control.phone('+12065550171').say('Hello Bob, this is Alice.');
  await control.advance('3s');
  control.phone(bob).say('Hello Alice.');
  await control.advance('3s');
  control.phone(bob).hangUp();
  await control.advance('1s');
  const [, available, transcription] = application.events('notify');
  expect(available).toMatchObject({ type: 'recording_available', destination: expect.stringMatching(/\.mp3$/) });
  const file = await fetch(String(available?.['destination']));
  expect(file.headers.get('content-type')).toBe('audio/mpeg');
  const pcm = await decodeMp3(new Uint8Array(await file.arrayBuffer()));
  expect(pcm.samples.length / 16_000).toBeCloseTo(8, 0);
  expect(loudest(pcm.samples.subarray(2 * 16_000, 4 * 16_000))).toBeGreaterThan(3_000);
  expect(loudest(pcm.samples.subarray(0, 16_000))).toBeLessThan(200);
  const wav = await fetch(String(available?.['destination']).replace(/mp3$/, 'wav'));
  expect(wav.headers.get('content-type')).toBe('audio/wav');
  expect(transcription).toMatchObject({ type: 'transcription_available' });
  expect(await (await fetch(String(transcription?.['destination']))).text()).toBe(
    '[2.0 s] Hello Bob, this is Alice.\n[5.0 s] Hello Alice.\n',
  );
  expect((await fetch(`${url}/sinch/recordings/none/none.mp3`)).status).toBe(404);
});

function loudest(samples: Int16Array): number {
  return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}

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

test('reset gives callback URLs and numbers back as they were configured', async () => {
  server = await startServer({ port: 0, clock: 'virtual' });
  const { url, control } = server;
  const { voice } = new SinchClient({ ...credentials, voiceHostname: url, voiceApplicationManagementHostname: url });
  const { applicationKey: applicationkey } = credentials;
  const before = await voice.applications.listNumbers({});
  await voice.applications.updateCallbackURLs({
    applicationkey,
    updateCallbacksRequestBody: { url: { primary: 'http://localhost:9/callbacks' } },
  });
  await voice.applications.assignNumbers({
    assignNumbersRequestBody: { numbers: ['+12025550123'], capability: 'voice' },
  });
  await voice.applications.unassignNumber({
    unassignNumbersRequestBody: { number: ownNumber, applicationkey, capability: 'voice' },
  });
  control.reset();
  expect(await voice.applications.getCallbackURLs({ applicationkey })).toEqual({ url: { primary: '', fallback: '' } });
  expect(await voice.applications.listNumbers({})).toEqual(before);
});

test('applications of an account see each other’s numbers and callback URLs, and no calls and conferences', async () => {
  const other = { applicationKey: 'another-application', applicationSecret: 'AAAAAAAAAAAAAAAAAAAAAA==' };
  server = await startServer({
    port: 0,
    clock: 'virtual',
    environment: { OTHER_SECRET: other.applicationSecret },
    accounts: [
      {
        provider: 'sinch',
        applicationKey: other.applicationKey,
        applicationSecret: { env: 'OTHER_SECRET' },
        numbers: ['+12025550199'],
      },
    ],
  });
  const { url, control } = server;
  const hosts = { voiceHostname: url, voiceApplicationManagementHostname: url };
  const mine = new SinchClient({ ...credentials, ...hosts }).voice;
  const theirs = new SinchClient({ ...other, ...hosts }).voice;
  const { callId = '' } = await mine.conferences.call({
    conferenceCalloutRequestBody: {
      method: 'conferenceCallout',
      conferenceCallout: {
        cli: ownNumber,
        destination: { type: 'number', endpoint: '+12065550171' },
        conferenceId: 'shared name',
      },
    },
  });
  await control.advance('3s');
  expect(await mine.calls.get({ callId })).toMatchObject({ status: 'ONGOING' });
  await expect(theirs.calls.get({ callId })).rejects.toMatchObject({ statusCode: 404 });
  await expect(theirs.conferences.get({ conferenceId: 'shared name' })).rejects.toMatchObject({ statusCode: 404 });
  expect((await theirs.applications.listNumbers({})).numbers).toEqual([
    { number: '+12065550150', applicationkey: credentials.applicationKey, capability: 'voice' },
    { number: '+12025550199', applicationkey: other.applicationKey, capability: 'voice' },
  ]);
  const callbacks = { applicationkey: credentials.applicationKey };
  await theirs.applications.updateCallbackURLs({
    ...callbacks,
    updateCallbacksRequestBody: { url: { primary: 'http://localhost:9/theirs' } },
  });
  expect(await mine.applications.getCallbackURLs(callbacks)).toMatchObject({
    url: { primary: 'http://localhost:9/theirs' },
  });
});
