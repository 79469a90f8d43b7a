import { describe, expect, it } from 'vitest';
import { startAcs } from './acs-under-test.ts';
import { agent, callee, callerId, connectedCall, connectedGroup, text } from './calls-under-test.ts';

describe('playing to everybody', () => {
  it('reports PlayStarted and PlayCompleted with the context of the request, as long apart as the audio lasts', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await call.getCallMedia().playToAll([text('Hello there, how are you?'.padEnd(40))], { operationContext: 'play-1' });
    await acs.advance(1999);
    expect(acs.names()).toEqual(['PlayStarted']);
    await acs.advance(1);
    expect(acs.names()).toEqual(['PlayStarted', 'PlayCompleted']);
    for (const { parsed } of acs.events) {
      expect(parsed).toMatchObject({
        operationContext: 'play-1',
        resultInformation: { code: 200, subCode: 0, message: 'Action completed successfully.' },
      });
    }
    const [started, completed] = acs.events.map(({ time }) => Date.parse(time));
    expect((completed ?? 0) - (started ?? 0)).toBe(2000);
  });

  it('plays files, text and SSML one after the other', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await call
      .getCallMedia()
      .playToAll([
        { kind: 'fileSource', url: 'https://cdn.test/a.wav', playSourceCacheId: 'a' },
        text('Ten chars.'),
        { kind: 'ssmlSource', ssmlText: '<speak version="1.0" xml:lang="en-US">Hello</speak>' },
      ]);
    await acs.advance(3000 + 500 + 2000 - 1);
    expect(acs.names()).toEqual(['PlayStarted']);
    await acs.advance(1);
    expect(acs.names()).toEqual(['PlayStarted', 'PlayCompleted']);
  });

  it('goes on for ever with loop, until it is cancelled', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await call.getCallMedia().playToAll([text('Please hold the line.')], { loop: true, operationContext: 'loop' });
    await acs.advance(600_000);
    expect(acs.names()).toEqual(['PlayStarted']);
    await call.getCallMedia().cancelAllOperations();
    await acs.advance(0);
    expect(acs.names()).toEqual(['PlayStarted', 'PlayCanceled']);
    expect(acs.events[1]?.data).toMatchObject({
      operationContext: 'loop',
      resultInformation: { code: 400, subCode: 8508, message: 'Action falied, the operation was cancelled.' },
    });
  });

  it('queues plays, and lets one that interrupts go first', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    const media = call.getCallMedia();
    await media.playToAll([text('x'.repeat(20))], { operationContext: 'first' });
    await media.playToAll([text('x'.repeat(20))], { operationContext: 'second' });
    await acs.advance(1000);
    await media.playToAll([text('x'.repeat(20))], { operationContext: 'third', interruptCallMediaOperation: true });
    await acs.advance(2000);
    expect(acs.events.map(({ name, data }) => `${name} ${data['operationContext']}`)).toEqual([
      'PlayStarted first',
      'PlayCompleted first',
      'PlayStarted second',
      'PlayCanceled second',
      'PlayStarted third',
      'PlayCompleted third',
    ]);
  });

  it('is cancelled with the call, before CallDisconnected', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await call.getCallMedia().playToAll([text('A long text. '.repeat(20))]);
    await acs.advance(1000);
    await call.hangUp(true);
    await acs.advance(0);
    expect(acs.names()).toEqual(['PlayStarted', 'PlayCanceled', 'CallDisconnected']);
  });

  it.each([
    ['https://cdn.test/missing.wav', 400, 8536, 'Action failed, file could not be downloaded.'],
    ['https://cdn.test/picture.png', 400, 8535, 'Action failed, file format is invalid.'],
  ])('reports %s by PlayFailed %i/%i with the index of the source', async (url, code, subCode, message) => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await call
      .getCallMedia()
      .playToAll([text('Before'), { kind: 'fileSource', url }], { operationContext: 'playFailContext' });
    await acs.advance(1000);
    expect(acs.names()).toEqual(['PlayFailed']);
    expect(acs.events[0]?.parsed).toMatchObject({
      kind: 'PlayFailed',
      operationContext: 'playFailContext',
      resultInformation: { code, subCode, message },
      failedPlaySourceIndex: 1,
    });
  });

  it.each([
    [401, 'Action failed, Azure AI services authentication error.'],
    [429, /exceeded the number of allowed concurrent requests/],
    [undefined, /bad request to Azure AI services/],
  ])('reports a failing speech service (%s) by PlayFailed 8565', async (status, message) => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    acs.fault({ name: 'speech', ...(status !== undefined && { status }) });
    await call.getCallMedia().playToAll([text('Hello')]);
    await acs.advance(0);
    expect(acs.events.map(({ data }) => data['resultInformation'])).toEqual([
      {
        code: status ?? 400,
        subCode: 8565,
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      },
    ]);
  });

  it('sends the events of an operation to its own callback address', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await call.getCallMedia().playToAll([text('Hello')], { operationCallbackUrl: acs.callback('operation') });
    await acs.advance(1000);
    expect(acs.events.map(({ name, path }) => `${path} ${name}`)).toEqual([
      '/operation PlayStarted',
      '/operation PlayCompleted',
    ]);
  });
});

describe('playing to one participant', () => {
  it('puts the others on hold before it starts and takes them off hold when it is over', async () => {
    const acs = await startAcs();
    const call = await connectedGroup(acs);
    await call.getCallMedia().play([text('For your ears only')], [callee], { operationContext: 'play-1' });
    await acs.advance(2000);
    expect(acs.names()).toEqual(['ParticipantsUpdated', 'PlayStarted', 'PlayCompleted', 'ParticipantsUpdated']);
    expect(holds(acs.events[0]?.data)).toEqual([
      ['communicationUser', true],
      ['phoneNumber', false],
      ['communicationUser', true],
    ]);
    expect(holds(acs.events[3]?.data)).toEqual([
      ['communicationUser', false],
      ['phoneNumber', false],
      ['communicationUser', false],
    ]);
    const [before, after] = [acs.events[0], acs.events[3]].map((event) => event?.data['sequenceNumber'] as number);
    expect(after).toBeGreaterThan(before ?? 0);
    // The agent did not hear it.
    const legs = [...(acs.switchboard.calls()[0]?.legs ?? [])];
    expect(legs.map(({ heard, held }) => [heard.length, held])).toEqual([
      [1, false],
      [0, false],
    ]);
  });

  it('leaves somebody on hold who was put there by request', async () => {
    const acs = await startAcs();
    const call = await connectedGroup(acs);
    await call.getCallMedia().hold(agent);
    await call.getCallMedia().play([text('Hello')], [callee]);
    await acs.advance(1000);
    const { values } = await call.listParticipants();
    expect(values?.map(({ isOnHold }) => isOnHold)).toEqual([false, false, true]);
  });

  it('takes the others off hold when the one who listens leaves', async () => {
    const acs = await startAcs();
    const call = await connectedGroup(acs);
    await call.getCallMedia().play([text('A long text. '.repeat(10))], [callee]);
    await acs.advance(1000);
    acs.phones.hangUp('+15555550123');
    await acs.advance(0);
    expect(acs.names()).toEqual(['ParticipantsUpdated', 'PlayStarted', 'PlayCanceled', 'ParticipantsUpdated']);
    expect(holds(acs.events.at(-1)?.data)).toEqual([
      ['communicationUser', false],
      ['communicationUser', false],
    ]);
    expect([...(acs.switchboard.calls()[0]?.legs ?? [])].map(({ held }) => held)).toEqual([false, false]);
  });

  it('reports no holding to connections of versions before 2024-09-15', async () => {
    const acs = await startAcs({ parser: '1.2' });
    const client = acs.olderClient();
    const { callConnection } = await client.createGroupCall([callee, agent], acs.callback(), {
      sourceCallIdNumber: callerId,
      callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://speech.test/' },
    });
    await acs.advance(1000);
    acs.events.length = 0;
    await callConnection.getCallMedia().play([text('Hello')], [callee]);
    await acs.advance(1000);
    expect(acs.names()).toEqual(['ParticipantsUpdated', 'PlayCompleted', 'ParticipantsUpdated']);
    expect(acs.events[0]?.data['participants'][0]).not.toHaveProperty('isOnHold');
  });
});

describe('a play that cannot be', () => {
  it('is refused with 400/8501 before the call is connected', async () => {
    const acs = await startAcs();
    const { callConnection } = await acs.client.createCall(
      { targetParticipant: callee, sourceCallIdNumber: callerId },
      acs.callback(),
      { callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://speech.test/' } },
    );
    await expect(callConnection.getCallMedia().playToAll([text('Hello')])).rejects.toMatchObject({
      statusCode: 400,
      code: '8501',
    });
  });

  it('is refused with 405/8522 when the call has no cognitive services endpoint and the source is no file', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs, {});
    const media = call.getCallMedia();
    await expect(media.playToAll([text('Hello')])).rejects.toMatchObject({ statusCode: 405, code: '8522' });
    await expect(
      media.playToAll([{ kind: 'ssmlSource', ssmlText: '<speak version="1.0" xml:lang="en-US">Hi</speak>' }]),
    ).rejects.toMatchObject({ statusCode: 405, code: '8522' });
    await media.playToAll([{ kind: 'fileSource', url: 'https://cdn.test/a.wav' }]);
    await acs.advance(3000);
    expect(acs.names()).toEqual(['PlayStarted', 'PlayCompleted']);
  });

  it('is refused with 404/8522 for somebody who is not in the call', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await expect(call.getCallMedia().play([text('Hello')], [{ phoneNumber: '+15555550199' }])).rejects.toMatchObject({
      statusCode: 404,
      code: '8522',
    });
  });

  it('is refused with 400/8582 for an empty text', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await expect(call.getCallMedia().playToAll([text(' ')])).rejects.toMatchObject({ statusCode: 400, code: '8582' });
  });
});

function holds(data: Readonly<Record<string, any>> | undefined): [string, boolean][] {
  const participants = (data?.['participants'] ?? []) as { identifier: { kind: string }; isOnHold: boolean }[];
  return participants.map(({ identifier, isOnHold }) => [identifier.kind, isOnHold]);
}
