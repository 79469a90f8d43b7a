import { DtmfTone } from '@azure/communication-call-automation';
import { describe, expect, it } from 'vitest';
import { startAcs } from './acs-under-test.ts';
import { agent, callee, connectedCall, connectedGroup, text } from './calls-under-test.ts';

describe('continuous recognition of keys', () => {
  it('reports each key in its order until it is stopped', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    const media = call.getCallMedia();
    await media.startContinuousDtmfRecognition(callee, { operationContext: 'start' });
    acs.phones.press('+15555550123', '1#');
    acs.phones.press('+15555550123', '*');
    await media.stopContinuousDtmfRecognition(callee, { operationContext: 'stop' });
    acs.phones.press('+15555550123', '5');
    await acs.advance(0);
    expect(
      acs.events.map(({ name, data }) => [name, data['sequenceId'], data['tone'], data['operationContext']]),
    ).toEqual([
      ['ContinuousDtmfRecognitionToneReceived', 1, 'one', 'start'],
      ['ContinuousDtmfRecognitionToneReceived', 2, 'pound', 'start'],
      ['ContinuousDtmfRecognitionToneReceived', 3, 'asterisk', 'start'],
      ['ContinuousDtmfRecognitionStopped', undefined, undefined, 'stop'],
    ]);
  });

  it('runs beside a recognition and is not cancelled with it', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    const media = call.getCallMedia();
    await media.startContinuousDtmfRecognition(callee, {});
    await media.startRecognizing(callee, { kind: 'callMediaRecognizeDtmfOptions', maxTonesToCollect: 9 });
    await media.cancelAllOperations();
    acs.phones.press('+15555550123', '5');
    await acs.advance(0);
    expect(acs.names()).toEqual(['RecognizeCanceled', 'ContinuousDtmfRecognitionToneReceived']);
  });

  it('is started once per participant, and stopped only when it runs', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    const media = call.getCallMedia();
    await expect(media.stopContinuousDtmfRecognition(callee, {})).rejects.toMatchObject({ code: '8500' });
    await media.startContinuousDtmfRecognition(callee, {});
    await expect(media.startContinuousDtmfRecognition(callee, {})).rejects.toMatchObject({ code: '8500' });
  });
});

describe('sending keys', () => {
  it('reports completion when the last has sounded', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    const result = await call
      .getCallMedia()
      .sendDtmfTones([DtmfTone.One, DtmfTone.Two, DtmfTone.Pound], callee, { operationContext: 'send' });
    expect(result).toMatchObject({ operationContext: 'send' });
    await acs.advance(299);
    expect(acs.names()).toEqual([]);
    await acs.advance(1);
    expect(acs.names()).toEqual(['SendDtmfTonesCompleted']);
    expect(acs.phones.phone('+15555550123').state).toBe('connected');
  });

  it('fails when the phone hangs up on the way', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await call.getCallMedia().sendDtmfTones(
      Array.from({ length: 18 }, () => DtmfTone.Nine),
      callee,
    );
    await acs.advance(500);
    acs.phones.hangUp('+15555550123');
    await acs.advance(0);
    expect(acs.names()).toEqual(['SendDtmfTonesFailed', 'CallDisconnected']);
  });

  it('is refused for more than 18 keys, and for users', async () => {
    const acs = await startAcs();
    const call = await connectedGroup(acs);
    const media = call.getCallMedia();
    const many = Array.from({ length: 19 }, () => DtmfTone.Nine);
    await expect(media.sendDtmfTones(many, callee)).rejects.toMatchObject({ statusCode: 400, code: '8523' });
    await expect(media.sendDtmfTones(['one'], agent)).rejects.toMatchObject({ statusCode: 400, code: '8523' });
  });
});

describe('holding', () => {
  it('plays music to the held participant and reports who is on hold', async () => {
    const acs = await startAcs();
    const call = await connectedGroup(acs);
    const media = call.getCallMedia();
    await media.hold(callee);
    await acs.advance(25_000);
    expect(acs.names()).toEqual(['ParticipantsUpdated']);
    const leg = () => [...(acs.switchboard.calls()[0]?.legs ?? [])][0];
    expect(leg()).toMatchObject({ held: true, heard: { length: 3 } });
    expect(acs.media.describe(leg()?.heard.get(0)?.media ?? '')?.label).toBe('{"kind":"music"}');

    await media.unhold(callee);
    await acs.advance(25_000);
    expect(acs.names()).toEqual(['ParticipantsUpdated', 'ParticipantsUpdated']);
    expect(leg()).toMatchObject({ held: false, heard: { length: 3 } });
    expect(acs.events[1]?.data['participants'].map((one: { isOnHold: boolean }) => one.isOnHold)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('plays the source that is given, and reports HoldFailed when it cannot', async () => {
    const acs = await startAcs();
    const call = await connectedGroup(acs);
    await call.getCallMedia().hold(callee, { playSource: text('Please wait.'), operationContext: 'h' });
    await acs.advance(600);
    expect(acs.names()).toEqual(['ParticipantsUpdated']);
    await call.getCallMedia().hold(agent, {
      playSource: { kind: 'fileSource', url: 'https://cdn.test/missing.wav' },
      operationContext: 'failing',
    });
    await acs.advance(0);
    expect(acs.names()).toEqual(['ParticipantsUpdated', 'ParticipantsUpdated', 'HoldFailed']);
    expect(acs.events[2]?.data).toMatchObject({
      operationContext: 'failing',
      resultInformation: { code: 400, subCode: 8536 },
    });
  });
});
