import { expect, test } from 'vitest';
import { ownNumber, startVoice, type VoiceUnderTest } from './voice-under-test.ts';

const alice = '+12065550171';
const busy = '+12065550101';
const nobody = '+12065550102';
const nowhere = '+12065550104';

test('a text callout rings, is answered, is heard and ends, and the application is told with signed callbacks', async () => {
  const voice = await startVoice({ answers: { ace: { action: { name: 'continue' } } } });
  const callId = await callOut(voice, {
    text: 'Hello, this is a call from Sinch.',
    custom: 'order 17',
    enableAce: true,
    enableDice: true,
  });
  expect(voice.phones.phone(alice)).toMatchObject({ state: 'ringing', lines: [{ presented: ownNumber }] });
  expect(await voice.sinch.voice.calls.get({ callId })).toMatchObject({
    callId,
    status: 'ONGOING',
    result: 'N/A',
    reason: 'N/A',
    from: { type: 'Number', endpoint: ownNumber },
    to: { type: 'Number', endpoint: alice },
    domain: 'pstn',
    custom: 'order 17',
    timestamp: new Date('2026-11-22T10:00:00Z'),
  });

  await voice.advance(30_000);
  expect(voice.heard(alice)).toEqual(['Hello, this is a call from Sinch.']);
  expect(await voice.sinch.voice.calls.get({ callId })).toMatchObject({
    status: 'FINAL',
    result: 'ANSWERED',
    reason: 'MANAGERHANGUP',
    duration: 2,
  });
  expect(voice.application.received.map(({ genuine }) => genuine)).toEqual([true, true]);
  expect(voice.application.events('ace')).toEqual([
    {
      event: 'ace',
      callid: callId,
      timestamp: new Date('2026-11-22T10:00:01Z'),
      version: 1,
      custom: 'order 17',
      applicationKey: 'c0157e51-0000-4000-8000-000000000002',
    },
  ]);
  expect(voice.application.events('dice')).toEqual([
    {
      event: 'dice',
      callid: callId,
      timestamp: new Date('2026-11-22T10:00:02Z'),
      version: 1,
      custom: 'order 17',
      reason: 'MANAGERHANGUP',
      result: 'ANSWERED',
      userRate: { currencyId: 'USD', amount: 0 },
      debit: { currencyId: 'USD', amount: 0 },
      to: { type: 'number', endpoint: alice.slice(1) },
      duration: 2,
      from: ownNumber.slice(1),
      callHeaders: [],
      applicationKey: 'c0157e51-0000-4000-8000-000000000002',
    },
  ]);
});

test('callbacks say application in lower case, a timestamp with seven fraction digits, and the content type that is signed', async () => {
  const voice = await startVoice();
  await callOut(voice, { text: 'Hello', enableAce: true });
  await voice.advance(5_000);
  expect(voice.application.received[0]?.headers).toMatchObject({
    authorization: expect.stringMatching(/^application c0157e51-0000-4000-8000-000000000002:[A-Za-z0-9+/]{43}=$/),
    'x-timestamp': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/),
    'content-type': 'application/json',
  });
});

test('without enableAce and enableDice no callback is sent', async () => {
  const voice = await startVoice();
  await callOut(voice, { text: 'Hello' });
  await voice.advance(30_000);
  expect(voice.heard(alice)).toEqual(['Hello']);
  expect(voice.application.received).toEqual([]);
});

test('prompts are played in order: text, SSML, a URL and an uploaded file', async () => {
  const voice = await startVoice({ uploadsUrl: 'http://127.0.0.1:9/uploads' });
  await callOut(voice, {
    prompts:
      '#tts[One; two];#ssml[<speak>Three<break time="250ms"/></speak>];#href[https://example.com/four.wav];five.wav',
  });
  await voice.advance(30_000);
  expect(voice.heard(alice)).toEqual([
    'One; two',
    'ssml:<speak>Three<break time="250ms"/></speak>',
    'file:https://example.com/four.wav',
    'file:http://127.0.0.1:9/uploads/five.wav',
  ]);
});

test('a prompt that cannot be had is told to the application, and the call ends', async () => {
  const voice = await startVoice();
  const callId = await callOut(voice, { prompts: 'not-uploaded.wav', enableDice: true });
  await voice.advance(30_000);
  expect(voice.application.events('notify')).toMatchObject([
    {
      event: 'notify',
      type: 'callingerror',
      callid: callId,
      errorCode: 50000,
      errorMsg: expect.stringContaining('not-uploaded.wav'),
    },
  ]);
  expect(voice.application.events('dice')).toHaveLength(1);
});

test('keys are sent to the callee before the text', async () => {
  const voice = await startVoice();
  await callOut(voice, { text: 'Hello', dtmf: 'ww1#' });
  await voice.advance(30_000);
  expect(voice.heard(alice)).toEqual(['ww1#', 'Hello']);
});

test('an ACE answer of hangup ends the call before its text', async () => {
  const voice = await startVoice({ answers: { ace: { action: { name: 'HangUp' } } } });
  await callOut(voice, { text: 'Hello', enableAce: true, enableDice: true });
  await voice.advance(30_000);
  expect(voice.heard(alice)).toEqual([]);
  expect(voice.application.events('dice')).toMatchObject([{ reason: 'MANAGERHANGUP', result: 'ANSWERED' }]);
});

test('instructions of an ACE answer are played before the callout goes on', async () => {
  const voice = await startVoice({
    answers: {
      ace: {
        instructions: [
          { name: 'Say', text: 'One moment', locale: 'en-US' },
          { name: 'playFiles', ids: ['#tts[Two]', 'https://example.com/three.wav'], locale: 'en-US' },
        ],
        action: { name: 'continue' },
      },
    },
  });
  await callOut(voice, { text: 'Four', enableAce: true });
  await voice.advance(30_000);
  expect(voice.heard(alice)).toEqual(['One moment', 'Two', 'file:https://example.com/three.wav', 'Four']);
});

test.for([
  [busy, 'BUSY', 'N/A'],
  [nobody, 'NOANSWER', 'TIMEOUT'],
  [nowhere, 'FAILED', 'GENERALERROR'],
])('a callout to %s ends %s, %s', async ([number, result, reason]) => {
  const voice = await startVoice();
  const callId = await callOut(voice, {
    destination: { type: 'Number', endpoint: number },
    text: 'Hello',
    enableDice: true,
  });
  await voice.advance(120_000);
  expect(voice.application.events('dice')).toMatchObject([{ result, reason, duration: 0 }]);
  expect(await voice.sinch.voice.calls.get({ callId })).toMatchObject({ status: 'FINAL', result, reason, duration: 0 });
});

test('a callee who hangs up during the text ends the call as CALLEEHANGUP', async () => {
  const voice = await startVoice();
  await callOut(voice, { text: 'A rather long text that takes its time', enableDice: true });
  await voice.advance(1_500);
  voice.phones.hangUp(alice);
  await voice.advance(10);
  expect(voice.application.events('dice')).toMatchObject([{ result: 'ANSWERED', reason: 'CALLEEHANGUP' }]);
});

test('a callout without a cli is accepted, and never connects', async () => {
  const voice = await startVoice();
  const callId = await callOut(voice, { cli: undefined, text: 'Hello', enableDice: true });
  await voice.advance(60_000);
  expect(voice.phones.phone(alice).state).toBe('idle');
  expect(await voice.sinch.voice.calls.get({ callId })).toMatchObject({ status: 'FINAL', result: 'FAILED' });
});

test('X-CB headers of the request are repeated on its callbacks', async () => {
  const voice = await startVoice();
  await voice.request('POST', '/calling/v1/callouts', {
    headers: { 'X-CB-Tenant': 'blue', 'x-cb-trace': '42', 'X-Other': 'no' },
    body: {
      method: 'ttsCallout',
      ttsCallout: { cli: ownNumber, destination: { type: 'number', endpoint: alice }, text: 'Hi', enableDice: true },
    },
  });
  await voice.advance(30_000);
  const [callback] = voice.application.received;
  expect(callback?.headers).toMatchObject({ 'x-cb-tenant': 'blue', 'x-cb-trace': '42' });
  expect(callback?.headers).not.toHaveProperty('x-other');
});

test('a custom callout with inline SVAML needs no callback server', async () => {
  const voice = await startVoice({ callbacks: 'none' });
  await voice.sinch.voice.callouts.custom({
    customCalloutRequestBody: {
      method: 'customCallout',
      customCallout: {
        ice: JSON.stringify({
          instructions: [{ name: 'say', text: 'Welcome to Sinch.', locale: 'en-US/male' }],
          action: { name: 'connectPstn', number: alice, cli: ownNumber, maxDuration: 90 },
        }),
        ace: JSON.stringify({ instructions: [{ name: 'say', text: 'Goodbye.' }], action: { name: 'hangup' } }),
      },
    },
  });
  await voice.advance(30_000);
  expect(voice.heard(alice)).toEqual(['Welcome to Sinch.', 'Goodbye.']);
  expect(voice.switchboard.calls()[0]?.endedAtMs).toBeDefined();
});

test('a custom callout asks the application first, and each event may have a URL of its own', async () => {
  const voice = await startVoice({ answers: { ice: { action: { name: 'connectPstn', cli: ownNumber } } } });
  const { callId } = await voice.sinch.voice.callouts.custom({
    customCalloutRequestBody: {
      method: 'customCallout',
      customCallout: {
        cli: ownNumber,
        destination: { type: 'number', endpoint: alice },
        custom: 'mine',
        ace: `${voice.application.url}/its-own-ace`,
      },
    },
  });
  await voice.advance(3_000);
  voice.phones.hangUp(alice);
  await voice.advance(10);
  expect(voice.application.received.map(({ path, event }) => [path, event['event']])).toEqual([
    ['/sinch', 'ice'],
    ['/sinch/its-own-ace', 'ace'],
    ['/sinch', 'dice'],
  ]);
  expect(voice.application.events('ice')[0]).toEqual({
    event: 'ice',
    callid: callId,
    callResourceUrl: `${voice.url}/calling/v1/calls/id/${callId}`,
    timestamp: new Date('2026-11-22T10:00:00Z'),
    version: 1,
    custom: 'mine',
    userRate: { currencyId: 'USD', amount: 0 },
    cli: ownNumber.slice(1),
    to: { type: 'number', endpoint: alice },
    domain: 'pstn',
    originationType: 'PSTN',
    duration: 0,
    rdnis: '',
    callHeaders: [],
    applicationKey: 'c0157e51-0000-4000-8000-000000000002',
  });
});

test('a dice of a custom callout that is no URL goes to the application', async () => {
  const voice = await startVoice({ answers: { ice: { action: { name: 'hangup' } } } });
  // The SDK's model has no `dice`; the API has.
  const customCallout = { cli: ownNumber, destination: { type: 'number', endpoint: alice }, dice: '{}' };
  await voice.sinch.voice.callouts.custom({ customCalloutRequestBody: { method: 'customCallout', customCallout } });
  await voice.advance(1_000);
  expect(voice.application.events('dice')).toHaveLength(1);
});

test('inline SVAML that is none ends the call, and the application hears why', async () => {
  const voice = await startVoice();
  const { callId = '' } = await voice.sinch.voice.callouts.custom({
    customCalloutRequestBody: { method: 'customCallout', customCallout: { ice: '{"action":' } },
  });
  await voice.advance(1_000);
  expect(voice.application.events('notify')).toMatchObject([
    { type: 'callingerror', callid: callId, errorCode: 40001, errorMsg: expect.stringContaining('not JSON') },
  ]);
  expect(await voice.sinch.voice.calls.get({ callId })).toMatchObject({
    result: 'FAILED',
    reason: 'INVALIDSVAMLACTION',
  });
});

test('a call ends when its maximum duration has passed', async () => {
  const voice = await startVoice({ callbacks: 'none' });
  const { callId } = await voice.sinch.voice.callouts.custom({
    customCalloutRequestBody: {
      method: 'customCallout',
      customCallout: { cli: ownNumber, destination: { type: 'number', endpoint: alice }, maxDuration: 20 },
    },
  });
  await voice.advance(60_000);
  expect(await voice.sinch.voice.calls.get({ callId: callId ?? '' })).toMatchObject({
    status: 'FINAL',
    reason: 'TIMEOUT',
    duration: 20,
  });
});

test.for([
  ['username', 'bob', 'Username'],
  ['sip', 'bob@example.com'],
])('a text callout may go to a destination of the type %s', async ([type = '', endpoint = '', written = type]) => {
  const voice = await startVoice();
  const callId = await callOut(voice, { destination: { type, endpoint }, text: 'Hello', domain: 'MXP' });
  await voice.advance(10_000);
  expect(voice.heard(endpoint)).toEqual(['Hello']);
  expect(await voice.sinch.voice.calls.get({ callId })).toMatchObject({
    to: { type: written, endpoint },
    domain: 'mxp',
    result: 'ANSWERED',
  });
});

async function callOut(voice: VoiceUnderTest, member: Record<string, unknown>): Promise<string> {
  const { callId } = await voice.sinch.voice.callouts.tts({
    ttsCalloutRequestBody: {
      method: 'ttsCallout',
      ttsCallout: { cli: ownNumber, destination: { type: 'number', endpoint: alice }, ...member },
    },
  });
  return callId ?? '';
}
