import { expect, test } from 'vitest';
import { ownNumber, startVoice, type VoiceUnderTest } from './voice-under-test.ts';

const alice = '+12065550171';
const bob = '+12065550172';
const carol = '+12065550173';

test('parties who are called into a conference hear each other, after a greeting', async () => {
  const voice = await startVoice();
  const first = await callIn(voice, alice, { greeting: 'Welcome', enableDice: true });
  await voice.advance(3_000);
  const second = await callIn(voice, bob, {});
  await voice.advance(3_000);
  voice.phones.say(alice, 'Hello Bob');
  voice.phones.say(bob, 'Hello Alice');
  await voice.advance(2_000);
  expect(voice.heard(alice)).toEqual(['Welcome', 'Hello Alice']);
  expect(voice.heard(bob)).toEqual(['Hello Bob']);
  expect(await voice.sinch.voice.conferences.get({ conferenceId: 'standup' })).toEqual({
    participants: [
      { cli: ownNumber, id: first, duration: 7, muted: false, onhold: false },
      { cli: ownNumber, id: second, duration: 4, muted: false, onhold: false },
    ],
  });

  voice.phones.hangUp(alice);
  await voice.advance(10);
  expect(voice.application.events('dice')).toMatchObject([
    { callid: first, conferenceId: 'standup', reason: 'CALLEEHANGUP', result: 'ANSWERED', duration: 7 },
  ]);
  expect(await voice.sinch.voice.calls.get({ callId: first })).toMatchObject({ status: 'FINAL' });
  expect(await voice.sinch.voice.calls.get({ callId: second })).toMatchObject({ status: 'ONGOING' });
  expect((await voice.sinch.voice.conferences.get({ conferenceId: 'standup' })).participants).toHaveLength(1);
});

test('a caller enters a conference by the answer to ICE, and the conference ends with its last participant', async () => {
  const voice = await startVoice({ answers: { ice: { action: { name: 'connectConf', conferenceId: 'room 7' } } } });
  await voice.phones.dial(alice, ownNumber);
  await voice.phones.dial(bob, ownNumber);
  await voice.advance(100);
  voice.phones.say(alice, 'Anybody there?');
  await voice.advance(2_000);
  expect(voice.heard(bob)).toEqual(['Anybody there?']);
  voice.phones.hangUp(alice);
  voice.phones.hangUp(bob);
  await voice.advance(10);
  expect(voice.application.events('dice')).toMatchObject([
    { reason: 'CALLERHANGUP', conferenceId: 'room 7', from: alice.slice(1) },
    { reason: 'CALLERHANGUP', conferenceId: 'room 7', from: bob.slice(1) },
  ]);
  const gone = await voice.request('GET', '/calling/v1/conferences/id/room%207');
  expect(gone).toMatchObject({
    status: 404,
    body: { errorCode: 40400, message: "No such ongoing conference 'room 7' in the application's context" },
  });
});

test('callouts.conference and conferences.call of the SDK are the same request', async () => {
  const voice = await startVoice();
  const { callId } = await voice.sinch.voice.callouts.conference({
    conferenceCalloutRequestBody: {
      method: 'conferenceCallout',
      conferenceCallout: {
        cli: ownNumber,
        destination: { type: 'number', endpoint: carol },
        conferenceId: 'standup',
        dtmf: '5',
        greeting: '#tts[not a prompt list]',
        locale: 'en-GB/female',
      },
    },
  });
  await voice.advance(4_000);
  expect(voice.heard(carol)).toEqual(['5', '#tts[not a prompt list]']);
  expect(await voice.sinch.voice.conferences.get({ conferenceId: 'standup' })).toMatchObject({
    participants: [{ cli: ownNumber, id: callId }],
  });
});

test('the first participant hears music while it is alone', async () => {
  const voice = await startVoice();
  await callIn(voice, alice, { mohClass: 'music2' });
  await voice.advance(5_000);
  expect(playing(voice, alice)).toEqual(['music2']);
  await callIn(voice, bob, {});
  await voice.advance(3_000);
  expect(playing(voice, alice)).toEqual([]);
  voice.phones.hangUp(bob);
  await voice.advance(10);
  expect(playing(voice, alice)).toEqual(['music2']);
});

test('a participant can be muted and unmuted', async () => {
  const voice = await startVoice();
  const { first } = await twoInConference(voice);
  await manage(voice, first, { command: 'mute' });
  voice.phones.say(alice, 'Can you hear me?');
  await voice.advance(2_000);
  expect(voice.heard(bob)).toEqual([]);
  expect(await voice.sinch.voice.conferences.get({ conferenceId: 'standup' })).toMatchObject({
    participants: [{ id: first, muted: true }, { muted: false }],
  });
  await manage(voice, first, { command: 'unmute' });
  voice.phones.say(alice, 'And now?');
  await voice.advance(2_000);
  expect(voice.heard(bob)).toEqual(['And now?']);
});

test('a participant on hold hears music and nothing else, until it is resumed', async () => {
  const voice = await startVoice();
  const { first } = await twoInConference(voice);
  await manage(voice, first, { command: 'onhold', moh: 'music1' });
  voice.phones.say(bob, 'A secret');
  await voice.advance(2_000);
  expect(playing(voice, alice)).toEqual(['music1']);
  expect(voice.heard(alice)).not.toContain('A secret');
  expect(await voice.sinch.voice.conferences.get({ conferenceId: 'standup' })).toMatchObject({
    participants: [{ id: first, onhold: true }, { onhold: false }],
  });
  await manage(voice, first, { command: 'resume' });
  voice.phones.say(bob, 'Welcome back');
  await voice.advance(2_000);
  expect(playing(voice, alice)).toEqual([]);
  expect(voice.heard(alice)).toContain('Welcome back');
});

test('a participant can be kicked, and so can all', async () => {
  const voice = await startVoice();
  const { first } = await twoInConference(voice, { enableDice: true });
  await voice.sinch.voice.conferences.kickParticipant({ conferenceId: 'standup', callId: first });
  await voice.advance(10);
  expect(voice.phones.phone(alice).state).toBe('idle');
  expect(voice.phones.phone(bob).state).toBe('connected');
  await voice.sinch.voice.conferences.kickAll({ conferenceId: 'standup' });
  await voice.advance(10);
  expect(voice.phones.phone(bob).state).toBe('idle');
  expect(voice.application.events('dice')).toMatchObject([{ reason: 'MANAGERHANGUP' }, { reason: 'MANAGERHANGUP' }]);
});

test('detected keys are told in a PIE: the given number of them, up to the hash key, or after a pause', async () => {
  const voice = await startVoice();
  const { first } = await twoInConference(voice, {
    enablePie: true,
    conferenceDtmfOptions: { mode: 'detect', maxDigits: 3, timeoutMills: 2000 },
  });
  voice.phones.press(alice, '1234');
  await voice.advance(10);
  expect(voice.application.events('pie')).toMatchObject([
    {
      callid: first,
      conferenceId: 'standup',
      menuResult: { menuId: 'standup', type: 'sequence', value: '123', inputMethod: 'dtmf' },
    },
  ]);
  await voice.advance(2_100);
  expect(voice.application.events('pie')).toMatchObject([{}, { menuResult: { value: '4' } }]);
  voice.phones.press(alice, '5#');
  await voice.advance(10);
  expect(voice.application.events('pie')).toMatchObject([{}, {}, { menuResult: { value: '5' } }]);
});

test('forwarded keys are sent to the other participants; by default nothing is done with them', async () => {
  const voice = await startVoice();
  await twoInConference(voice, { conferenceDtmfOptions: { mode: 'forward' } }, { enablePie: true });
  voice.phones.press(alice, '42');
  voice.phones.press(bob, '7');
  await voice.advance(1_000);
  expect(voice.heard(bob)).toEqual(['42']);
  expect(voice.heard(alice)).toEqual([]);
  expect(voice.application.received).toEqual([]);
});

test('with enableAce the application decides whether the callee enters', async () => {
  const voice = await startVoice({
    answers: {
      ace: {
        instructions: [{ name: 'say', text: 'This way' }],
        action: { name: 'connectConf', conferenceId: 'other' },
      },
    },
  });
  const callId = await callIn(voice, alice, { enableAce: true, greeting: 'Not heard' });
  await voice.advance(5_000);
  expect(voice.heard(alice)).toEqual(['This way']);
  expect(await voice.sinch.voice.conferences.get({ conferenceId: 'other' })).toMatchObject({
    participants: [{ id: callId }],
  });
});

test('a call in a conference can be managed, and its maximum duration holds', async () => {
  const voice = await startVoice();
  const { first } = await twoInConference(voice, { maxDuration: 30 });
  await voice.sinch.voice.calls.update({
    callId: first,
    updateCallRequestBody: {
      instructions: [{ name: 'say', text: 'Five minutes left', locale: 'en-US' }],
      action: { name: 'continue' },
    },
  });
  await voice.advance(2_000);
  expect(voice.heard(alice)).toEqual(['Five minutes left']);
  expect(voice.heard(bob)).toEqual([]);
  await voice.advance(30_000);
  expect(voice.phones.phone(alice).state).toBe('idle');
  expect(await voice.sinch.voice.calls.get({ callId: first })).toMatchObject({ reason: 'TIMEOUT', duration: 30 });
});

test.for(['mute', 'unmute', 'resume'] as const)(
  'moh may stand beside %s, as in the SDKs, and plays nothing',
  async (command) => {
    const voice = await startVoice();
    const { first } = await twoInConference(voice);
    await voice.sinch.voice.conferences.manageParticipant({
      conferenceId: 'standup',
      callId: first,
      manageParticipantRequestBody: { command, moh: 'ring' },
    });
    await voice.advance(2_000);
    expect(voice.heard(alice)).toEqual([]);
    expect(await voice.sinch.voice.conferences.get({ conferenceId: 'standup' })).toMatchObject({
      participants: [{ id: first, muted: command === 'mute', onhold: false }, { muted: false }],
    });
  },
);

test('commands to a participant are a closed list', async () => {
  const voice = await startVoice();
  const { first } = await twoInConference(voice);
  const path = `/calling/v1/conferences/id/standup/${first}`;
  expect(await voice.request('PATCH', path, { body: { command: 'whisper' } })).toMatchObject({
    status: 400,
    body: { errorCode: 40001, message: 'Invalid parameters: command must be one of mute, unmute, onhold, resume' },
  });
});

test('a user who is called into a conference causes neither ACE nor DiCE', async () => {
  const voice = await startVoice();
  await callIn(voice, alice, { destination: { type: 'username', endpoint: 'bob' }, enableAce: true, enableDice: true });
  await voice.advance(2_000);
  expect((await voice.sinch.voice.conferences.get({ conferenceId: 'standup' })).participants).toMatchObject([
    { cli: ownNumber },
  ]);
  voice.phones.hangUp('bob');
  await voice.advance(10);
  expect(voice.application.received).toEqual([]);
});

test('of two parties the one that is asked goes to the conference; the call of both ends with either', async () => {
  const voice = await startVoice({
    answers: {
      ice: { instructions: [{ name: 'answer' }], action: { name: 'connectPstn', number: bob } },
      ace: { action: { name: 'connectConf', conferenceId: 'standup' } },
    },
  });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(2_000);
  expect(await voice.sinch.voice.conferences.get({ conferenceId: 'standup' })).toMatchObject({
    participants: [{ cli: bob }],
  });
  voice.phones.hangUp(bob);
  await voice.advance(10);
  expect(voice.phones.phone(alice).state).toBe('idle');
  expect(voice.application.events('dice')).toMatchObject([{ reason: 'CALLEEHANGUP' }]);
});

test('which leg is named does not matter for a call in a conference', async () => {
  const voice = await startVoice();
  const { first } = await twoInConference(voice);
  for (const callLeg of ['caller', 'callee', 'both']) {
    await voice.sinch.voice.calls.manageWithCallLeg({
      callId: first,
      callLeg,
      manageWithCallLegRequestBody: {
        instructions: [{ name: 'say', text: callLeg, locale: 'en-US' }],
        action: { name: 'continue' },
      },
    });
    await voice.advance(1_000);
  }
  expect(voice.heard(alice)).toEqual(['caller', 'callee', 'both']);
  expect(voice.heard(bob)).toEqual([]);
});

async function callIn(voice: VoiceUnderTest, number: string, member: Record<string, unknown>): Promise<string> {
  const { callId } = await voice.sinch.voice.conferences.call({
    conferenceCalloutRequestBody: {
      method: 'conferenceCallout',
      conferenceCallout: {
        cli: ownNumber,
        destination: { type: 'number', endpoint: number },
        conferenceId: 'standup',
        ...member,
      },
    },
  });
  return callId ?? '';
}

async function twoInConference(
  voice: VoiceUnderTest,
  ofAlice: Record<string, unknown> = {},
  ofBob: Record<string, unknown> = ofAlice,
): Promise<{ first: string; second: string }> {
  const first = await callIn(voice, alice, ofAlice);
  const second = await callIn(voice, bob, ofBob);
  await voice.advance(2_000);
  return { first, second };
}

async function manage(voice: VoiceUnderTest, callId: string, body: { command: string; moh?: string }): Promise<void> {
  await voice.sinch.voice.conferences.manageParticipant({
    conferenceId: 'standup',
    callId,
    manageParticipantRequestBody: body,
  });
}

/** What is being played to a phone at this moment. */
function playing(voice: VoiceUnderTest, number: string): string[] {
  return voice.switchboard
    .calls()
    .flatMap((call) => [...call.legs])
    .filter(({ party, state }) => state === 'connected' && party.kind === 'phone' && party.number === number)
    .flatMap((leg) => [...leg.heard])
    .filter(({ stoppedAtMs, startedAtMs, durationMs }) => {
      const now = voice.now();
      return stoppedAtMs === undefined && startedAtMs <= now && now < startedAtMs + durationMs;
    })
    .map(({ media }) => media);
}

test('a conference id may have 64 characters, and participants are told by number', async () => {
  const voice = await startVoice();
  const refused = await voice.request('POST', '/calling/v1/callouts', {
    body: {
      method: 'conferenceCallout',
      conferenceCallout: { destination: { type: 'number', endpoint: carol }, conferenceId: 'x'.repeat(65) },
    },
  });
  expect(refused).toMatchObject({
    status: 400,
    body: { errorCode: 40001, message: expect.stringContaining('conferenceCallout.conferenceId') },
  });
});
