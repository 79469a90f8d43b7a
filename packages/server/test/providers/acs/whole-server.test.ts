import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CallAutomationClient } from '@azure/communication-call-automation';
import { SmsClient } from '@azure/communication-sms';
import { describe, expect, it, onTestFinished } from 'vitest';
import { decodeWav } from '../../../src/audio/wav.ts';
import { startServer } from '../../../src/server.ts';
import { withSpeech } from './calls-under-test.ts';
import { sendSigned } from './raw-request.ts';

describe('the whole server, with speech that is really synthesized', () => {
  it('takes an incoming call, speaks to the caller, hears it, and records both', async () => {
    const application = await startApplication();
    const server = await startServer({
      port: 0,
      clock: 'virtual',
      acs: { eventGridEndpoint: `${application.url}/event-grid` },
    });
    onTestFinished(() => server.close());
    const { control, environment } = server;
    const connectionString = environment['COMMUNICATION_SERVICES_CONNECTION_STRING'] ?? '';
    const client = new CallAutomationClient(connectionString, { allowInsecureConnection: true });
    const caller = control.phone('+15555550123');

    const { call } = await caller.dial('+12065550100');
    await control.advance(0);
    const { incomingCallContext } = application.last('Microsoft.Communication.IncomingCall').data;
    const { callConnection } = await client.answerCall(incomingCallContext, `${application.url}/events`, withSpeech);
    await control.advance(0);
    const { serverCallId: id = '' } = await callConnection.getCallConnectionProperties();
    const recording = client.getCallRecording();
    const { recordingId = '' } = await recording.start({ callLocator: { kind: 'serverCallLocator', id } });
    const ssmlText =
      '<speak version="1.0" xml:lang="en-US">Hello. <break time="1s"/> What is your <emphasis>name</emphasis>?</speak>';
    await callConnection.getCallMedia().startRecognizing(
      { phoneNumber: '+15555550123' },
      {
        kind: 'callMediaRecognizeSpeechOptions',
        playPrompt: { kind: 'ssmlSource', ssmlText },
        endSilenceTimeoutInSeconds: 1,
      },
    );
    await control.advance('5s');
    caller.say('My name is Ada.');
    await control.advance('5s');
    expect(application.last('Microsoft.Communication.RecognizeCompleted').data.speechResult).toMatchObject({
      speech: 'My name is Ada.',
    });
    await callConnection.hangUp(true);
    await control.advance(0);

    const heard = decodeWav(control.audio(call, 1, 'heard'));
    const spoken = decodeWav(control.audio(call, 1, 'spoken'));
    expect([heard, spoken].map(({ samples }) => samples.some((sample) => Math.abs(sample) > 1000))).toEqual([
      true,
      true,
    ]);
    const answer = await sendSigned(server.url, { path: `/calling/recordings/${recordingId}/content` });
    const recorded = decodeWav(new Uint8Array(await answer.arrayBuffer()));
    expect(recorded.samples.length).toBe(heard.samples.length);
    const both = Array.from(heard.samples, (sample, at) => sample + (spoken.samples[at] ?? 0));
    expect(Array.from(recorded.samples)).toEqual(both);
    expect(application.last('Microsoft.Communication.RecordingFileStatusUpdated').data.recordingDurationMs).toBe(
      10_000,
    );
  });

  it('delivers a text message to the phone, which a test sees and the control API shows', async () => {
    const server = await startServer({ port: 0, clock: 'virtual' });
    onTestFinished(() => server.close());
    const connectionString = server.environment['COMMUNICATION_SERVICES_CONNECTION_STRING'] ?? '';
    const client = new SmsClient(connectionString, { allowInsecureConnection: true });
    await client.send({ from: '+12065550100', to: ['+15555550123'], message: 'hello' });
    const received = { from: '+12065550100', to: '+15555550123', text: 'hello' };
    expect(await server.control.waitFor(({ type }) => type === 'text-message')).toMatchObject({ message: received });
    expect(server.control.phone('+15555550123').inbox()).toMatchObject([received]);
    const shown = await fetch(`${server.url}/_control/phones/+15555550123`);
    expect(await shown.json()).toMatchObject({ inbox: [received] });
    server.control.reset();
    expect(server.control.phone('+15555550123').inbox()).toEqual([]);
  });

  it('fails a text that would be spoken for a quarter of an hour at once, as the speech service does', async () => {
    const application = await startApplication();
    const server = await startServer({ port: 0, clock: 'virtual' });
    onTestFinished(() => server.close());
    const { control, environment } = server;
    const client = new CallAutomationClient(environment['COMMUNICATION_SERVICES_CONNECTION_STRING'] ?? '', {
      allowInsecureConnection: true,
    });
    const target = {
      targetParticipant: { phoneNumber: '+12065550110' },
      sourceCallIdNumber: { phoneNumber: '+12065550100' },
    };
    const { callConnection } = await client.createCall(target, `${application.url}/events`, withSpeech);
    await control.advance('2s');
    const text = 'Nobody listens for that long. '.repeat(660);
    expect(text).toHaveLength(19_800);
    await callConnection.getCallMedia().playToAll([{ kind: 'textSource', text, voiceName: 'en-US-NancyNeural' }]);
    await control.advance(0);
    expect(application.last('Microsoft.Communication.PlayFailed').data.resultInformation).toMatchObject({
      code: 400,
      subCode: 8565,
    });
  });

  it('tries a receiver that fails five times, gives up, and sends again when it is told to', async () => {
    const application = await startApplication();
    const server = await startServer({ port: 0, clock: 'virtual' });
    onTestFinished(() => server.close());
    const { control, environment } = server;
    const client = new CallAutomationClient(environment['COMMUNICATION_SERVICES_CONNECTION_STRING'] ?? '', {
      allowInsecureConnection: true,
    });
    control.fault({ name: 'callbacks' });
    const target = {
      targetParticipant: { phoneNumber: '+12065550110' },
      sourceCallIdNumber: { phoneNumber: '+12065550100' },
    };
    await client.createCall(target, `${application.url}/events`);
    await control.advance('1m');
    const connected = control.callbacks().find(({ event }) => event.endsWith('.CallConnected'));
    expect(connected).toMatchObject({
      state: 'undelivered',
      attempts: Array.from({ length: 5 }, () => ({ outcome: { failure: 'fault' } })),
    });
    expect(() => application.last('Microsoft.Communication.CallConnected')).toThrow(/arrived/);
    control.clearFault('callbacks');
    control.resend(connected?.id ?? '');
    await control.advance('1s');
    expect(application.last('Microsoft.Communication.CallConnected').data).toMatchObject({
      publicEventType: expect.any(String),
    });
  });

  it('explains a refused signature beside the answer that Azure gives', async () => {
    const server = await startServer({ port: 0, clock: 'virtual' });
    onTestFinished(() => server.close());
    const path = '/calling/callConnections/c:play?api-version=2026-03-12';
    const answer = await sendSigned(server.url, { path, body: {}, key: Buffer.from('another key').toString('base64') });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({ error: { code: '7509', message: 'HMAC-SHA256 validation failed' } });
    expect(answer.headers.get('x-countersign-diagnosis')).not.toBeNull();
  });
});

/** An application that takes events and validates its Event Grid subscription. */
async function startApplication() {
  const events: { type: string; data: any }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [event] = JSON.parse(Buffer.concat(chunks).toString()) as any[];
      events.push({ type: event.type ?? event.eventType, data: event.data });
      const { validationCode } = event.data;
      response.end(validationCode === undefined ? '' : JSON.stringify({ validationResponse: validationCode }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    last: (type: string) => {
      const event = events.findLast((candidate) => candidate.type === type);
      if (!event) throw new Error(`no ${type} arrived, but ${events.map((one) => one.type).join(', ')}`);
      return event;
    },
  };
}
