import { expect, test } from 'vitest';
import { ownNumber, startVoice, type VoiceUnderTest } from './voice-under-test.ts';

const alice = '+12065550171';
const bob = '+12065550172';

const parked = {
  ice: {
    action: { name: 'park', introPrompt: '#tts[Please wait]', holdPrompt: '#tts[Still waiting]', maxDuration: 10 },
  },
};

test('a parked caller hears the intro, then the hold prompt again and again, until a request takes the call back', async () => {
  const voice = await startVoice({ answers: parked });
  const callId = await dial(voice);
  await voice.advance(2_000);
  expect(voice.heard(alice)).toEqual(['Please wait', 'Still waiting', 'Still waiting', 'Still waiting']);
  await voice.sinch.voice.calls.update({
    callId,
    updateCallRequestBody: {
      instructions: [{ name: 'say', text: 'Here is Bob', locale: 'en-US' }],
      action: { name: 'connectPstn', number: bob },
    },
  });
  await voice.advance(3_000);
  expect(voice.heard(alice).at(-1)).toBe('Here is Bob');
  expect(voice.phones.phone(bob).state).toBe('connected');
  await voice.advance(30_000);
  expect(voice.phones.phone(alice).state).toBe('connected');
});

test('a parked call whose time is up plays the prompt to its end and hangs up', async () => {
  const voice = await startVoice({ answers: parked });
  await dial(voice);
  // 550 ms of intro, then 650 ms a round: the one that begins at 9.65 s ends at 10.3 s.
  await voice.advance(10_100);
  expect(voice.phones.phone(alice).state).toBe('connected');
  await voice.advance(300);
  expect(voice.phones.phone(alice).state).toBe('idle');
  expect(voice.application.events('dice')).toMatchObject([{ reason: 'TIMEOUT', result: 'ANSWERED' }]);
});

test('a call can be parked by a request, and hung up by one', async () => {
  const voice = await startVoice({ answers: { ice: { action: { name: 'connectPstn', number: bob } } } });
  const callId = await dial(voice);
  await voice.advance(3_000);
  await voice.sinch.voice.calls.update({
    callId,
    updateCallRequestBody: { action: { name: 'park', holdPrompt: '#tts[Hold on]', locale: 'en-US' } },
  });
  await voice.advance(500);
  expect(voice.heard(alice)).toContain('Hold on');
  await voice.sinch.voice.calls.update({ callId, updateCallRequestBody: { action: { name: 'hangup' } } });
  await voice.advance(10);
  expect(voice.phones.phone(alice).state).toBe('idle');
  expect(voice.application.events('dice')).toMatchObject([{ reason: 'MANAGERHANGUP' }]);
});

test('a prompt can be played on either leg, or on both', async () => {
  const voice = await startVoice({ answers: { ice: { action: { name: 'connectPstn', number: bob } } } });
  const callId = await dial(voice);
  await voice.advance(3_000);
  const say = async (callLeg: string, text: string): Promise<void> => {
    await voice.sinch.voice.calls.manageWithCallLeg({
      callId,
      callLeg,
      manageWithCallLegRequestBody: {
        instructions: [{ name: 'say', text, locale: 'en-US' }],
        action: { name: 'continue' },
      },
    });
    await voice.advance(2_000);
  };
  await say('caller', 'For Alice');
  await say('callee', 'For Bob');
  await say('both', 'For both');
  expect(voice.heard(alice)).toEqual(['For Alice', 'For both']);
  expect(voice.heard(bob)).toEqual(['For Bob', 'For both']);
  expect(voice.phones.phone(bob).state).toBe('connected');
});

test('a request stops what the call was playing, and a callout goes on where it says continue', async () => {
  const voice = await startVoice({ answers: { ace: { instructions: [{ name: 'say', text: 'x'.repeat(400) }] } } });
  const { callId } = await voice.sinch.voice.callouts.tts({
    ttsCalloutRequestBody: {
      method: 'ttsCallout',
      ttsCallout: {
        cli: ownNumber,
        destination: { type: 'number', endpoint: alice },
        text: 'The end',
        enableAce: true,
      },
    },
  });
  await voice.advance(3_000);
  await voice.sinch.voice.calls.update({
    callId: callId ?? '',
    updateCallRequestBody: { instructions: [], action: { name: 'continue' } },
  });
  await voice.advance(3_000);
  expect(voice.heard(alice)).toEqual(['x'.repeat(400), 'The end']);
  expect(voice.phones.phone(alice).state).toBe('idle');
});

test('the reference’s examples of PATCH are taken: sendDtmf before hangup, and before park', async () => {
  const voice = await startVoice({ answers: { ice: { action: { name: 'connectPstn', number: bob } } } });
  const callId = await dial(voice);
  await voice.advance(3_000);
  const sendDtmf = { name: 'sendDtmf', value: '1234#' } as const;
  await voice.sinch.voice.calls.update({
    callId,
    updateCallRequestBody: {
      instructions: [sendDtmf],
      action: {
        name: 'park',
        introPrompt: '#tts[Welcome]',
        holdPrompt: '#tts[Please wait, you are on hold]',
        maxDuration: 180,
      },
    },
  });
  await voice.advance(1_000);
  expect(voice.heard(alice)).toEqual(['1234#', 'Welcome', 'Please wait, you are on hold']);
  await voice.sinch.voice.calls.update({
    callId,
    updateCallRequestBody: { instructions: [sendDtmf], action: { name: 'hangup' } },
  });
  await voice.advance(1_000);
  expect(voice.heard(alice).at(-1)).toBe('1234#');
  expect(voice.phones.phone(alice).state).toBe('idle');
});

test('a request may set cookies, answer, and start and stop a recording', async () => {
  const voice = await startVoice({ answers: { ice: { action: { name: 'connectPstn', number: bob } } } });
  const callId = await dial(voice);
  await voice.advance(3_000);
  const given = async (...instructions: object[]): Promise<void> => {
    const answer = await voice.request('PATCH', `/calling/v1/calls/id/${callId}`, { body: { instructions } });
    expect(answer).toMatchObject({ status: 204 });
    await voice.advance(1_000);
  };
  await given({ name: 'answer' }, { name: 'setCookie', key: 'step', value: 'two' }, { name: 'startRecording' });
  await given({ name: 'stopRecording' });
  expect(voice.application.events('notify')).toMatchObject([
    { type: 'recording_finished', cookies: { step: 'two' } },
    { type: 'recording_available' },
  ]);
});

test('SVAML that does not belong into a request is refused with where and why', async () => {
  const voice = await startVoice({ answers: { ice: { action: { name: 'connectPstn', number: bob } } } });
  const callId = await dial(voice);
  const path = `/calling/v1/calls/id/${callId}`;
  expect(await voice.request('PATCH', path, { body: { action: { name: 'connectPstn', number: bob } } })).toMatchObject({
    status: 400,
    body: {
      errorCode: 40001,
      message:
        'Invalid parameters: action: connectPstn is not allowed in a request that manages a call; it is in an answer to ICE, an answer to PIE',
    },
  });
  expect(await voice.request('PATCH', `${path}/leg/left`, { body: {} })).toMatchObject({
    status: 400,
    body: { message: 'Invalid parameters: callLeg is one of caller, callee, both' },
  });
});

test('calls that are unknown or over are not found', async () => {
  const voice = await startVoice({ answers: { ice: { action: { name: 'hangup' } } } });
  const callId = await dial(voice);
  await voice.advance(100);
  const body = { action: { name: 'hangup' } };
  expect(await voice.request('PATCH', `/calling/v1/calls/id/${callId}`, { body })).toMatchObject({
    status: 404,
    body: { errorCode: 40400, message: 'Call not found: it has ended' },
  });
  expect(await voice.request('PATCH', '/calling/v1/calls/id/nonsense', { body })).toMatchObject({
    status: 404,
    body: { errorCode: 40400, message: 'Call not found' },
  });
  await expect(voice.sinch.voice.calls.get({ callId: 'nonsense' })).rejects.toMatchObject({ statusCode: 404 });
  expect(await voice.sinch.voice.calls.get({ callId })).toMatchObject({
    status: 'FINAL',
    result: 'N/A',
    reason: 'MANAGERHANGUP',
  });
});

async function dial(voice: VoiceUnderTest): Promise<string> {
  const dialed = await voice.phones.dial(alice, ownNumber);
  if (!dialed.ok) throw new Error(dialed.summary);
  await voice.advance(1);
  return dialed.call;
}
