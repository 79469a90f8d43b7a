import { CallAutomationClient } from '@azure/communication-call-automation';
import { SinchClient } from '@sinch/sdk-core';
import { developmentAccount } from '@countersign/core/development-account';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type Callback,
  type CallEvent,
  type PhoneScript,
  type RunningServer,
  type ServerOptions,
  startServer,
} from '../../src/server.ts';
import { startReceiver } from '../server/receiver.ts';

const alice = '+12065550171';
const bob = '+12065550172';
const { applicationKey, applicationSecret, number } = developmentAccount.sinch;

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

/** A server whose Sinch application answers by event. */
async function startAnswering(answers: Readonly<Record<string, object>>): Promise<RunningServer> {
  const application = await startReceiver(({ body }, response) => {
    const { event } = JSON.parse(body) as { event: string };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answers[event] ?? {}));
  });
  const options: ServerOptions = { port: 0, clock: 'virtual' };
  const server = await startServer(options);
  running.push(application, server);
  const { url } = server;
  const { voice } = new SinchClient({ applicationKey, applicationSecret, voiceApplicationManagementHostname: url });
  await voice.applications.updateCallbackURLs({
    applicationkey: applicationKey,
    updateCallbacksRequestBody: { url: { primary: application.url } },
  });
  return server;
}

describe('what was heard', () => {
  test('is text with times and who said it, of a call and of a phone', async () => {
    const { control } = await startAnswering({
      ice: {
        instructions: [
          { name: 'playFiles', ids: ['#ssml[<speak>Hello <break time="1s"/>there.</speak>]'], locale: 'en-US' },
          { name: 'sendDtmf', value: '1#' },
        ],
        action: { name: 'connectPstn', number: bob },
      },
    });
    const beganAtMs = control.now();
    const { call } = await control.phone(alice).dial(number);
    await control.advance('10s');
    control.phone(bob).say('Yes?');
    await control.advance('2s');
    const heard = control.heard(call);
    expect(heard).toMatchObject([
      { call, to: alice, text: 'Hello there.', startedAtMs: beganAtMs },
      { call, to: alice, text: '1#' },
      { call, to: alice, from: bob, text: 'Yes?', startedAtMs: beganAtMs + 10_000 },
    ]);
    for (const { startedAtMs, endedAtMs = 0 } of heard) expect(endedAtMs).toBeGreaterThan(startedAtMs);
    expect(control.phone('+1 (206) 555-0171').heard()).toEqual(heard);
    expect(control.phone(bob).heard()).toEqual([]);
  });

  test('is told of an ACS call by the id that the SDK gave', async () => {
    const server = await startServer({ port: 0, clock: 'virtual' });
    running.push(server);
    const { control, environment } = server;
    const client = new CallAutomationClient(environment.COMMUNICATION_SERVICES_CONNECTION_STRING, {
      allowInsecureConnection: true,
    });
    const { callConnectionProperties, callConnection } = await client.createCall(
      {
        targetParticipant: { phoneNumber: '+14255550123' },
        sourceCallIdNumber: { phoneNumber: '+12065550100' },
      },
      'http://localhost:9/events',
      { callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://example.com' } },
    );
    await control.advance('2s');
    const ssmlText =
      '<speak version="1.0" xml:lang="de-DE"><voice name="de-DE-KatjaNeural">Guten <p>Tag.</p></voice></speak>';
    await callConnection.getCallMedia().playToAll([{ kind: 'ssmlSource', ssmlText }]);
    await control.advance('5s');
    expect(control.heard(callConnectionProperties.callConnectionId ?? '')).toMatchObject([
      { to: '+14255550123', text: 'Guten Tag.', substituted: { asked: 'de-DE-KatjaNeural, de-DE' } },
    ]);
  });

  test('is what has sounded by now: what follows is not there yet, what is cut short ends there', async () => {
    const { control } = await startAnswering({
      ice: {
        instructions: [
          { name: 'say', text: 'One. '.repeat(20) },
          { name: 'say', text: 'Two.' },
        ],
      },
    });
    const { call } = await control.phone(alice).dial(number);
    await control.advance('1s');
    const [first, ...others] = control.heard(call);
    expect([first, others]).toEqual([expect.not.objectContaining({ endedAtMs: expect.anything() }), []]);
    control.phone(alice).hangUp();
    expect(control.heard(call)).toMatchObject([{ endedAtMs: control.now() }]);
  });

  test('goes on in the conference that a call went to, and names audio that has no words', async () => {
    const { control } = await startAnswering({
      ice: {
        instructions: [{ name: 'say', text: 'Welcome.' }],
        action: { name: 'connectConf', conferenceId: 'standup', moh: 'music1' },
      },
    });
    const { call } = await control.phone(alice).dial(number);
    await control.advance('3s');
    await control.phone(bob).dial(number);
    await control.advance('3s');
    control.phone(bob).say('Hello Alice.');
    await control.advance('2s');
    expect(control.calls().map(({ state }) => state)).toEqual(['connected', 'connected', 'connected']);
    const texts = ['Welcome.', '[hold music music1]', 'Hello Alice.'];
    expect(control.heard(call).map(({ text }) => text)).toEqual(texts);
    expect(
      control
        .phone(alice)
        .heard()
        .map(({ text }) => text),
    ).toEqual(texts);
  });

  test('is forgotten by a reset', async () => {
    const { control } = await startAnswering({ ice: { instructions: [{ name: 'say', text: 'Hello.' }] } });
    await control.phone(alice).dial(number);
    await control.advance('3s');
    expect(control.phone(alice).heard()).toHaveLength(1);
    control.reset();
    expect(control.phone(alice).heard()).toEqual([]);
    expect(() => control.heard('none')).toThrow('there is no call none');
  });
});

describe('what a test in TypeScript is given', () => {
  test('has types by name, callbacks with their bodies read, and variables by their names', async () => {
    const script: PhoneScript = { pickUp: 'answer' };
    const { control, environment } = await startAnswering({ ice: { action: { name: 'hangup' } } });
    control.phone(alice).script(script);
    const { call } = await control.phone(alice).dial(number);
    await control.advance('1s');
    const ended = await control.waitFor('call-ended');
    const event: CallEvent = ended.event;
    expect(event.call).toBe(call);
    const { callback } = await control.waitFor('dice');
    const body = callback.parsed;
    if (!('event' in body) || body.event !== 'dice') throw new Error('that is no DiCE');
    expect([body.callid, body.from]).toEqual([call, '12065550171']);
    const sent: Callback[] = control.callbacks();
    expect(sent.map(({ parsed }) => 'event' in parsed && parsed.event)).toEqual(['dice', 'ice']);
    const reported: Callback = callback;
    expect(sent[0]).toEqual(reported);
    const key: string = environment.SINCH_APPLICATION_KEY;
    expect(key).toBe(applicationKey);
  });

  test('is told when it reads a variable of the development account that is switched off', async () => {
    const server = await startServer({
      port: 0,
      developmentAccount: false,
      environment: { KEY: 'AAAAAAAAAAAAAAAAAAAAAA==' },
      accounts: [{ provider: 'sinch', applicationKey: 'mine', applicationSecret: { env: 'KEY' } }],
    });
    running.push(server);
    expect({ ...server.environment }).toEqual({});
    expect(() => server.environment.SINCH_APPLICATION_KEY).toThrow('switches the development account off');
  });
});
