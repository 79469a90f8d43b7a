import { describe, expect, it } from 'vitest';
import { startAcs } from './acs-under-test.ts';
import { agent, callee, callerId, connectedCall, connectedGroup, withSpeech } from './calls-under-test.ts';
import { sendSigned } from './raw-request.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('creating a call', () => {
  it('is answered with 201 and the properties of a connecting call, before anybody rings', async () => {
    const acs = await startAcs();
    const { callConnectionProperties } = await acs.client.createCall(
      { targetParticipant: callee, sourceCallIdNumber: callerId, sourceDisplayName: 'Contoso' },
      acs.callback(),
      { operationContext: 'call-1', ...withSpeech },
    );
    expect(callConnectionProperties).toMatchObject({
      callConnectionId: expect.stringMatching(uuid),
      callConnectionState: 'connecting',
      sourceCallerIdNumber: { phoneNumber: '+12065550100' },
      sourceDisplayName: 'Contoso',
      targetParticipants: [{ phoneNumber: '+15555550123' }],
      correlationId: expect.stringMatching(uuid),
    });
    expect(callConnectionProperties.source).toMatchObject({
      communicationUserId: expect.stringMatching(/^8:acs:c0157e51-0000-4000-8000-000000000001_/),
    });
    // As recorded: no serverCallId yet, and the members in this order.
    const [exchange] = acs.exchanges();
    expect(Object.keys(JSON.parse(Buffer.from(exchange?.response?.body ?? []).toString()))).toEqual([
      'callConnectionId',
      'targets',
      'callConnectionState',
      'callbackUri',
      'sourceCallerIdNumber',
      'sourceDisplayName',
      'source',
      'correlationId',
    ]);
    expect(Object.fromEntries(exchange?.response?.headers ?? [])).toMatchObject({
      'x-microsoft-skype-chain-id': callConnectionProperties.correlationId,
      'content-type': 'application/json; charset=utf-8',
      'repeatability-result': 'accepted',
    });
    expect(acs.events).toEqual([]);
  });

  it('connects when the phone answers: CallConnected, then who is in the call', async () => {
    const acs = await startAcs();
    const { callConnection } = await acs.client.createCall(
      { targetParticipant: callee, sourceCallIdNumber: callerId },
      acs.callback(),
      { operationContext: 'call-1' },
    );
    await acs.advance(999);
    expect(acs.names()).toEqual([]);
    await acs.advance(1);
    expect(acs.names()).toEqual(['CallConnected', 'ParticipantsUpdated']);
    const [connected, participants] = acs.events;
    expect(connected?.parsed).toMatchObject({
      kind: 'CallConnected',
      operationContext: 'call-1',
      resultInformation: { code: 200, subCode: 0, message: '' },
    });
    expect(participants?.parsed).toMatchObject({
      kind: 'ParticipantsUpdated',
      sequenceNumber: 1,
      participants: [
        { identifier: { communicationUserId: expect.stringContaining('8:acs:') }, isMuted: false, isOnHold: false },
        { identifier: { phoneNumber: '+15555550123' }, isMuted: false, isOnHold: false },
      ],
    });
    const properties = await callConnection.getCallConnectionProperties();
    expect(properties).toMatchObject({
      callConnectionState: 'connected',
      serverCallId: connected?.data['serverCallId'],
    });
    expect(Buffer.from(properties.serverCallId ?? '', 'base64').toString()).toMatch(/^https:\/\//);
  });

  it('calls several parties at once, and connects with the first that answers', async () => {
    const acs = await startAcs();
    acs.phones.setScript('+15555550123', { pickUp: 'answer', afterMs: 3000 });
    await acs.client.createGroupCall([callee, agent], acs.callback(), { sourceCallIdNumber: callerId });
    await acs.advance(1000);
    expect(acs.names()).toEqual(['CallConnected', 'ParticipantsUpdated']);
    await acs.advance(2000);
    expect(acs.names()).toEqual(['CallConnected', 'ParticipantsUpdated', 'ParticipantsUpdated']);
    expect(acs.events.at(-1)?.data).toMatchObject({ sequenceNumber: 2, participants: { length: 3 } });
  });

  it.each([
    ['is busy', { pickUp: 'busy' as const }, 486, 560486, /^Busy Here\. DiagCode: 486#560486\.@$/],
    ['declines', { pickUp: 'decline' as const }, 603, 560603, /^Decline\. DiagCode: 603#560603\.@$/],
    ['does not exist', { pickUp: 'unreachable' as const }, 404, 560404, /Not Found/],
    ['does not answer', { pickUp: 'no-answer' as const }, 480, 560480, /Temporarily Unavailable/],
  ])(
    'reports a phone that %s by CallDisconnected and CreateCallFailed',
    async (_what, script, code, subCode, message) => {
      const acs = await startAcs();
      acs.phones.setScript('+15555550123', script);
      const { callConnection } = await acs.client.createCall(
        { targetParticipant: callee, sourceCallIdNumber: callerId },
        acs.callback(),
        { operationContext: 'call-1' },
      );
      await acs.advance(60_000);
      expect(acs.names()).toEqual(['CallDisconnected', 'CreateCallFailed']);
      for (const event of acs.events) {
        expect(event.data).toMatchObject({
          operationContext: 'call-1',
          resultInformation: { code, subCode, message: expect.stringMatching(message), sipDetails: { code } },
        });
      }
      await expect(callConnection.getCallConnectionProperties()).rejects.toMatchObject({
        statusCode: 404,
        code: '8522',
      });
    },
  );

  it('reports a user that declines as recorded: 603/0', async () => {
    const acs = await startAcs();
    acs.phones.setScript(agent.communicationUserId, { pickUp: 'decline' });
    await acs.client.createCall({ targetParticipant: agent }, acs.callback());
    await acs.advance(5000);
    expect(acs.events.map(({ data }) => data['resultInformation'])).toEqual(
      ['CallDisconnected', 'CreateCallFailed'].map(() => ({
        code: 603,
        subCode: 0,
        message: 'Decline. DiagCode: 603#0.@',
      })),
    );
  });
});

describe('ending a call', () => {
  it('ends it for everybody with hangUp(true), and finds it no more', async () => {
    const acs = await startAcs();
    const call = await connectedGroup(acs);
    await call.hangUp(true);
    await acs.advance(0);
    expect(acs.names()).toEqual(['CallDisconnected']);
    expect(acs.events[0]?.data['resultInformation']).toEqual({
      code: 200,
      subCode: 7000,
      message: 'Call was ended by Azure Communication Service Call Automation API or a server bot. DiagCode: 0#7000.@',
    });
    await expect(call.hangUp(true)).rejects.toMatchObject({
      statusCode: 404,
      code: '8522',
      message: 'Call not found.',
    });
  });

  it('ends a call between the application and one phone with hangUp(false)', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await call.hangUp(false);
    await acs.advance(0);
    expect(acs.names()).toEqual(['CallDisconnected']);
    expect(acs.phones.phone('+15555550123').state).toBe('idle');
  });

  it('leaves the others talking when the application alone hangs up', async () => {
    const acs = await startAcs();
    const call = await connectedGroup(acs);
    await call.hangUp(false);
    await acs.advance(0);
    expect(acs.names()).toEqual(['CallDisconnected']);
    await expect(call.getCallConnectionProperties()).rejects.toMatchObject({ statusCode: 404 });
    expect(acs.phones.phone('+15555550123').state).toBe('connected');

    acs.phones.hangUp('+15555550123');
    await acs.advance(0);
    expect(acs.phones.phone(agent.communicationUserId).state).toBe('idle');
    expect(acs.names()).toEqual(['CallDisconnected']);
  });

  it('reports who stays when one of several hangs up, and the end with the last', async () => {
    const acs = await startAcs();
    await connectedGroup(acs);
    acs.phones.hangUp(agent.communicationUserId);
    await acs.advance(0);
    expect(acs.names()).toEqual(['ParticipantsUpdated']);
    expect(acs.events[0]?.data).toMatchObject({ participants: { length: 2 } });
    acs.phones.hangUp('+15555550123');
    await acs.advance(0);
    expect(acs.names()).toEqual(['ParticipantsUpdated', 'CallDisconnected']);
    expect(acs.events[1]?.data['resultInformation']).toEqual({
      code: 200,
      subCode: 560000,
      message: 'The conversation has ended. DiagCode: 0#560000.@',
    });
  });

  it('withdraws a call that is still ringing', async () => {
    const acs = await startAcs();
    const { callConnection } = await acs.client.createCall(
      { targetParticipant: callee, sourceCallIdNumber: callerId },
      acs.callback(),
    );
    await callConnection.hangUp(true);
    await acs.advance(5000);
    expect(acs.names()).toEqual(['CallDisconnected', 'CreateCallFailed']);
    expect(acs.events[0]?.data['resultInformation']).toMatchObject({ subCode: 7000 });
  });
});

describe('the same request twice', () => {
  it('is answered as the first time and places no second call', async () => {
    const acs = await startAcs();
    const request = {
      path: '/calling/callConnections?api-version=2026-03-12',
      headers: [
        ['Repeatability-Request-ID', '893eb260-c3d2-4948-b0ac-ae01a1d415d9'],
        ['Repeatability-First-Sent', 'Sun, 22 Nov 2026 03:01:34 GMT'],
      ],
      body: { targets: [agentModel], callbackUri: acs.callback() },
    } as const;
    const answers = [await sendSigned(acs.url, request), await sendSigned(acs.url, request)];
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(bodies[1]).toBe(bodies[0]);
    expect(answers.map(({ headers }) => headers.get('repeatability-result'))).toEqual(['accepted', 'accepted']);
    expect(acs.switchboard.calls()).toHaveLength(1);

    const other = await sendSigned(acs.url, { ...request, headers: [['Repeatability-Request-ID', 'other']] });
    expect(await other.text()).not.toBe(bodies[0]);
    expect(acs.switchboard.calls()).toHaveLength(2);
  });
});

const agentModel = { communicationUser: { id: agent.communicationUserId } };
