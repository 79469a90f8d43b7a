import { SinchClient } from '@sinch/sdk-core';
import { afterEach, expect, test } from 'vitest';
import type { CallEvent } from '../../../src/engine/event.ts';
import { type RunningServer, startServer } from '../../../src/server.ts';
import type { Answers } from './callback-receiver.ts';
import { credentials, ownNumber, startVoice, type VoiceSetting, type VoiceUnderTest } from './voice-under-test.ts';

const alice = '+12065550171';
const place = { action: { name: 'connectPstn', number: alice, cli: ownNumber } };

/** What the timeline says of refusals, first to last. */
function refusals(voice: VoiceUnderTest, call: string): readonly string[] {
  return voice.switchboard
    .history(call)
    .filter((event): event is Extract<CallEvent, { type: 'refused' }> => event.type === 'refused')
    .map(({ code, summary }) => `${code}: ${summary}`);
}

async function customCallout(member: object, setting: VoiceSetting = { callbacks: 'none' }) {
  const voice = await startVoice(setting);
  const { callId = '' } = await voice.sinch.voice.callouts.custom({
    customCalloutRequestBody: { method: 'customCallout', customCallout: { ice: JSON.stringify(place), ...member } },
  });
  await voice.advance(20_000);
  return { voice, said: refusals(voice, callId) };
}

test.for([
  [
    'park in an inline ace',
    { ace: JSON.stringify({ action: { name: 'park', holdPrompt: '#tts[Wait]' } }) },
    'svaml/invalid: The call ends because its SVAML cannot be played: action: park is not allowed in an answer to ACE; it is in an answer to ICE, a request that manages a call',
  ],
  [
    'SVAML that is not JSON',
    { ace: '{"action":' },
    /^svaml\/invalid: The call ends because its SVAML cannot be played: the SVAML is not JSON: /,
  ],
  [
    'a text that is too long',
    { ace: JSON.stringify({ instructions: [{ name: 'say', text: 'x'.repeat(601) }] }) },
    /^svaml\/invalid: .*instructions\[0\]\.text must not have more than 600 characters/,
  ],
  [
    'cookies beyond their limit',
    { ace: JSON.stringify({ instructions: [{ name: 'setCookie', key: 'k', value: 'x'.repeat(1_024) }] }) },
    'svaml/invalid: The call ends because its SVAML cannot be played: setCookie "k": the call\'s cookies would have 1025 bytes; 1024 are allowed',
  ],
  [
    'a menu before anybody is there',
    { ice: JSON.stringify({ action: { name: 'runMenu', menus: [{ id: 'main' }] } }) },
    'svaml/nobody-there: The call ends because runMenu needs somebody in it, and nobody has been connected yet',
  ],
  [
    'ICE without an action',
    { ice: JSON.stringify({ instructions: [] }) },
    'svaml/leads-nowhere: The call ends because the answer to ICE has no action: nothing says where to connect it',
  ],
  [
    'a file that cannot be had',
    { ace: JSON.stringify({ instructions: [{ name: 'playFiles', ids: ['never-uploaded.wav'] }] }) },
    'media/failed: A prompt could not be played: "never-uploaded.wav" names a file that was uploaded to Sinch; "sinch.uploadsUrl" of the configuration says where such files are served here',
  ],
] as const)('%s: the timeline says so in a sentence, without any callback URL', async ([, member, sentence]) => {
  const { said } = await customCallout(member);
  expect(said).toHaveLength(1);
  if (typeof sentence === 'string') expect(said[0]).toBe(sentence);
  else expect(said[0]).toMatch(sentence);
});

test('a callout without a cli says why it is never connected', async () => {
  const voice = await startVoice({ callbacks: 'none' });
  const { callId = '' } = await voice.sinch.voice.callouts.tts({
    ttsCalloutRequestBody: {
      method: 'ttsCallout',
      ttsCallout: { destination: { type: 'number', endpoint: alice }, text: 'Hello' },
    },
  });
  await voice.advance(10);
  expect(refusals(voice, callId)).toEqual([
    'callout/no-cli: The call ends because the callout names no cli: Sinch takes such a callout and never connects it',
  ]);
});

test.for<[what: string, ice: Answers['ice'], said: readonly (string | RegExp)[]]>([
  [
    'an answer of 500',
    { status: 500 },
    [
      'callback/unanswered: ICE was not answered (status 500)',
      /^callback\/unanswered: The call ends because ICE got no answer/,
    ],
  ],
  [
    'a park that is over',
    { action: { name: 'park', maxDuration: 2 } },
    ['park/expired: The call ends because it has been parked for as long as park allows, and no request took it back'],
  ],
  [
    'a prompt of park that cannot be had',
    { action: { name: 'park', introPrompt: 'gone.wav', maxDuration: 20 } },
    [
      'media/failed: A prompt of park could not be played: "gone.wav" names a file that was uploaded to Sinch; "sinch.uploadsUrl" of the configuration says where such files are served here',
    ],
  ],
  [
    'a menu whose prompt cannot be had',
    { action: { name: 'runMenu', menus: [{ id: 'main', mainPrompt: 'gone.wav' }] } },
    [
      'media/failed: The prompt of the menu "main" could not be played: "gone.wav" names a file that was uploaded to Sinch; "sinch.uploadsUrl" of the configuration says where such files are served here',
      'svaml/leads-nowhere: The call ends because PIE got no action in answer, and nobody else is in the call',
    ],
  ],
])('%s for a caller: the timeline says so', async ([, ice = {}, said]) => {
  const voice = await startVoice({ answers: { ice } });
  const dialed = await voice.phones.dial(alice, ownNumber);
  await voice.advance(9_000);
  const told = refusals(voice, dialed.ok ? dialed.call : '');
  expect(told).toHaveLength(said.length);
  for (const [index, sentence] of said.entries()) {
    if (typeof sentence === 'string') expect(told[index]).toBe(sentence);
    else expect(told[index]).toMatch(sentence);
  }
});

test('a participant who is kicked out of a conference is told why its call ends', async () => {
  const voice = await startVoice({ answers: { ice: { action: { name: 'connectConf', conferenceId: 'standup' } } } });
  const dialed = await voice.phones.dial(alice, ownNumber);
  const callId = dialed.ok ? dialed.call : '';
  await voice.advance(2_000);
  await voice.sinch.voice.conferences.kickParticipant({ conferenceId: 'standup', callId });
  await voice.advance(10);
  expect(refusals(voice, callId)).toEqual([
    'conference/taken-out: The call ends because a request took its party out of the conference standup',
  ]);
});

test('an application without a callback URL loses its callers, and the timeline says why', async () => {
  const voice = await startVoice({ callbacks: 'none' });
  const dialed = await voice.phones.dial(alice, ownNumber);
  await voice.advance(9_000);
  expect(refusals(voice, dialed.ok ? dialed.call : '')).toEqual([
    'callback/unanswered: ICE was not answered (no callback URL)',
    'callback/unanswered: The call ends because ICE got no answer that says what to do with it',
  ]);
});

let server: RunningServer | undefined;
afterEach(() => server?.close());

test('control sees a refusal as an event of the call', async () => {
  server = await startServer({ port: 0, clock: 'virtual' });
  const { control } = server;
  const { call } = await control.phone(alice).dial(ownNumber);
  await control.advance('10s');
  expect(await control.waitFor('refused')).toMatchObject({ event: { call, code: 'callback/unanswered' } });
  await expect(control.waitFor('leg-held', { timeoutMs: 1 })).rejects.toThrow(
    'call refused (The call ends because ICE',
  );
});

test('a stream server that cannot be reached is named, without the secrets of its address', async () => {
  server = await startServer({ port: 0, clock: 'virtual' });
  const { url, control } = server;
  const { voice } = new SinchClient({ ...credentials, voiceHostname: url });
  const endpoint = 'ws://localhost:1/audio?token=secret';
  const action = { name: 'connectStream', destination: { type: 'Websocket', endpoint } };
  await voice.callouts.custom({
    customCalloutRequestBody: { method: 'customCallout', customCallout: { ice: JSON.stringify({ action }) } },
  });
  await control.advance('1s');
  expect(await control.waitFor('refused')).toMatchObject({
    event: {
      code: 'stream/unreachable',
      summary: expect.stringMatching(/^The stream server at ws:\/\/localhost:1\/audio cannot be connected: ./),
    },
  });
});
