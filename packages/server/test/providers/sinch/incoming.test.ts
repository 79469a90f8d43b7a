import { expect, onTestFinished, test, vi } from 'vitest';
import { until } from '../../../../../tools/until.ts';
import { ownNumber, startVoice } from './voice-under-test.ts';

const alice = '+12065550171';
const bob = '+12065550172';
const silent = { pickUp: 'answer', afterMs: 0 } as const;

test('a phone that dials the application’s number is put through by the answer to ICE', async () => {
  const voice = await startVoice({
    answers: {
      ice: { action: { name: 'connectPstn', number: bob, cli: ownNumber } },
      ace: { action: { name: 'continue' } },
    },
  });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(500);
  expect(voice.phones.phone(alice).state).toBe('dialing');
  expect(voice.phones.phone(bob)).toMatchObject({ state: 'ringing', lines: [{ presented: ownNumber }] });
  await voice.advance(1_000);
  expect(voice.phones.phone(alice).state).toBe('connected');

  voice.phones.say(bob, 'Hello Alice');
  await voice.advance(5_000);
  expect(voice.heard(alice)).toEqual(['Hello Alice']);
  voice.phones.hangUp(alice);
  await voice.advance(10);
  expect(voice.phones.phone(bob).state).toBe('idle');

  expect(voice.application.received.every(({ genuine }) => genuine)).toBe(true);
  expect(voice.application.events('ice')).toMatchObject([
    { cli: alice.slice(1), to: { type: 'did', endpoint: ownNumber }, domain: 'pstn', originationType: 'PSTN' },
  ]);
  expect(voice.application.events('ace')).toHaveLength(1);
  expect(voice.application.events('dice')).toMatchObject([
    {
      reason: 'CALLERHANGUP',
      result: 'ANSWERED',
      from: alice.slice(1),
      to: { type: 'did', endpoint: ownNumber.slice(1) },
    },
  ]);
});

test('headers that a caller sends along are the callHeaders of ICE, of 1024 bytes in total', async () => {
  const voice = await startVoice({ answers: { ice: { action: { name: 'hangup' } } } });
  await voice.phones.dial(alice, ownNumber, { sipHeaders: { 'X-Tenant': 'blue' }, voipHeaders: { order: '17' } });
  await voice.advance(100);
  expect(voice.application.events('ice')).toMatchObject([
    {
      callHeaders: [
        { key: 'X-Tenant', value: 'blue' },
        { key: 'order', value: '17' },
      ],
    },
  ]);
  const tooMuch = await voice.phones.dial(alice, ownNumber, { sipHeaders: { 'X-Data': 'x'.repeat(1_019) } });
  expect(tooMuch).toMatchObject({
    ok: false,
    refused: 'not-accepted',
    summary: 'the headers have more than 1024 bytes',
  });
});

test('a callee who hangs up ends the call for the caller too', async () => {
  const voice = await startVoice({ answers: { ice: { action: { name: 'ConnectPSTN', number: bob } } } });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(2_000);
  voice.phones.hangUp(bob);
  await voice.advance(10);
  expect(voice.phones.phone(alice).state).toBe('idle');
  expect(voice.application.events('dice')).toMatchObject([{ reason: 'CALLEEHANGUP', result: 'ANSWERED' }]);
});

test('a busy callee ends the call of a caller who waits', async () => {
  const voice = await startVoice({ answers: { ice: { action: { name: 'connectPstn', number: '+12065550101' } } } });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(5_000);
  expect(voice.phones.phone(alice).state).toBe('idle');
  expect(voice.application.events('dice')).toMatchObject([{ reason: 'N/A', result: 'BUSY' }]);
});

test('dialTimeout limits how long the callee rings', async () => {
  const voice = await startVoice({
    answers: { ice: { action: { name: 'connectPstn', number: '+12065550102', dialTimeout: 12 } } },
  });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(11_900);
  expect(voice.phones.phone(alice).state).toBe('dialing');
  await voice.advance(200);
  expect(voice.phones.phone(alice).state).toBe('idle');
  expect(voice.application.events('dice')).toMatchObject([{ reason: 'TIMEOUT', result: 'NOANSWER' }]);
});

test('a caller who gives up while the callee rings cancels the call', async () => {
  const voice = await startVoice({ answers: { ice: { action: { name: 'connectPstn', number: '+12065550102' } } } });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(3_000);
  voice.phones.hangUp(alice);
  await voice.advance(10);
  expect(voice.phones.phone('+12065550102').state).toBe('idle');
  expect(voice.application.events('dice')).toMatchObject([{ reason: 'CANCEL', result: 'NOANSWER', duration: 0 }]);
});

test('a caller hears what an ICE answer says before it hangs up', async () => {
  const voice = await startVoice({
    answers: {
      ice: { instructions: [{ name: 'answer' }, { name: 'say', text: 'We are closed' }], action: { name: 'hangup' } },
    },
  });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(5_000);
  expect(voice.heard(alice)).toEqual(['We are closed']);
  expect(voice.application.events('dice')).toMatchObject([{ reason: 'MANAGERHANGUP', result: 'ANSWERED' }]);
});

test('suppressCallbacks keeps ACE and DiCE back, private hides the number', async () => {
  const voice = await startVoice({
    answers: { ice: { action: { name: 'connectPstn', number: bob, cli: 'private', suppressCallbacks: true } } },
  });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(500);
  expect(voice.phones.phone(bob).lines[0]).not.toHaveProperty('presented');
  await voice.advance(1_000);
  voice.phones.hangUp(alice);
  await voice.advance(10);
  expect(voice.application.received.map(({ event }) => event['event'])).toEqual(['ice']);
});

test('connectPstn without a number rings the one that was dialed, and its keys are sent on answer', async () => {
  const voice = await startVoice({ answers: { ice: { action: { name: 'connectPstn', dtmf: '12w3' } } } });
  voice.phones.setScript(ownNumber, silent);
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(3_000);
  expect(voice.heard(ownNumber)).toEqual(['12w3']);
});

test.for([
  ['callHeaders', 'reference'],
  ['callheaders', 'Java SDK'],
] as const)(
  'connectMxp rings a user of the In-app SDK, with %s as in the %s; such a data call gets no ACE',
  async ([name]) => {
    const voice = await startVoice({
      answers: {
        ice: {
          action: { name: 'connectMXP', destination: { endpoint: 'bob' }, [name]: [{ key: 'a', value: 'b' }] },
        },
      },
    });
    await voice.phones.dial(alice, ownNumber);
    await voice.advance(3_000);
    expect(voice.phones.phone('bob').state).toBe('connected');
    expect(voice.phones.phone(alice).state).toBe('connected');
    voice.phones.hangUp('bob');
    await voice.advance(10);
    expect(voice.application.received.map(({ event }) => event['event'])).toEqual(['ice', 'dice']);
    expect(voice.application.events('dice')).toMatchObject([{ callHeaders: [{ key: 'a', value: 'b' }] }]);
  },
);

test('connectSip rings a SIP address', async () => {
  const voice = await startVoice({
    answers: {
      ice: { action: { name: 'connectSip', destination: { endpoint: 'desk@pbx.example.com' }, transport: 'tls' } },
    },
  });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(3_000);
  expect(voice.phones.phone('desk@pbx.example.com').state).toBe('connected');
  expect(voice.application.events('ace')).toHaveLength(1);
});

test('how a SIP call is made stands on its timeline', async () => {
  const callHeaders = [{ key: 'X-Tenant', value: 'blue' }];
  const voice = await startVoice({
    answers: {
      ice: {
        action: {
          name: 'connectSip',
          destination: { endpoint: 'desk@pbx.example.com' },
          transport: 'tls',
          moh: 'music3',
          callHeaders,
        },
      },
    },
  });
  const dialed = await voice.phones.dial(alice, ownNumber);
  await voice.advance(3_000);
  voice.phones.hangUp(alice);
  await voice.advance(10);
  expect(voice.switchboard.history(dialed.ok ? dialed.call : '')).toContainEqual(
    expect.objectContaining({
      type: 'noted',
      name: 'sinch-sip-invite',
      data: { to: 'desk@pbx.example.com', transport: 'TLS', callHeaders, moh: 'music3' },
    }),
  );
  expect(voice.application.events('dice')).toMatchObject([{ callHeaders }]);
});

test('indications: a caller who has been answered hears the ring tone of a country until the callee answers', async () => {
  const voice = await startVoice({
    answers: {
      ice: { instructions: [{ name: 'answer' }], action: { name: 'connectPstn', number: bob, indications: 'se' } },
    },
  });
  voice.phones.setScript(bob, { pickUp: 'answer', afterMs: 8_000 });
  const dialed = await voice.phones.dial(alice, ownNumber);
  await voice.advance(10_000);
  const legs = [...(voice.call(dialed.ok ? dialed.call : '').legs ?? [])];
  const heard = legs.find(({ direction }) => direction === 'inbound')?.heard ?? [];
  expect([...heard]).toMatchObject([
    { media: 'ringing in se', durationMs: 6_000 },
    { media: 'ringing in se', stoppedAtMs: Date.parse('2026-11-22T10:00:08Z') },
  ]);
  expect(voice.heard(bob)).toEqual([]);
});

test.for([
  ['connectPstn', { number: bob }],
  ['connectSip', { destination: { endpoint: 'desk@pbx' } }],
] as const)('%s: maxDuration counts from the answer of the callee', async ([name, fields]) => {
  const voice = await startVoice({ answers: { ice: { action: { name, ...fields, maxDuration: 20 } } } });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(20_900);
  expect(voice.phones.phone(alice).state).toBe('connected');
  await voice.advance(200);
  expect(voice.phones.phone(alice).state).toBe('idle');
  expect(voice.application.events('dice')).toMatchObject([{ reason: 'TIMEOUT', result: 'ANSWERED', duration: 20 }]);
});

test('connectConf takes music and the use of keys along into the conference', async () => {
  const action = {
    name: 'connectConf',
    conferenceId: 'room',
    moh: 'music3',
    conferenceDtmfOptions: { mode: 'detect', maxDigits: 2 },
  };
  const voice = await startVoice({ answers: { ice: { action } } });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(1_000);
  expect(voice.heard(alice)).toEqual(['music3']);
  voice.phones.press(alice, '12');
  await voice.advance(10);
  expect(voice.application.events('pie')).toMatchObject([
    { conferenceId: 'room', menuResult: { menuId: 'room', type: 'sequence', value: '12' } },
  ]);
});

test('a call without an answer to ICE hears an error message and ends as CALLBACKERROR', async () => {
  const voice = await startVoice({ answers: { ice: { status: 500 } } });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(10_000);
  expect(voice.heard(alice)).toEqual(['An application error has occurred. Goodbye.']);
  expect(voice.application.events('dice')).toMatchObject([{ reason: 'CALLBACKERROR', result: 'ANSWERED' }]);
});

test('a callback URL that does not answer in time loses its turn to the fallback', async () => {
  const fallback = await startVoice({ answers: { ice: { action: { name: 'connectPstn', number: bob } } } });
  const voice = await startVoice({
    answers: { ice: 'never' },
    fallback: fallback.application.url,
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  await voice.phones.dial(alice, ownNumber);
  const advanced = voice.advance(2_000);
  await until(() => voice.application.events('ice').length === 1);
  await vi.advanceTimersByTimeAsync(5_000);
  await advanced;
  expect(voice.phones.phone(bob).state).toBe('connected');
  expect(voice.application.events('ice')).toHaveLength(1);
  expect(fallback.application.received[0]).toMatchObject({ genuine: true, event: { event: 'ice' } });
});

test('SVAML that is not allowed in ICE is refused: a calling error, and INVALIDSVAMLACTION', async () => {
  const voice = await startVoice({ answers: { ice: { action: { name: 'continue' } } } });
  const dialed = await voice.phones.dial(alice, ownNumber);
  await voice.advance(2_000);
  expect(voice.phones.phone(alice).state).toBe('idle');
  expect(voice.application.events('notify')).toMatchObject([
    {
      type: 'callingerror',
      callid: dialed.ok ? dialed.call : '',
      errorCode: 40001,
      errorMsg:
        'action: continue is not allowed in an answer to ICE; it is in an answer to ACE, an answer to PIE, a request that manages a call',
    },
  ]);
  expect(voice.application.events('dice')).toMatchObject([{ reason: 'INVALIDSVAMLACTION', result: 'FAILED' }]);
});

test('cookies come back in every later callback of the call', async () => {
  const voice = await startVoice({
    answers: {
      ice: {
        instructions: [
          { name: 'setCookie', key: 'step', value: '1' },
          { name: 'setCookie', key: 'who', value: 'alice' },
        ],
        action: { name: 'connectPstn', number: bob },
      },
      ace: { instructions: [{ name: 'SetCookie', key: 'step', value: '2' }], action: { name: 'continue' } },
    },
  });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(2_000);
  voice.phones.hangUp(alice);
  await voice.advance(10);
  expect(voice.application.events('ice')[0]).not.toHaveProperty('cookies');
  expect(voice.application.events('ace')).toMatchObject([{ cookies: { step: '1', who: 'alice' } }]);
  expect(voice.application.events('dice')).toMatchObject([{ cookies: { step: '2', who: 'alice' } }]);
});

test('cookies of more than 1024 bytes in total are invalid SVAML', async () => {
  const voice = await startVoice({
    answers: {
      ice: {
        instructions: [
          { name: 'setCookie', key: 'a', value: 'x'.repeat(1_000) },
          { name: 'setCookie', key: 'b', value: 'y'.repeat(23) },
        ],
        action: { name: 'connectPstn', number: bob },
      },
    },
  });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(2_000);
  expect(voice.application.events('notify')).toMatchObject([
    { errorCode: 40001, errorMsg: expect.stringContaining('1025 bytes') },
  ]);
});

test('a number that nobody owns cannot be dialed', async () => {
  const voice = await startVoice();
  expect(await voice.phones.dial(alice, '+12065550199')).toMatchObject({ ok: false });
});

test('an ACE that is not answered connects the call', async () => {
  const voice = await startVoice({
    answers: { ice: { action: { name: 'connectPstn', number: bob } }, ace: { status: 503 } },
  });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(2_000);
  expect(voice.phones.phone(alice).state).toBe('connected');
  expect(voice.application.events('ace')).toHaveLength(1);
});

test('a PIE that is not answered hangs up on a caller who is alone', async () => {
  const voice = await startVoice({
    answers: {
      ice: { action: { name: 'runMenu', menus: [{ id: 'main', mainPrompt: '#tts[Your code]', maxDigits: 1 }] } },
      pie: { status: 500 },
    },
  });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(1_000);
  voice.phones.press(alice, '1');
  await voice.advance(10);
  expect(voice.phones.phone(alice).state).toBe('idle');
  expect(voice.application.events('dice')).toMatchObject([{ reason: 'MANAGERHANGUP' }]);
});

test('an answer that is no JSON is invalid SVAML', async () => {
  const voice = await startVoice({ answers: { ice: '<xml/>' } });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(1_000);
  expect(voice.application.events('notify')).toMatchObject([
    { type: 'callingerror', errorCode: 40001, errorMsg: expect.stringContaining('the SVAML is not JSON') },
  ]);
});

test('a callback that was given up can be sent again, and the call does not change by it', async () => {
  const voice = await startVoice({ answers: { ice: { action: { name: 'hangup' } }, dice: [{ status: 500 }, {}] } });
  await voice.phones.dial(alice, ownNumber);
  await voice.advance(1_000);
  const undelivered = voice.outbox.list(({ event }) => event === 'dice')[0];
  expect(undelivered).toMatchObject({ state: 'undelivered', attempts: [{ outcome: { status: 500 } }] });
  expect(voice.outbox.resend(undelivered?.id ?? '')).toBe('queued');
  await voice.advance(10);
  expect(voice.outbox.get(undelivered?.id ?? '')).toMatchObject({ state: 'delivered' });
  expect(voice.application.events('dice')).toHaveLength(2);
});
