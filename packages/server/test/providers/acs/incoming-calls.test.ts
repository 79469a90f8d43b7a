import { describe, expect, it } from 'vitest';
import { startAcs, type AcsUnderTest } from './acs-under-test.ts';
import { agent, callerId, text, withSpeech } from './calls-under-test.ts';

const caller = '+15555550123';

describe('an incoming call', () => {
  it('is announced by Event Grid, after its subscription was validated once', async () => {
    const acs = await startAcs({ eventGrid: true });
    await dial(acs);
    await dial(acs, '+15555550124');
    expect(acs.gridEvents.map(({ type, body }) => [type, body[0].eventType])).toEqual([
      ['SubscriptionValidation', 'Microsoft.EventGrid.SubscriptionValidationEvent'],
      ['Notification', 'Microsoft.Communication.IncomingCall'],
      ['Notification', 'Microsoft.Communication.IncomingCall'],
    ]);
    const [event] = acs.gridEvents[1]?.body ?? [];
    expect(event).toMatchObject({
      subject: '/caller/4:+15555550123/recipient/4:+12065550100',
      data: {
        to: { kind: 'phoneNumber', rawId: '4:+12065550100', phoneNumber: { value: '+12065550100' } },
        from: { kind: 'phoneNumber', rawId: '4:+15555550123', phoneNumber: { value: '+15555550123' } },
        callerDisplayName: '',
        incomingCallContext: expect.stringMatching(/^[\w-]+\.[\w-]+\.$/),
      },
      dataVersion: '1.0',
      metadataVersion: '1',
    });
    expect(Object.keys(event.data)).toEqual([
      'to',
      'from',
      'serverCallId',
      'callerDisplayName',
      'incomingCallContext',
      'correlationId',
    ]);
  });

  it('is answered: CallConnected and who is in the call, for the application that answered', async () => {
    const acs = await startAcs({ eventGrid: true });
    const context = await dial(acs);
    const { callConnection, callConnectionProperties } = await acs.client.answerCall(context, acs.callback(), {
      operationContext: 'answer-1',
      ...withSpeech,
    });
    expect(callConnectionProperties).toMatchObject({
      callConnectionState: 'unknown',
      source: { phoneNumber: caller },
      sourceDisplayName: caller,
    });
    expect(JSON.parse(Buffer.from(acs.exchanges()[0]?.response?.body ?? []).toString())).toMatchObject({
      answeredBy: { id: expect.stringContaining('8:acs:c0157e51') },
      answeredFor: { value: '+12065550100' },
      targets: [{ kind: 'communicationUser' }],
    });
    await acs.advance(0);
    expect(acs.names()).toEqual(['CallConnected', 'ParticipantsUpdated']);
    expect(acs.events[0]?.data).toMatchObject({ operationContext: 'answer-1' });
    await callConnection.getCallMedia().playToAll([text('Welcome')]);
    await acs.advance(1000);
    acs.phones.hangUp(caller);
    await acs.advance(0);
    expect(acs.names().slice(2)).toEqual(['PlayStarted', 'PlayCompleted', 'CallDisconnected']);
    expect(acs.events.at(-1)?.data['resultInformation']).toEqual({
      code: 200,
      subCode: 540000,
      message: 'Call ended successfully by local PSTN caller.',
    });
  });

  it('is answered once: a second answer finds no call', async () => {
    const acs = await startAcs({ eventGrid: true });
    const context = await dial(acs);
    await acs.client.answerCall(context, acs.callback());
    await expect(acs.client.answerCall(context, acs.callback())).rejects.toMatchObject({
      statusCode: 404,
      code: '8522',
    });
    await expect(acs.client.rejectCall(context)).rejects.toMatchObject({ statusCode: 404 });
  });

  it('is rejected, as busy if so wished, and the application hears no more of it', async () => {
    const acs = await startAcs({ eventGrid: true });
    const context = await dial(acs);
    await acs.client.rejectCall(context, { callRejectReason: 'busy' });
    await acs.advance(0);
    expect(acs.phones.phone(caller).state).toBe('idle');
    expect([...(acs.switchboard.calls()[0]?.legs ?? [])]).toMatchObject([{ cause: 'busy' }]);
    expect(acs.events).toEqual([]);
  });

  it('is redirected: the caller is put through when the target answers', async () => {
    const acs = await startAcs({ eventGrid: true });
    const context = await dial(acs);
    await acs.client.redirectCall(context, {
      targetParticipant: { phoneNumber: '+15555550150' },
      sourceCallIdNumber: callerId,
    });
    await acs.advance(999);
    expect(acs.phones.phone(caller).state).toBe('dialing');
    await acs.advance(1);
    expect(acs.phones.phone(caller).state).toBe('connected');
    expect(acs.events).toEqual([]);
    acs.phones.hangUp(caller);
    await acs.advance(0);
    expect(acs.phones.phone('+15555550150').state).toBe('idle');
  });

  it('is over for the caller when the target of a redirection does not answer', async () => {
    const acs = await startAcs({ eventGrid: true });
    const context = await dial(acs);
    acs.phones.setScript('+15555550150', { pickUp: 'decline' });
    await acs.client.redirectCall(context, { targetParticipant: { phoneNumber: '+15555550150' } } as never);
    await acs.advance(2000);
    expect(acs.phones.phone(caller).state).toBe('idle');
  });

  it('stops ringing when nobody does anything for a minute', async () => {
    const acs = await startAcs({ eventGrid: true });
    const context = await dial(acs);
    await acs.advance(60_000);
    expect(acs.phones.phone(caller).state).toBe('idle');
    await expect(acs.client.answerCall(context, acs.callback())).rejects.toMatchObject({ statusCode: 404 });
  });

  it('with a context that this server never gave is refused', async () => {
    const acs = await startAcs();
    await expect(acs.client.answerCall('eyJhbGciOiJub25lIn0.INCOMING.CTX', acs.callback())).rejects.toMatchObject({
      statusCode: 400,
      code: '8523',
      message: 'The field IncomingCallContext is invalid',
    });
  });
});

describe('connecting to a call that goes on', () => {
  it('gives a further application a connection of its own', async () => {
    const acs = await startAcs({ eventGrid: true });
    const context = await dial(acs);
    const answered = await acs.client.answerCall(context, acs.callback('first'));
    await acs.advance(0);
    const { serverCallId = '' } = await answered.callConnection.getCallConnectionProperties();
    const { callConnection } = await acs.client.connectCall(
      { kind: 'serverCallLocator', id: serverCallId },
      acs.callback('second'),
      withSpeech,
    );
    await acs.advance(0);
    expect(acs.events.map(({ path, name }) => `${path} ${name}`)).toEqual([
      '/first CallConnected',
      '/first ParticipantsUpdated',
      '/second CallConnected',
      '/first ParticipantsUpdated',
      '/second ParticipantsUpdated',
    ]);
    acs.events.length = 0;
    await callConnection.getCallMedia().playToAll([text('Hi')]);
    await acs.advance(1000);
    expect(acs.events.map(({ path, name }) => `${path} ${name}`)).toEqual([
      '/second PlayStarted',
      '/second PlayCompleted',
    ]);
    await callConnection.hangUp(true);
    await acs.advance(0);
    expect(acs.events.slice(2).map(({ path, name, data }) => [path, name, data['resultInformation'].subCode])).toEqual([
      ['/first', 'CallDisconnected', 5001],
      ['/second', 'CallDisconnected', 7000],
    ]);
  });

  it('finds no call that is over', async () => {
    const acs = await startAcs();
    await expect(
      acs.client.connectCall({ kind: 'serverCallLocator', id: 'c2VydmVyLTE=' }, acs.callback()),
    ).rejects.toMatchObject({ statusCode: 404, code: '8522' });
  });

  it.each(['groupCallLocator', 'roomCallLocator'] as const)('lets applications meet by a %s', async (kind) => {
    const acs = await startAcs();
    const locator = { kind, id: '29228d3e-040e-4656-a70e-890ab4e173e5' };
    const first = await acs.client.connectCall(locator, acs.callback('first'));
    const second = await acs.client.connectCall(locator, acs.callback('second'));
    await first.callConnection.addParticipant({ targetParticipant: agent });
    await acs.advance(1000);
    expect((await second.callConnection.listParticipants()).values).toHaveLength(3);
    await first.callConnection.hangUp(false);
    await acs.advance(0);
    expect(acs.events.filter(({ path }) => path === '/first').map(({ name }) => name)).toEqual([
      'CallConnected',
      'ParticipantsUpdated',
      'ParticipantsUpdated',
      'ParticipantsUpdated',
      'AddParticipantSucceeded',
      'CallDisconnected',
    ]);
    expect((await second.callConnection.listParticipants()).values).toHaveLength(2);
  });
});

/** A phone dials the account's number; the context that Event Grid announces. */
async function dial(acs: AcsUnderTest, from = caller): Promise<string> {
  const dialed = await acs.phones.dial(from, '+12065550100');
  expect(dialed.ok).toBe(true);
  await acs.advance(0);
  return acs.gridEvents.at(-1)?.body[0].data.incomingCallContext as string;
}
