import { DtmfTone, parseCallAutomationEvent, type CallConnection } from '@azure/communication-call-automation';
import { describe, expect, it } from 'vitest';
import { startAcs, type AcsUnderTest } from './acs-under-test.ts';
import type { ReceivedEvent } from './application.ts';
import { agent, callee, callerId, connectedCall, text, withSpeech } from './calls-under-test.ts';

describe('whole conversations, in virtual time', () => {
  it('an appointment reminder that asks again after silence and after a wrong key', async () => {
    const acs = await startAcs();
    acs.phones.setScript('+15555550123', {
      pickUp: 'answer',
      steps: [
        { do: 'await-prompt' },
        { do: 'await-prompt' },
        { do: 'press', tones: '9' },
        { do: 'await-prompt' },
        { do: 'press', tones: '1' },
      ],
    });
    const call = await connectedCall(acs);
    const ask = () =>
      call.getCallMedia().startRecognizing(callee, {
        kind: 'callMediaRecognizeChoiceOptions',
        choices: [
          { label: 'Confirm', phrases: ['Confirm'], tone: DtmfTone.One },
          { label: 'Cancel', phrases: ['Cancel'], tone: DtmfTone.Two },
        ],
        playPrompt: text('Press one to confirm or two to cancel'),
        initialSilenceTimeoutInSeconds: 5,
      });
    await ask();
    await acs.advance(10_000);
    await ask();
    await acs.advance(10_000);
    await ask();
    await acs.advance(10_000);
    expect(acs.events.map(outcome)).toEqual([
      'RecognizeFailed 8510',
      'RecognizeFailed 8534',
      'RecognizeCompleted 8533',
    ]);
    expect(acs.events[2]?.data['choiceResult']).toEqual({ label: 'Confirm' });
    await call.getCallMedia().playToAll([text('Thank you. Goodbye.')]);
    await acs.advance(2000);
    await call.hangUp(true);
    await acs.advance(0);
    expect(acs.names().slice(3)).toEqual(['PlayStarted', 'PlayCompleted', 'CallDisconnected']);
    expect(acs.events.at(-1)?.data['resultInformation'].subCode).toBe(7000);
  });

  it('a support call: a menu, a wait on hold, an agent who is called in, and a conference of three', async () => {
    const acs = await startAcs({ eventGrid: true });
    const call = await answeredCall(acs, '+15555550123');
    const media = call.getCallMedia();
    await media.startRecognizing(callee, {
      kind: 'callMediaRecognizeSpeechOptions',
      playPrompt: text('How can we help?'),
      endSilenceTimeoutInSeconds: 1,
    });
    await acs.advance(1000);
    acs.phones.say('+15555550123', 'My line is broken');
    await acs.advance(5000);
    expect(acs.events.at(-1)?.data['speechResult']).toMatchObject({ speech: 'My line is broken' });

    await media.hold(callee, { playSource: text('Please wait while we look for somebody.') });
    acs.phones.setScript(agent.communicationUserId, { pickUp: 'answer', afterMs: 20_000 });
    await call.addParticipant({ targetParticipant: agent });
    await acs.advance(20_000);
    await media.unhold(callee);
    acs.events.length = 0;
    acs.phones.say(agent.communicationUserId, 'HELLO, I AM YOUR AGENT');
    await acs.advance(5000);
    const caller = [...(acs.switchboard.calls()[0]?.legs ?? [])][0];
    expect(caller?.heard.last()).toMatchObject({ text: 'HELLO, I AM YOUR AGENT' });

    acs.phones.hangUp('+15555550123');
    await acs.advance(0);
    await call.hangUp(true);
    await acs.advance(0);
    // The participants after unhold, after the caller left, and the end.
    expect(acs.names()).toEqual(['ParticipantsUpdated', 'ParticipantsUpdated', 'CallDisconnected']);
  });

  it('a voicemail: an incoming call that is greeted, recorded, and over when the caller hangs up', async () => {
    const acs = await startAcs({ eventGrid: true });
    const call = await answeredCall(acs, '+15555550123');
    await call.getCallMedia().playToAll([text('Leave a message after the tone.')], { operationContext: 'greeting' });
    await acs.advance(2000);
    const { serverCallId: id = '' } = await call.getCallConnectionProperties();
    const { recordingId } = await acs.client.getCallRecording().start({
      callLocator: { kind: 'serverCallLocator', id },
      recordingStateCallbackEndpointUrl: acs.callback('recording'),
    });
    acs.phones.say('+15555550123', 'PLEASE CALL ME BACK, IT IS URGENT');
    await acs.advance(4000);
    acs.phones.hangUp('+15555550123');
    await acs.advance(0);
    expect(acs.events.slice(2).map(outcome)).toEqual([
      'PlayStarted 0',
      'PlayCompleted 0',
      'RecordingStateChanged 0',
      'RecordingStateChanged 0',
      'CallDisconnected 540000',
    ]);
    const ready = acs.gridEvents.at(-1)?.body[0];
    expect(ready).toMatchObject({
      eventType: 'Microsoft.Communication.RecordingFileStatusUpdated',
      data: { recordingDurationMs: 4000, recordingStorageInfo: { recordingChunks: [{ documentId: recordingId }] } },
    });
  });

  it('a receptionist that asks for a name and transfers the caller', async () => {
    const acs = await startAcs({ eventGrid: true });
    const call = await answeredCall(acs, '+15555550123');
    await call.getCallMedia().startRecognizing(callee, {
      kind: 'callMediaRecognizeChoiceOptions',
      choices: [{ label: 'sales', phrases: ['Sales', 'To buy something'] }],
      playPrompt: text('Whom would you like to talk to?'),
    });
    await acs.advance(2000);
    acs.phones.say('+15555550123', 'Sales, please');
    await acs.advance(5000);
    expect(outcome(acs.events.at(-1))).toBe('RecognizeFailed 8547');
    await call.transferCallToParticipant({ phoneNumber: '+15555550166' }, { sourceCallIdNumber: callerId } as never);
    await acs.advance(1000);
    expect(acs.names().slice(-2)).toEqual(['CallTransferAccepted', 'CallDisconnected']);
    expect(acs.phones.phone('+15555550166').state).toBe('connected');
  });

  it('is the same every time it runs, but for ids and addresses', async () => {
    const runs = [await outboundRun(), await outboundRun()];
    expect(runs[1]).toEqual(runs[0]);
  });
});

/** Times, names and results of a call that goes through several things. */
async function outboundRun(): Promise<unknown[]> {
  const acs = await startAcs();
  const call = await connectedCall(acs);
  await call.getCallMedia().play([text('One'), text('Two')], [callee]);
  await acs.advance(5000);
  await call.addParticipant({ targetParticipant: agent });
  await acs.advance(5000);
  await call.hangUp(true);
  await acs.advance(0);
  return acs.events.map((event) => [event.time, outcome(event), event.data['sequenceNumber']]);
}

/** A call that a phone makes to the account's number, answered by the application. */
async function answeredCall(acs: AcsUnderTest, from: string): Promise<CallConnection> {
  await acs.phones.dial(from, '+12065550100');
  await acs.advance(0);
  const context = acs.gridEvents.at(-1)?.body[0].data.incomingCallContext as string;
  const { callConnection } = await acs.client.answerCall(context, acs.callback(), withSpeech);
  await acs.advance(0);
  return callConnection;
}

function outcome(event: ReceivedEvent | undefined): string {
  if (!event) return 'nothing';
  const { kind, resultInformation } = parseCallAutomationEvent(event.raw) as {
    kind: string;
    resultInformation?: { subCode?: number };
  };
  return `${kind} ${resultInformation?.subCode}`;
}
