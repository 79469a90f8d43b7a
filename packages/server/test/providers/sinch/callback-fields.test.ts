import { expect, test } from 'vitest';
import { credentials, ownNumber, startVoice } from './voice-under-test.ts';

const alice = '+12065550171';
const bob = '+12065550172';
const free = { currencyId: 'USD', amount: 0 };
const { applicationKey } = credentials;

/** The fields are those of Sinch's OpenAPI 1.0.1; `callid` is in lower case on the wire. */
test('an incoming call with a menu: every field of ICE, PIE, ACE and DiCE', async () => {
  const voice = await startVoice({
    answers: {
      ice: {
        instructions: [{ name: 'setCookie', key: 'step', value: 'menu' }],
        action: { name: 'runMenu', menus: [{ id: 'main', options: [{ dtmf: '1', action: 'return(sales)' }] }] },
      },
      pie: { action: { name: 'connectPstn', number: bob, amd: { enabled: true } } },
      ace: { action: { name: 'continue' } },
    },
  });
  const dialed = await voice.phones.dial(alice, ownNumber);
  const callid = dialed.ok ? dialed.call : '';
  await voice.advance(1_000);
  voice.phones.press(alice, '1');
  await voice.advance(2_000);
  voice.phones.say(bob, 'Yes?');
  await voice.advance(4_000);
  voice.phones.hangUp(bob);
  await voice.advance(10);
  const common = { callid, version: 1, applicationKey };
  const cookies = { step: 'menu' };
  const at = (seconds: number): Date => new Date(Date.parse('2026-11-22T10:00:00Z') + seconds * 1000);
  expect(voice.application.received.map(({ event }) => event)).toEqual([
    {
      ...common,
      event: 'ice',
      timestamp: at(0),
      callResourceUrl: `${voice.url}/calling/v1/calls/id/${callid}`,
      userRate: free,
      cli: '12065550171',
      to: { type: 'did', endpoint: ownNumber },
      domain: 'pstn',
      originationType: 'PSTN',
      duration: 0,
      rdnis: '',
      callHeaders: [],
    },
    {
      ...common,
      event: 'pie',
      timestamp: at(1),
      cookies,
      menuResult: { menuId: 'main', type: 'return', value: 'sales', inputMethod: 'dtmf' },
    },
    {
      ...common,
      event: 'ace',
      timestamp: at(4),
      cookies,
      amd: { status: 'human', reason: 'greeting', duration: 2 },
    },
    {
      ...common,
      event: 'dice',
      timestamp: at(7),
      cookies,
      reason: 'CALLEEHANGUP',
      result: 'ANSWERED',
      userRate: free,
      debit: free,
      to: { type: 'did', endpoint: '12065550150' },
      duration: 7,
      from: '12065550171',
      callHeaders: [],
    },
  ]);
});

test('notify events of recordings and of errors: every field', async () => {
  const voice = await startVoice({
    answers: {
      ice: {
        instructions: [
          { name: 'startRecording', options: { transcriptionOptions: { enabled: true, locale: 'en-US' } } },
          { name: 'playFiles', ids: ['never-uploaded.wav'] },
          { name: 'say', text: 'Goodbye' },
        ],
        action: { name: 'hangup' },
      },
    },
  });
  const dialed = await voice.phones.dial(alice, ownNumber);
  const callid = dialed.ok ? dialed.call : '';
  await voice.advance(5_000);
  const notify = { event: 'notify', callid, version: 1, applicationKey, timestamp: expect.any(Date) };
  const file = (extension: string): unknown =>
    expect.stringMatching(
      new RegExp(`^${voice.url}/sinch/recordings/${callid}/${callid}\\.recording-\\d+-\\d+\\.${extension}$`),
    );
  expect(voice.application.events('notify')).toEqual([
    {
      ...notify,
      type: 'callingerror',
      errorCode: 50000,
      errorMsg:
        'a prompt could not be played: "never-uploaded.wav" names a file that was uploaded to Sinch; "sinch.uploadsUrl" of the configuration says where such files are served here',
    },
    { ...notify, type: 'recording_finished' },
    { ...notify, type: 'recording_available', destination: file('mp3') },
    { ...notify, type: 'transcription_available', destination: file('txt') },
  ]);
  // What comes after the prompt that failed is played all the same.
  expect(voice.heard(alice)).toEqual(['Goodbye']);
  expect(voice.application.received.every(({ genuine }) => genuine)).toBe(true);
});

test('the callbacks of a call to a user name the user', async () => {
  const voice = await startVoice({ answers: { ice: { action: { name: 'connectMxp' } } } });
  await voice.sinch.voice.callouts.custom({
    customCalloutRequestBody: {
      method: 'customCallout',
      customCallout: { cli: ownNumber, destination: { type: 'Username', endpoint: 'bob' }, custom: 'x' },
    },
  });
  await voice.advance(2_000);
  expect(voice.phones.phone('bob').state).toBe('connected');
  voice.phones.hangUp('bob');
  await voice.advance(10);
  expect(voice.application.events('ice')).toMatchObject([
    { user: 'bob', domain: 'mxp', to: { type: 'username', endpoint: 'bob' } },
  ]);
  expect(voice.application.events('ace')).toEqual([]);
  expect(voice.application.events('dice')).toMatchObject([{ user: 'bob', custom: 'x', reason: 'CALLEEHANGUP' }]);
});
