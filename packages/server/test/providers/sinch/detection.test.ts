import { expect, test } from 'vitest';
import { ownNumber, startVoice, type VoiceUnderTest } from './voice-under-test.ts';

const alice = '+12065550171';

test('a long greeting is a machine’s: ACE waits for it and says so', async () => {
  const voice = await callWithDetection({ enabled: true });
  voice.phones.say(alice, 'You have reached the mailbox of Alice');
  await voice.advance(1_400);
  expect(voice.application.events('ace')).toEqual([]);
  await voice.advance(200);
  expect(voice.application.events('ace')).toMatchObject([
    { amd: { status: 'machine', reason: 'longgreeting', duration: 2 } },
  ]);
});

test('a short greeting followed by silence is a person’s', async () => {
  const voice = await callWithDetection({ enabled: true });
  voice.phones.say(alice, 'Hello?');
  await voice.advance(1_200);
  expect(voice.application.events('ace')).toMatchObject([
    { amd: { status: 'human', reason: 'greeting', duration: 1 } },
  ]);
});

test('silence leaves it open, and a hang-up ends it without an ACE', async () => {
  const voice = await callWithDetection({ enabled: true });
  await voice.advance(3_000);
  expect(voice.application.events('ace')).toMatchObject([
    { amd: { status: 'notsure', reason: 'initialsilence', duration: 3 } },
  ]);

  const other = await callWithDetection({ enabled: true });
  other.phones.hangUp(alice);
  await other.advance(5_000);
  expect(other.application.received.map(({ event }) => event['event'])).toEqual(['ice', 'dice']);
});

test('asynchronous detection says inprogress in ACE, then the result and the beep in notify events', async () => {
  const voice = await callWithDetection({ enabled: true, async: true });
  expect(voice.application.events('ace')).toMatchObject([
    { amd: { status: 'inprogress', reason: 'n/a', duration: 0 } },
  ]);
  voice.phones.say(alice, 'You have reached the mailbox of Alice');
  await voice.advance(3_000);
  const line = voice.phones.phone(alice).lines[0];
  voice.switchboard.dispatch(line?.call ?? '', { type: 'say', leg: line?.leg ?? '', text: 'beep', sound: 'beep' });
  await voice.advance(1_000);
  expect(voice.application.events('notify')).toMatchObject([
    { type: 'amd', amd: { status: 'machine', reason: 'longgreeting', duration: 2 } },
    { type: 'amd_beep', amd: { status: 'machine', reason: 'beep', duration: 3 } },
  ]);
  expect(voice.application.received.every(({ genuine }) => genuine)).toBe(true);
});

test('a beep is a machine’s at once', async () => {
  const voice = await callWithDetection({ enabled: true });
  const line = voice.phones.phone(alice).lines[0];
  voice.switchboard.dispatch(line?.call ?? '', { type: 'say', leg: line?.leg ?? '', text: 'beep', sound: 'beep' });
  await voice.advance(100);
  expect(voice.application.events('ace')).toMatchObject([{ amd: { status: 'machine', reason: 'beep', duration: 0 } }]);
});

test('a hang-up during asynchronous detection is its result', async () => {
  const voice = await callWithDetection({ enabled: true, async: true });
  voice.phones.hangUp(alice);
  await voice.advance(10);
  expect(voice.application.events('notify')).toMatchObject([
    { type: 'amd', amd: { status: 'hangup', reason: 'n/a', duration: 0 } },
  ]);
});

test('the answering machine among the test numbers is detected', async () => {
  const voice = await startVoice();
  await voice.sinch.voice.callouts.custom({
    customCalloutRequestBody: {
      method: 'customCallout',
      customCallout: {
        ice: JSON.stringify({
          action: { name: 'connectPstn', number: '+12065550120', cli: ownNumber, amd: { enabled: true } },
        }),
      },
    },
  });
  await voice.advance(20_000);
  expect(voice.application.events('ace')).toMatchObject([{ amd: { status: 'machine' } }]);
});

async function callWithDetection(amd: { enabled: boolean; async?: boolean }): Promise<VoiceUnderTest> {
  const voice = await startVoice({
    answers: { ice: { action: { name: 'connectPstn', number: alice, cli: ownNumber, amd } } },
  });
  await voice.sinch.voice.callouts.custom({
    customCalloutRequestBody: {
      method: 'customCallout',
      customCallout: { cli: ownNumber, destination: { type: 'number', endpoint: alice } },
    },
  });
  await voice.advance(1_001);
  return voice;
}
