import { DtmfTone, type CallMediaRecognizeDtmfOptions } from '@azure/communication-call-automation';
import { describe, expect, it } from 'vitest';
import { startAcs } from './acs-under-test.ts';
import { agent, callee, connectedCall, connectedGroup, text } from './calls-under-test.ts';

const dtmf = (options: Partial<CallMediaRecognizeDtmfOptions> = {}): CallMediaRecognizeDtmfOptions => ({
  kind: 'callMediaRecognizeDtmfOptions',
  maxTonesToCollect: 4,
  ...options,
});

describe('recognizing keys', () => {
  it('completes with 8531 when as many were pressed as were asked for', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await call.getCallMedia().startRecognizing(callee, dtmf({ maxTonesToCollect: 3, operationContext: 'pin' }));
    acs.phones.press('+15555550123', '980');
    await acs.advance(0);
    expect(acs.names()).toEqual(['RecognizeCompleted']);
    expect(acs.events[0]?.parsed).toMatchObject({
      kind: 'RecognizeCompleted',
      operationContext: 'pin',
      recognitionType: 'dtmf',
      dtmfResult: { tones: ['nine', 'eight', 'zero'] },
      resultInformation: { code: 200, subCode: 8531, message: 'Action completed, max digits received.' },
    });
  });

  it('completes with 8514 at a stop tone, without it', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await call.getCallMedia().startRecognizing(callee, dtmf({ stopDtmfTones: [DtmfTone.Pound] }));
    acs.phones.press('+15555550123', '12#');
    await acs.advance(0);
    expect(acs.events[0]?.data).toMatchObject({
      dtmfResult: { tones: ['one', 'two'] },
      resultInformation: { code: 200, subCode: 8514 },
    });
  });

  it('fails with 8510 when nothing is pressed in time', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await call.getCallMedia().startRecognizing(callee, dtmf({ initialSilenceTimeoutInSeconds: 7 }));
    await acs.advance(6999);
    expect(acs.names()).toEqual([]);
    await acs.advance(1);
    expect(acs.events[0]?.parsed).toMatchObject({
      kind: 'RecognizeFailed',
      resultInformation: { code: 400, subCode: 8510, message: 'Action failed, initial silence timeout reached.' },
    });
  });

  it('fails with 8532 when too much time passes between keys', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await call.getCallMedia().startRecognizing(callee, dtmf({ interToneTimeoutInSeconds: 3 }));
    acs.phones.press('+15555550123', '12');
    await acs.advance(3000);
    expect(acs.events[0]?.data).toMatchObject({
      resultInformation: { code: 400, subCode: 8532, message: 'Action failed, inter-digit silence timeout reached.' },
    });
  });

  it('plays its prompt first, and listens after it', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await call
      .getCallMedia()
      .startRecognizing(callee, dtmf({ maxTonesToCollect: 1, playPrompt: text('Press one. '.padEnd(40)) }));
    await acs.advance(1000);
    acs.phones.press('+15555550123', '7');
    await acs.advance(1000);
    expect(acs.names()).toEqual([]);
    acs.phones.press('+15555550123', '1');
    await acs.advance(0);
    expect(acs.events[0]?.data['dtmfResult']).toEqual({ tones: ['one'] });
  });

  it('stops its prompt at the first key with interruptPrompt', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await call
      .getCallMedia()
      .startRecognizing(
        callee,
        dtmf({ maxTonesToCollect: 1, interruptPrompt: true, playPrompt: text('Press one. '.padEnd(40)) }),
      );
    await acs.advance(1000);
    acs.phones.press('+15555550123', '1');
    await acs.advance(0);
    expect(acs.names()).toEqual(['RecognizeCompleted']);
    const leg = [...(acs.switchboard.calls()[0]?.legs ?? [])][0];
    expect((leg?.heard.get(0)?.stoppedAtMs ?? 0) - (leg?.heard.get(0)?.startedAtMs ?? 0)).toBe(1000);
  });

  it('fails with 8511 and the index of the prompt that cannot be played', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await call
      .getCallMedia()
      .startRecognizing(
        callee,
        dtmf({ playPrompts: [text('One'), { kind: 'fileSource', url: 'https://cdn.test/missing.wav' }] }),
      );
    await acs.advance(0);
    expect(acs.events[0]?.parsed).toMatchObject({
      kind: 'RecognizeFailed',
      failedPlaySourceIndex: 1,
      resultInformation: { code: 500, subCode: 8511 },
    });
  });

  it('is canceled with 8508', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    const media = call.getCallMedia();
    await media.startRecognizing(callee, dtmf({ operationContext: 'reco' }));
    await media.cancelAllOperations();
    await acs.advance(0);
    expect(acs.events[0]?.parsed).toMatchObject({
      kind: 'RecognizeCanceled',
      operationContext: 'reco',
      resultInformation: { code: 400, subCode: 8508 },
    });
  });

  it('is refused with 400/8500 while the same participant is being asked, unless it interrupts', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    const media = call.getCallMedia();
    await media.startRecognizing(callee, dtmf());
    await expect(media.startRecognizing(callee, dtmf())).rejects.toMatchObject({ statusCode: 400, code: '8500' });
    await media.startRecognizing(callee, dtmf({ interruptCallMediaOperation: true, maxTonesToCollect: 1 }));
    acs.phones.press('+15555550123', '5');
    await acs.advance(0);
    expect(acs.names()).toEqual(['RecognizeCanceled', 'RecognizeCompleted']);
  });

  it('listens to the participant that it names alone', async () => {
    const acs = await startAcs();
    const call = await connectedGroup(acs);
    await call.getCallMedia().startRecognizing(agent, dtmf({ maxTonesToCollect: 1 }));
    acs.phones.press('+15555550123', '1');
    acs.phones.press(agent.communicationUserId, '2');
    await acs.advance(0);
    expect(acs.events.map(({ data }) => data['dtmfResult'])).toEqual([{ tones: ['two'] }]);
  });
});

describe('recognizing a choice', () => {
  const choices = [
    { label: 'Confirm', phrases: ['Confirm', 'First', 'One'], tone: DtmfTone.One },
    { label: 'Cancel', phrases: ['Cancel', 'Second', 'Two'], tone: DtmfTone.Two },
  ];
  const options = { kind: 'callMediaRecognizeChoiceOptions' as const, choices, operationContext: 'menu' };

  it('completes with 8533 by key', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await call.getCallMedia().startRecognizing(callee, options);
    acs.phones.press('+15555550123', '2');
    await acs.advance(0);
    expect(acs.events[0]?.parsed).toMatchObject({
      recognitionType: 'choices',
      choiceResult: { label: 'Cancel' },
      resultInformation: { code: 200, subCode: 8533 },
    });
  });

  it('completes with 8545 by phrase', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await call.getCallMedia().startRecognizing(callee, options);
    acs.phones.say('+15555550123', 'First!');
    await acs.advance(5000);
    expect(acs.events[0]?.parsed).toMatchObject({
      recognitionType: 'choices',
      choiceResult: { label: 'Confirm', recognizedPhrase: 'First' },
      resultInformation: { code: 200, subCode: 8545 },
    });
  });

  it.each([
    [
      'a key that is no choice',
      (acs: Awaited<ReturnType<typeof startAcs>>) => acs.phones.press('+15555550123', '9'),
      8534,
    ],
    [
      'words that are no choice',
      (acs: Awaited<ReturnType<typeof startAcs>>) => acs.phones.say('+15555550123', 'Good weather today'),
      8547,
    ],
  ])('fails at %s', async (_what, act, subCode) => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await call.getCallMedia().startRecognizing(callee, options);
    act(acs);
    await acs.advance(5000);
    expect(acs.events[0]?.data).toMatchObject({ resultInformation: { code: 400, subCode } });
    expect(acs.names()).toEqual(['RecognizeFailed']);
  });

  it('needs the cognitive services endpoint: 405/8522', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs, {});
    await expect(call.getCallMedia().startRecognizing(callee, options)).rejects.toMatchObject({
      statusCode: 405,
      code: '8522',
    });
  });
});

describe('recognizing speech', () => {
  it('completes with 8569 and the words', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await call.getCallMedia().startRecognizing(callee, {
      kind: 'callMediaRecognizeSpeechOptions',
      endSilenceTimeoutInSeconds: 1,
    });
    acs.phones.say('+15555550123', 'I would like a taxi');
    await acs.advance(5000);
    expect(acs.events[0]?.parsed).toMatchObject({
      recognitionType: 'speech',
      speechResult: { speech: 'I would like a taxi' },
      resultInformation: { code: 200, subCode: 8569 },
    });
  });

  it.each([
    ['keys', 'dtmf', 8531],
    ['words', 'speech', 8569],
  ])('or keys takes %s', async (what, recognitionType, subCode) => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await call.getCallMedia().startRecognizing(callee, {
      kind: 'callMediaRecognizeSpeechOrDtmfOptions',
      maxTonesToCollect: 2,
    });
    if (what === 'keys') acs.phones.press('+15555550123', '42');
    else acs.phones.say('+15555550123', 'Forty-two');
    await acs.advance(5000);
    expect(acs.events[0]?.data).toMatchObject({ recognitionType, resultInformation: { code: 200, subCode } });
  });

  it('works for the older SDK line', async () => {
    const acs = await startAcs({ parser: '1.2' });
    const { callConnection } = await acs.olderClient().createCall({ targetParticipant: agent }, acs.callback(), {
      callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://speech.test/' },
    });
    await acs.advance(1000);
    await callConnection.getCallMedia().startRecognizing(agent, { kind: 'callMediaRecognizeSpeechOptions' });
    acs.phones.say(agent.communicationUserId, 'Hello');
    await acs.advance(5000);
    expect(acs.events.at(-1)?.parsed).toMatchObject({ kind: 'RecognizeCompleted', speechResult: { speech: 'Hello' } });
    expect(acs.events.at(-1)?.data['speechResult']).toEqual({ speech: 'Hello' });
  });
});
