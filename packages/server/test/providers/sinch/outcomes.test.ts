import { expect, test } from 'vitest';
import { endReasons } from '../../../src/providers/sinch/state/outcome.ts';
import { ownNumber, startVoice, type VoiceUnderTest } from './voice-under-test.ts';

const alice = '+12065550171';

/** The reasons of Sinch's OpenAPI 1.0.1: of DiCE and of the call resource together. */
const documented =
  'N/A ESTABLISHED OTHERPEERANSWERED TIMEOUT CALLERHANGUP CALLEEHANGUP BLOCKED MANAGERHANGUP NOCREDITPARTNER ' +
  'CLIENTNETWORK CONGESTION GENERALERROR CANCEL USERNOTFOUND CALLBACKERROR INVALIDSVAMLACTION';

test('the reasons are those that are documented', () => {
  expect([...endReasons].toSorted()).toEqual(documented.split(' ').toSorted());
});

test.for(documented.split(' '))('the fault sinch-call ends a callout as %s', async (code) => {
  const voice = await startVoice();
  voice.faults.set('sinch-call', { name: 'sinch-call', code });
  const callId = await callOut(voice, alice);
  await voice.advance(10);
  expect(voice.application.received.map(({ event }) => event)).toMatchObject([
    { event: 'dice', callid: callId, result: 'FAILED', reason: code, duration: 0 },
  ]);
  expect(await voice.sinch.voice.calls.get({ callId })).toMatchObject({ status: 'FINAL', reason: code });
  expect(voice.phones.phone(alice).state).toBe('idle');
});

test('the fault sinch-call ends custom callouts and incoming calls before the application is asked', async () => {
  const voice = await startVoice();
  voice.faults.set('sinch-call', { name: 'sinch-call', code: 'no such reason' });
  await voice.phones.dial(alice, ownNumber);
  await voice.sinch.voice.callouts.custom({
    customCalloutRequestBody: {
      method: 'customCallout',
      customCallout: { cli: ownNumber, destination: { type: 'number', endpoint: alice } },
    },
  });
  await voice.advance(10);
  expect(voice.application.received.map(({ event }) => event)).toMatchObject([
    { event: 'dice', reason: 'GENERALERROR', from: alice.slice(1) },
    { event: 'dice', reason: 'GENERALERROR', from: ownNumber.slice(1) },
  ]);
  voice.faults.clear();
  await callOut(voice, alice);
  await voice.advance(2_000);
  expect(voice.phones.phone(alice).state).toBe('connected');
});

test.for([
  ['+12065550103', 'BUSY', 'CALLEEHANGUP'],
  ['+12065550105', 'FAILED', 'GENERALERROR'],
] as const)('a callout to %s ends %s, %s', async ([number, result, reason]) => {
  const voice = await startVoice();
  await callOut(voice, number);
  await voice.advance(10_000);
  expect(voice.application.events('dice')).toMatchObject([{ result, reason, duration: 0 }]);
});

test('a user who does not exist is not found', async () => {
  const voice = await startVoice({
    answers: { ice: { action: { name: 'connectMxp', destination: { endpoint: 'eve' } } } },
  });
  voice.phones.setScript('eve', { pickUp: 'unreachable' });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(2_000);
  expect(voice.application.events('dice')).toMatchObject([{ result: 'FAILED', reason: 'USERNOTFOUND' }]);
});

async function callOut(voice: VoiceUnderTest, endpoint: string): Promise<string> {
  const { callId } = await voice.sinch.voice.callouts.tts({
    ttsCalloutRequestBody: {
      method: 'ttsCallout',
      ttsCallout: {
        cli: ownNumber,
        destination: { type: 'number', endpoint },
        text: 'A text that takes two seconds or so to say',
        enableDice: true,
      },
    },
  });
  return callId ?? '';
}
