import { describe, expect, it } from 'vitest';
import { startAcs } from './acs-under-test.ts';
import { agent, callee, callerId, connectedGroup, withSpeech } from './calls-under-test.ts';

const fault = { status: 503, code: '9001' };
const result = { code: 503, subCode: 9001, message: 'Unknown internal server error.' };

describe('a fault that is switched on makes the operation fail after it was accepted', () => {
  it('for participants, keys, holding and recording', async () => {
    const acs = await startAcs();
    const call = await connectedGroup(acs);
    const { callConnection: other } = await acs.client.createCall(
      { targetParticipant: { phoneNumber: '+15555550177' }, sourceCallIdNumber: callerId },
      acs.callback(),
      withSpeech,
    );
    await acs.advance(1000);
    acs.events.length = 0;
    for (const name of [
      'remove-participant',
      'move-participants',
      'send-dtmf',
      'continuous-dtmf',
      'hold',
      'start-recording',
    ]) {
      acs.fault({ name: `acs-${name}`, ...fault });
    }
    const { callConnectionId: fromCall = '', serverCallId: id = '' } = await call.getCallConnectionProperties();
    await call.removeParticipant(agent, { operationContext: 'remove' });
    await other.moveParticipants([agent], fromCall, { operationContext: 'move' });
    await call.getCallMedia().sendDtmfTones(['one' as never], callee, { operationContext: 'send' });
    await call.getCallMedia().startContinuousDtmfRecognition(callee, { operationContext: 'watch' });
    await call.getCallMedia().hold(callee, { operationContext: 'hold' });
    const { recordingId } = await acs.client.getCallRecording().start({
      callLocator: { kind: 'serverCallLocator', id },
      recordingStateCallbackEndpointUrl: acs.callback(),
    });
    await acs.advance(5000);
    expect(
      acs.events.map(({ name, data }) => [name, data['operationContext'], data['resultInformation']]).toSorted(),
    ).toEqual([
      ['ContinuousDtmfRecognitionToneFailed', 'watch', result],
      ['HoldFailed', 'hold', result],
      ['MoveParticipantFailed', 'move', result],
      ['RemoveParticipantFailed', 'remove', result],
      ['SendDtmfTonesFailed', 'send', result],
      ['StartRecordingFailed', undefined, result],
    ]);
    expect(acs.events.find(({ name }) => name === 'StartRecordingFailed')?.data).toMatchObject({ recordingId });
    expect(acs.events.find(({ name }) => name === 'MoveParticipantFailed')?.data).toMatchObject({
      participant: { rawId: agent.communicationUserId },
      fromCall,
    });
    expect((await call.listParticipants()).values).toHaveLength(3);
  });

  it('for answering and connecting: the call is as it was', async () => {
    const acs = await startAcs({ eventGrid: true });
    await acs.phones.dial('+15555550123', '+12065550100');
    await acs.advance(0);
    const context = acs.gridEvents.at(-1)?.body[0].data.incomingCallContext as string;
    acs.fault({ name: 'acs-answer' });
    await acs.client.answerCall(context, acs.callback(), { operationContext: 'first' });
    await acs.advance(0);
    expect(acs.names()).toEqual(['AnswerFailed']);
    expect(acs.events[0]?.data).toMatchObject({
      operationContext: 'first',
      resultInformation: { code: 500, subCode: 9999 },
    });
    acs.clearFault('acs-answer');
    const { callConnection } = await acs.client.answerCall(context, acs.callback(), { operationContext: 'second' });
    await acs.advance(0);
    acs.fault({ name: 'acs-connect', ...fault });
    const { serverCallId: id = '' } = await callConnection.getCallConnectionProperties();
    await acs.client.connectCall({ kind: 'serverCallLocator', id }, acs.callback('second'));
    await callConnection.hangUp(true);
    await acs.advance(0);
    expect(acs.events.slice(1).map(({ path, name }) => `${path} ${name}`)).toEqual([
      '/events CallConnected',
      '/events ParticipantsUpdated',
      '/second ConnectFailed',
      '/events CallDisconnected',
    ]);
  });
});
