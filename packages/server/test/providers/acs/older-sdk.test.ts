import { DtmfTone } from 'acs-call-automation-1.2';
import { describe, expect, it } from 'vitest';
import { startAcs, type AcsUnderTest } from './acs-under-test.ts';
import { agent, callee, callerId, text, withSpeech } from './calls-under-test.ts';

describe('the older line of the SDK (1.2.0, api-version 2024-04-15) drives every operation it has', () => {
  it('creating, participants, media and ending', async () => {
    const acs = await startAcs({ parser: '1.2' });
    const { callConnection: call } = await acs
      .olderClient()
      .createCall({ targetParticipant: callee, sourceCallIdNumber: callerId }, acs.callback(), withSpeech);
    await acs.advance(1000);
    expect(await call.getCallConnectionProperties()).toMatchObject({ callConnectionState: 'connected' });
    await call.addParticipant({ targetParticipant: agent }, { operationContext: 'add' });
    const { invitationId = '' } = await call.addParticipant({
      targetParticipant: { phoneNumber: '+15555550199' },
      sourceCallIdNumber: callerId,
    });
    await call.cancelAddParticipantOperation(invitationId);
    await acs.advance(1000);
    expect((await call.listParticipants()).values).toHaveLength(3);
    expect(await call.getParticipant(agent)).toMatchObject({ identifier: agent });
    await call.muteParticipant(agent);

    const media = call.getCallMedia();
    await media.playToAll([text('Hello')]);
    await media.play([{ kind: 'fileSource', url: 'https://cdn.test/a.wav' }], [callee]);
    await acs.advance(5000);
    await media.startRecognizing(callee, { kind: 'callMediaRecognizeDtmfOptions', maxTonesToCollect: 1 });
    acs.phones.press('+15555550123', '1');
    await media.startRecognizing(callee, { kind: 'callMediaRecognizeDtmfOptions', maxTonesToCollect: 1 });
    await media.cancelAllOperations();
    await media.startContinuousDtmfRecognition(callee, {});
    acs.phones.press('+15555550123', '2');
    await media.stopContinuousDtmfRecognition(callee, {});
    await media.sendDtmfTones([DtmfTone.Pound], callee);
    await acs.advance(1000);
    await call.removeParticipant(agent);
    await call.hangUp(true);
    await acs.advance(0);
    expect(new Set(acs.names())).toEqual(
      new Set([
        'CallConnected',
        'ParticipantsUpdated',
        'AddParticipantSucceeded',
        'CancelAddParticipantSucceeded',
        'PlayCompleted',
        'RecognizeCompleted',
        'RecognizeCanceled',
        'ContinuousDtmfRecognitionToneReceived',
        'ContinuousDtmfRecognitionStopped',
        'SendDtmfTonesCompleted',
        'RemoveParticipantSucceeded',
        'CallDisconnected',
      ]),
    );
    // This line's parser was given each of them, and threw at none.
    expect(acs.events.map(({ parsed, name }) => (parsed as { kind: string }).kind === name)).not.toContain(false);
  });

  it('answering, rejecting, redirecting, transferring and recording', async () => {
    const acs = await startAcs({ parser: '1.2', eventGrid: true });
    const client = acs.olderClient();
    await client.rejectCall(await dial(acs), { callRejectReason: 'forbidden' });
    await client.redirectCall(await dial(acs), { targetParticipant: agent });
    await acs.advance(1000);
    expect(acs.phones.phone(agent.communicationUserId).state).toBe('connected');
    acs.phones.hangUp(agent.communicationUserId);

    const { callConnection: call } = await client.answerCall(await dial(acs), acs.callback(), withSpeech);
    await acs.advance(0);
    const { serverCallId: id = '' } = await call.getCallConnectionProperties();
    const recording = client.getCallRecording();
    const { recordingId = '' } = await recording.start({ callLocator: { kind: 'serverCallLocator', id } });
    await recording.pause(recordingId);
    await recording.resume(recordingId);
    expect(await recording.getState(recordingId)).toMatchObject({ recordingState: 'active' });
    await recording.stop(recordingId);
    await call.transferCallToParticipant(agent);
    await acs.advance(1000);
    expect(acs.names()).toEqual(['CallConnected', 'ParticipantsUpdated', 'CallTransferAccepted', 'CallDisconnected']);
  });
});

async function dial(acs: AcsUnderTest): Promise<string> {
  await acs.phones.dial('+15555550123', '+12065550100');
  await acs.advance(0);
  return acs.gridEvents.findLast(({ body }) => body[0].eventType.endsWith('IncomingCall'))?.body[0].data
    .incomingCallContext as string;
}
