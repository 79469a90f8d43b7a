import { expect, test } from 'vitest';
import { legsOf, recordingTranscript } from '../../../src/providers/sinch/recordings/recording-audio.ts';
import { ownNumber, startVoice } from './voice-under-test.ts';

const alice = '+12065550171';
const bob = '+12065550172';

const recorded = (options: Record<string, unknown>) => ({
  ice: {
    instructions: [
      { name: 'startRecording', options: { destinationUrl: 's3://bucket', credentials: 'never-kept', ...options } },
    ],
    action: { name: 'connectPstn', number: bob },
  },
});

test('a recording is started by SVAML, covers the call and is told as finished when the call ends', async () => {
  const voice = await startVoice({ answers: recorded({}) });
  const dialed = await voice.phones.dial(alice, ownNumber);
  await voice.advance(5_000);
  voice.phones.hangUp(alice);
  await voice.advance(10);
  const callid = dialed.ok ? dialed.call : '';
  expect(voice.application.events('notify')).toMatchObject([
    { type: 'recording_finished', callid },
    { type: 'recording_available', callid, destination: expect.stringContaining(`${voice.url}/sinch/recordings/`) },
  ]);
  const recordings = JSON.parse(JSON.stringify(voice.call(dialed.ok ? dialed.call : '').recordings)) as unknown;
  expect(recordings).toMatchObject([{ state: 'stopped', stretches: [{ fromMs: Date.parse('2026-11-22T10:00:00Z') }] }]);
  expect(JSON.stringify(recordings)).not.toContain('never-kept');
});

test('a request stops the recording while the call goes on', async () => {
  const voice = await startVoice({ answers: recorded({}) });
  const dialed = await voice.phones.dial(alice, ownNumber);
  await voice.advance(5_000);
  await voice.sinch.voice.calls.update({
    callId: dialed.ok ? dialed.call : '',
    updateCallRequestBody: { instructions: [{ name: 'stopRecording' }], action: { name: 'continue' } },
  });
  await voice.advance(10);
  expect(voice.application.events('notify').map(({ type }) => type)).toEqual([
    'recording_finished',
    'recording_available',
  ]);
  expect(voice.phones.phone(alice).state).toBe('connected');
});

test('notificationEvents: false keeps the notify events back', async () => {
  const voice = await startVoice({ answers: recorded({ notificationEvents: false }) });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(5_000);
  voice.phones.hangUp(alice);
  await voice.advance(10);
  expect(voice.application.events('notify')).toEqual([]);
});

test('a recording begun before the party goes to a conference goes on there, and ends with its call', async () => {
  const voice = await startVoice({
    answers: {
      ice: [
        {
          instructions: [{ name: 'startRecording' }, { name: 'say', text: 'This call is recorded' }],
          action: { name: 'connectConf', conferenceId: 'room' },
        },
        { action: { name: 'connectConf', conferenceId: 'room' } },
      ],
    },
  });
  const dialed = await voice.phones.dial(alice, ownNumber);
  await voice.advance(2_000);
  await voice.phones.dial(bob, ownNumber);
  await voice.advance(1_000);
  voice.phones.say(bob, 'Hello Alice');
  await voice.advance(1_000);
  voice.phones.hangUp(alice);
  await voice.advance(10);
  const callid = dialed.ok ? dialed.call : '';
  expect(voice.application.events('notify')).toMatchObject([
    { type: 'recording_finished', callid, conferenceId: 'room' },
    { type: 'recording_available', callid },
  ]);
  const { recordings } = voice.call(callid);
  const [recording] = recordings;
  if (!recording) throw new Error('there is no recording');
  const legs = legsOf(voice.call(callid), voice.switchboard);
  expect(recordingTranscript(legs, recording)).toBe('[0.0 s] This call is recorded\n[3.0 s] Hello Alice\n');
  expect(voice.phones.phone(bob).state).toBe('connected');
});
