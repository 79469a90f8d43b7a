import type { CallConnection } from '@azure/communication-call-automation';
import { describe, expect, it } from 'vitest';
import { Secret } from '@countersign/core/secret';
import { acsAccount } from '../../../src/providers/acs/accounts/account.ts';
import { type AcsUnderTest, startAcs } from './acs-under-test.ts';
import { callee, callerId, text, withSpeech } from './calls-under-test.ts';
import { sendSigned } from './raw-request.ts';

/** A further number of the account, and a user whose calls its application answers. */
const frontDesk = { phoneNumber: '+12065550177' };
const bot = { communicationUserId: '8:acs:c0157e51-0000-4000-8000-000000000001_bot' };

async function startOwn(): Promise<AcsUnderTest> {
  const account = acsAccount.development();
  return startAcs({
    eventGrid: true,
    accounts: [{ ...account, numbers: [...account.numbers, frontDesk.phoneNumber], users: [bot.communicationUserId] }],
  });
}

/** What an application hears of incoming calls. */
function announced(acs: AcsUnderTest) {
  return acs.gridEvents
    .map(({ body }) => body[0])
    .filter(({ eventType }) => eventType === 'Microsoft.Communication.IncomingCall')
    .map(({ data }) => data as { to: any; from: any; incomingCallContext: string; customContext?: unknown });
}

/** Names of the events that came to one side, which is a path of the application. */
function namesAt(acs: AcsUnderTest, path: string): string[] {
  return acs.events.filter((event) => event.path === `/${path}`).map(({ name }) => name);
}

function lastAt(acs: AcsUnderTest, path: string, name: string): Record<string, any> {
  const event = acs.events.findLast((one) => one.path === `/${path}` && one.name === name);
  if (!event) throw new Error(`no ${name} came to ${path}`);
  return event.data;
}

async function answerLast(acs: AcsUnderTest, path = 'callee'): Promise<CallConnection> {
  const { incomingCallContext } = announced(acs).at(-1) ?? { incomingCallContext: '' };
  const { callConnection } = await acs.client.answerCall(incomingCallContext, acs.callback(path), withSpeech);
  await acs.advance(0);
  return callConnection;
}

/** A call from the application to a number of its own, which it answers. */
async function callToOneself(acs: AcsUnderTest) {
  const { callConnection: caller } = await acs.client.createCall(
    { targetParticipant: frontDesk, sourceCallIdNumber: callerId },
    acs.callback('caller'),
    withSpeech,
  );
  await acs.advance(0);
  const answering = await answerLast(acs);
  acs.events.length = 0;
  return { caller, answering };
}

const numberRawId = ({ phoneNumber }: { phoneNumber: string }): string => `4:${phoneNumber}`;

describe('a call to a number of one’s own', () => {
  it('raises IncomingCall, and is answered by the application: two sides, each with its own connection', async () => {
    const acs = await startOwn();
    const { callConnectionProperties } = await acs.client.createCall(
      { targetParticipant: frontDesk, sourceCallIdNumber: callerId, sourceDisplayName: 'The house' },
      acs.callback('caller'),
      { operationContext: 'outbound', ...withSpeech },
    );
    await acs.advance(5_000);
    // Nobody picks up by itself: the number is the application's.
    expect(acs.events).toEqual([]);
    expect(announced(acs)).toMatchObject([
      {
        to: { rawId: numberRawId(frontDesk) },
        from: { rawId: numberRawId(callerId) },
        callerDisplayName: 'The house',
      },
    ]);
    const answering = await answerLast(acs);
    const answered = await answering.getCallConnectionProperties();
    expect(answered).toMatchObject({
      callConnectionState: 'connected',
      source: callerId,
      sourceDisplayName: 'The house',
      answeredFor: frontDesk,
    });
    expect(answered.callConnectionId).not.toBe(callConnectionProperties.callConnectionId);
    expect(namesAt(acs, 'caller')).toEqual(['CallConnected', 'ParticipantsUpdated']);
    expect(namesAt(acs, 'callee')).toEqual(['CallConnected', 'ParticipantsUpdated']);
    const idsAt = (path: string): string[] =>
      lastAt(acs, path, 'ParticipantsUpdated')['participants'].map((one: any) => one.identifier.rawId);
    expect(idsAt('caller')).toEqual([expect.stringMatching(/^8:acs:/), numberRawId(frontDesk)]);
    expect(idsAt('callee')).toEqual([expect.stringMatching(/^8:acs:/), numberRawId(callerId)]);
  });

  it('carries what one side plays to the other, which recognizes it', async () => {
    const acs = await startOwn();
    const { caller, answering } = await callToOneself(acs);
    await answering.getCallMedia().startRecognizing(callerId, {
      kind: 'callMediaRecognizeSpeechOptions',
      playPrompt: text('Who is it?'),
      endSilenceTimeoutInSeconds: 1,
    });
    await acs.advance(500);
    await caller.getCallMedia().playToAll([text('It is the other half of me.')]);
    await acs.advance(5_000);
    expect(lastAt(acs, 'callee', 'RecognizeCompleted')['speechResult']).toMatchObject({
      speech: 'It is the other half of me.',
    });
    expect(namesAt(acs, 'caller')).toEqual(['PlayStarted', 'PlayCompleted']);
    const [toFrontDesk] = legsOf(acs, 'caller');
    const [fromCaller] = legsOf(acs, 'callee');
    const words = (track: any): (string | undefined)[] => [...track].map((entry: any) => entry.text);
    expect([words(toFrontDesk.spoken), words(fromCaller.heard)]).toEqual([['Who is it?'], ['Who is it?']]);
    const said = ['It is the other half of me.'];
    expect([words(toFrontDesk.heard), words(fromCaller.spoken)]).toEqual([said, said]);
  });

  it('carries keys in both directions; a prompt that they interrupt is silent on the other side, too', async () => {
    const acs = await startOwn();
    const { caller, answering } = await callToOneself(acs);
    await caller.getCallMedia().startRecognizing(frontDesk, {
      kind: 'callMediaRecognizeDtmfOptions',
      maxTonesToCollect: 2,
      interruptPrompt: true,
      playPrompt: text('x'.repeat(200)),
    });
    await acs.advance(2_000);
    await answering.getCallMedia().sendDtmfTones(['four', 'two'], callerId);
    await acs.advance(1_000);
    expect(lastAt(acs, 'caller', 'RecognizeCompleted')['dtmfResult']).toEqual({ tones: ['four', 'two'] });
    const [fromCaller] = legsOf(acs, 'callee');
    const [said] = [...fromCaller.spoken];
    // 200 ms of keys came after two seconds of a prompt of ten.
    expect(said.stoppedAtMs - said.startedAtMs).toBe(2_200);
    await answering.getCallMedia().startContinuousDtmfRecognition(callerId);
    await caller.getCallMedia().sendDtmfTones(['pound'], frontDesk);
    await acs.advance(1_000);
    expect(lastAt(acs, 'callee', 'ContinuousDtmfRecognitionToneReceived')).toMatchObject({ tone: 'pound' });
  });

  it('carries audio that an application streams, until it is over', async () => {
    const acs = await startOwn();
    const { answering } = await callToOneself(acs);
    const { callConnectionId = '' } = await answering.getCallConnectionProperties();
    const stream = { operation: 'stream', media: 'live-1' };
    acs.switchboard.dispatch(callConnectionId, { type: 'stream-audio', ...stream });
    await acs.advance(1_500);
    acs.switchboard.dispatch(callConnectionId, { type: 'cut-streamed-audio', operation: 'stream' });
    const [toFrontDesk] = legsOf(acs, 'caller');
    const [said] = [...toFrontDesk.spoken];
    expect(said).toMatchObject({ media: 'live-1', live: true });
    expect(said.stoppedAtMs - said.startedAtMs).toBe(1_500);
  });

  it('carries what was being streamed before it was answered, and not while it is on hold', async () => {
    const acs = await startOwn();
    const { callConnection: caller } = await acs.client.createGroupCall([callee, frontDesk], acs.callback('caller'), {
      sourceCallIdNumber: callerId,
    });
    await acs.advance(1_000);
    const { callConnectionId = '' } = await caller.getCallConnectionProperties();
    acs.switchboard.dispatch(callConnectionId, { type: 'stream-audio', operation: 'stream', media: 'live-1' });
    await acs.advance(700);
    await answerLast(acs);
    await acs.advance(100);
    await caller.getCallMedia().hold(frontDesk);
    await acs.advance(200);
    await caller.getCallMedia().unhold(frontDesk);
    const [fromCaller] = legsOf(acs, 'callee');
    const [before, music, after] = [...fromCaller.spoken];
    expect(before).toMatchObject({ media: 'live-1', live: true, offsetMs: 700 });
    expect(before.stoppedAtMs - before.startedAtMs).toBe(100);
    expect(music.stoppedAtMs - music.startedAtMs).toBe(200);
    expect(after).toMatchObject({ media: 'live-1', live: true, offsetMs: 1_000 });
  });

  it('is silent on the other side, too, while it is on hold', async () => {
    const acs = await startOwn();
    const { caller } = await callToOneself(acs);
    await caller.getCallMedia().playToAll([text('x'.repeat(100))]);
    await acs.advance(1_000);
    await caller.getCallMedia().hold(frontDesk);
    await acs.advance(0);
    const [fromCaller] = legsOf(acs, 'callee');
    const [said] = [...fromCaller.spoken];
    expect(said.stoppedAtMs - said.startedAtMs).toBe(1_000);
  });

  it.each(['caller', 'callee'] as const)('is over for both when the %s hangs up', async (side) => {
    const acs = await startOwn();
    const { caller, answering } = await callToOneself(acs);
    await (side === 'caller' ? caller : answering).hangUp(true);
    await acs.advance(0);
    expect([namesAt(acs, 'caller'), namesAt(acs, 'callee')]).toEqual([['CallDisconnected'], ['CallDisconnected']]);
    expect(acs.switchboard.calls().every(({ endedAtMs }) => endedAtMs !== undefined)).toBe(true);
  });

  it('is rejected', async () => {
    const acs = await startOwn();
    await acs.client.createCall({ targetParticipant: frontDesk, sourceCallIdNumber: callerId }, acs.callback('caller'));
    await acs.advance(0);
    await acs.client.rejectCall(announced(acs)[0]?.incomingCallContext ?? '', { callRejectReason: 'busy' });
    await acs.advance(0);
    expect(namesAt(acs, 'caller')).toEqual(['CallDisconnected', 'CreateCallFailed']);
    expect(lastAt(acs, 'caller', 'CreateCallFailed')['resultInformation']).toMatchObject({
      code: 486,
      subCode: 560_486,
    });
  });

  it('that nobody answers is over after a minute, and can be answered no more', async () => {
    const acs = await startOwn();
    await acs.client.createCall({ targetParticipant: frontDesk, sourceCallIdNumber: callerId }, acs.callback('caller'));
    await acs.advance(60_000);
    expect(lastAt(acs, 'caller', 'CreateCallFailed')['resultInformation']).toMatchObject({ code: 480 });
    await expect(answerLast(acs)).rejects.toMatchObject({ statusCode: 404, code: '8522' });
  });

  it('that is given up before it is answered rings no longer', async () => {
    const acs = await startOwn();
    const { callConnection } = await acs.client.createCall(
      { targetParticipant: frontDesk, sourceCallIdNumber: callerId },
      acs.callback('caller'),
    );
    await acs.advance(0);
    await callConnection.hangUp(true);
    await acs.advance(0);
    await expect(answerLast(acs)).rejects.toMatchObject({ statusCode: 404, code: '8522' });
  });

  it('is a phone’s, as ever, when nobody is told of incoming calls', async () => {
    const acs = await startAcs();
    await acs.client.createCall({ targetParticipant: callerId, sourceCallIdNumber: callerId }, acs.callback());
    await acs.advance(1_000);
    expect(acs.names()).toEqual(['CallConnected', 'ParticipantsUpdated']);
  });
});

describe('a call to a number of another account', () => {
  it('is announced to that account, and answered with its key', async () => {
    const account = acsAccount.development();
    const key = 'b3RoZXIga2V5IG9mIGEgdGVzdA==';
    const other = {
      ...account,
      resourceId: 'other-resource',
      credentials: [{ name: 'primary', secret: new Secret(key, 'base64') }],
      numbers: [frontDesk.phoneNumber],
    };
    const acs = await startAcs({ eventGrid: true, accounts: [account, other] });
    const target = { targetParticipant: frontDesk, sourceCallIdNumber: callerId };
    const { callConnection } = await acs.client.createCall(target, acs.callback('caller'));
    await acs.advance(0);
    const { incomingCallContext = '' } = announced(acs)[0] ?? {};
    await expect(acs.client.answerCall(incomingCallContext, acs.callback())).rejects.toMatchObject({
      statusCode: 403,
      code: '7507',
    });
    const rejected = await sendSigned(acs.url, {
      path: '/calling/callConnections:reject?api-version=2025-05-15',
      body: { incomingCallContext, callRejectReason: 'none' },
      key,
    });
    expect(rejected.status).toBe(204);
    await expect(callConnection.getCallConnectionProperties()).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe('a user of Communication Services that is configured', () => {
  it('is called by an application: IncomingCall names it, and who calls', async () => {
    const acs = await startOwn();
    await acs.client.createCall({ targetParticipant: bot }, acs.callback('caller'), withSpeech);
    await acs.advance(0);
    expect(announced(acs)).toMatchObject([
      {
        to: { kind: 'communicationUser', rawId: bot.communicationUserId },
        from: { kind: 'communicationUser', rawId: expect.stringMatching(/^8:acs:c0157e51/) },
      },
    ]);
    await answerLast(acs);
    expect(namesAt(acs, 'caller')).toEqual(['CallConnected', 'ParticipantsUpdated']);
  });

  it('is called by a phone, and calls a number itself', async () => {
    const acs = await startOwn();
    await acs.phones.dial('+15555550123', bot.communicationUserId);
    await acs.advance(0);
    await answerLast(acs, 'for-bot');
    expect(namesAt(acs, 'for-bot')).toEqual(['CallConnected', 'ParticipantsUpdated']);
    await acs.phones.dial(bot.communicationUserId, frontDesk.phoneNumber);
    await acs.advance(0);
    expect(announced(acs).at(-1)).toMatchObject({
      from: { kind: 'communicationUser', rawId: bot.communicationUserId },
      to: { rawId: numberRawId(frontDesk) },
    });
  });
});

describe('others of one’s own are', () => {
  it('added to a call: all hear each other', async () => {
    const acs = await startOwn();
    const { callConnection: caller } = await acs.client.createCall(
      { targetParticipant: callee, sourceCallIdNumber: callerId },
      acs.callback('caller'),
      withSpeech,
    );
    await acs.advance(1_000);
    await caller.addParticipant(
      { targetParticipant: bot, customCallingContext: [{ kind: 'voip', key: 'case', value: '42' }] },
      { operationContext: 'add' },
    );
    await acs.advance(0);
    expect(announced(acs)[0]?.customContext).toMatchObject({ voipHeaders: { case: '42' } });
    const answering = await answerLast(acs);
    expect(lastAt(acs, 'caller', 'AddParticipantSucceeded')).toMatchObject({
      operationContext: 'add',
      participant: { rawId: bot.communicationUserId },
    });
    acs.phones.say(callee.phoneNumber, 'IS THERE ANYBODY?');
    await acs.advance(2_000);
    await answering.getCallMedia().playToAll([text('There is.')]);
    await acs.advance(2_000);
    const [phone] = legsOf(acs, 'caller');
    const [fromCaller] = legsOf(acs, 'callee');
    expect([...fromCaller.spoken].map(({ text: words }: any) => words)).toEqual(['IS THERE ANYBODY?']);
    expect([...phone.heard].map(({ text: words }: any) => words)).toEqual(['There is.']);
    await caller.removeParticipant(bot);
    await acs.advance(0);
    expect(lastAt(acs, 'caller', 'RemoveParticipantSucceeded')).toMatchObject({
      participant: { rawId: bot.communicationUserId },
    });
    expect(namesAt(acs, 'callee').at(-1)).toBe('CallDisconnected');
    expect(acs.phones.phone(callee.phoneNumber).state).toBe('connected');
  });

  it('not added when they decline', async () => {
    const acs = await startOwn();
    const { callConnection: caller } = await acs.client.createCall(
      { targetParticipant: callee, sourceCallIdNumber: callerId },
      acs.callback('caller'),
    );
    await acs.advance(1_000);
    await caller.addParticipant({ targetParticipant: bot });
    await acs.advance(0);
    await acs.client.rejectCall(announced(acs)[0]?.incomingCallContext ?? '');
    await acs.advance(0);
    expect(lastAt(acs, 'caller', 'AddParticipantFailed')['resultInformation']).toMatchObject({ code: 603 });
    expect(acs.phones.phone(callee.phoneNumber).state).toBe('connected');
  });

  it('what a caller is transferred to', async () => {
    const acs = await startOwn();
    const { callConnection: caller } = await acs.client.createCall(
      { targetParticipant: callee, sourceCallIdNumber: callerId },
      acs.callback('caller'),
      withSpeech,
    );
    await acs.advance(1_000);
    await caller.transferCallToParticipant(bot, { customCallingContext: [{ kind: 'voip', key: 'case', value: '7' }] });
    await acs.advance(0);
    expect(announced(acs)).toMatchObject([
      {
        from: { rawId: numberRawId(callee) },
        to: { rawId: bot.communicationUserId },
        customContext: { voipHeaders: { case: '7' } },
      },
    ]);
    const answering = await answerLast(acs);
    expect(namesAt(acs, 'caller').slice(2)).toEqual(['CallTransferAccepted', 'CallDisconnected']);
    await answering.getCallMedia().playToAll([text('You have reached the bot.')]);
    await acs.advance(2_000);
    expect(heardByPhone(acs)).toEqual(['You have reached the bot.']);
    acs.phones.hangUp(callee.phoneNumber);
    await acs.advance(0);
    expect(namesAt(acs, 'callee').at(-1)).toBe('CallDisconnected');
  });

  it('transferred themselves: the other side goes on with whom they were transferred to', async () => {
    const acs = await startOwn();
    const { caller, answering } = await callToOneself(acs);
    await answering.transferCallToParticipant(callee, { sourceCallIdNumber: callerId } as never);
    await acs.advance(1_000);
    expect(namesAt(acs, 'callee')).toEqual(['CallTransferAccepted', 'CallDisconnected']);
    expect(namesAt(acs, 'caller')).toEqual([]);
    await caller.getCallMedia().playToAll([text('Hello, whoever you are.')]);
    await acs.advance(2_000);
    expect(heardByPhone(acs)).toEqual(['Hello, whoever you are.']);
    await caller.hangUp(true);
    await acs.advance(0);
    expect(acs.phones.phone(callee.phoneNumber).state).toBe('idle');
  });

  it('what an incoming call is redirected to', async () => {
    const acs = await startOwn();
    await acs.phones.dial(callee.phoneNumber, callerId.phoneNumber);
    await acs.advance(0);
    const { incomingCallContext = '' } = announced(acs)[0] ?? {};
    await acs.client.redirectCall(incomingCallContext, { targetParticipant: bot });
    await acs.advance(0);
    expect(acs.phones.phone(callee.phoneNumber).state).toBe('dialing');
    const answering = await answerLast(acs);
    expect(acs.phones.phone(callee.phoneNumber).state).toBe('connected');
    await answering.getCallMedia().playToAll([text('The bot speaks.')]);
    await acs.advance(2_000);
    expect(heardByPhone(acs)).toEqual(['The bot speaks.']);
    await answering.hangUp(true);
    await acs.advance(0);
    expect(acs.phones.phone(callee.phoneNumber).state).toBe('idle');
  });
});

/** The legs of either side of the only call: the side that is called is opened last. */
function legsOf(acs: AcsUnderTest, side: 'caller' | 'callee'): any[] {
  return [...(acs.switchboard.calls().at(side === 'callee' ? 0 : 1)?.legs ?? [])];
}

function heardByPhone(acs: AcsUnderTest): (string | undefined)[] {
  return acs.switchboard
    .calls()
    .flatMap(({ legs }) => [...legs])
    .filter(({ party, cause }) => party.kind === 'phone' && cause !== 'moved')
    .flatMap(({ heard }) => [...heard])
    .map(({ text: words }) => words);
}
