import { describe, expect, it } from 'vitest';
import { startAcs } from './acs-under-test.ts';
import { agent, callee, callerId, connectedCall, connectedGroup } from './calls-under-test.ts';

const colleague = { phoneNumber: '+15555550177' };

describe('participants', () => {
  it('are listed and found by their raw ids', async () => {
    const acs = await startAcs();
    const call = await connectedGroup(acs);
    const { values } = await call.listParticipants();
    expect(values).toMatchObject([
      { identifier: { communicationUserId: expect.stringContaining('8:acs:c0157e51') }, isMuted: false },
      { identifier: { phoneNumber: '+15555550123' } },
      { identifier: agent },
    ]);
    expect(await call.getParticipant(callee)).toMatchObject({ identifier: callee, isMuted: false, isOnHold: false });
    await expect(call.getParticipant(colleague)).rejects.toMatchObject({ statusCode: 404, code: '8522' });
  });

  it('can be Teams users, apps and extension users', async () => {
    const acs = await startAcs();
    const targets = [
      { microsoftTeamsUserId: 'daba101a-91c5-44c9-bb9b-e2a9a790571a' },
      { teamsAppId: '3e3bc42b-4d4c-4b1b-a0f0-5f8a1d2c3b4a' },
      { userId: 'u', tenantId: 't', resourceId: 'r' },
    ];
    const { callConnection } = await acs.client.createGroupCall(targets, acs.callback());
    await acs.advance(1000);
    const { values } = await callConnection.listParticipants();
    expect(values?.slice(1)).toMatchObject(targets.map((identifier) => ({ identifier })));
  });

  it('are added: AddParticipantSucceeded when they answer', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    const added = await call.addParticipant(
      { targetParticipant: colleague, sourceCallIdNumber: callerId },
      { operationContext: 'add-1' },
    );
    expect(added).toMatchObject({
      operationContext: 'add-1',
      invitationId: expect.any(String),
      participant: { identifier: colleague, isMuted: false },
    });
    await acs.advance(1000);
    expect(acs.names().toSorted()).toEqual(['AddParticipantSucceeded', 'ParticipantsUpdated']);
    const succeeded = acs.events.find(({ name }) => name === 'AddParticipantSucceeded');
    expect(succeeded?.parsed).toMatchObject({
      participant: colleague,
      operationContext: 'add-1',
      resultInformation: { code: 200, subCode: 0 },
    });
  });

  it('are as many as Azure lets into a call, and no more', async () => {
    const acs = await startAcs();
    const people = Array.from({ length: 351 }, (_, index) => ({ communicationUserId: `8:acs:user-${index}` }));
    for (const { communicationUserId } of people) acs.phones.setScript(communicationUserId, { pickUp: 'no-answer' });
    await expect(acs.client.createGroupCall(people, acs.callback())).rejects.toMatchObject({
      statusCode: 400,
      code: '8523',
    });
    const { callConnection } = await acs.client.createGroupCall([...people.slice(0, 349), agent], acs.callback());
    await acs.advance(1000);
    await expect(
      callConnection.addParticipant({ targetParticipant: colleague, sourceCallIdNumber: callerId }),
    ).rejects.toMatchObject({ statusCode: 429, code: '8530' });
    // Who is no longer called makes room.
    await acs.advance(120_000);
    expect(acs.names()).toContain('ParticipantsUpdated');
    await callConnection.addParticipant({ targetParticipant: colleague, sourceCallIdNumber: callerId });
  });

  it('are not added when they do not answer in time', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    acs.phones.setScript('+15555550177', { pickUp: 'no-answer' });
    await call.addParticipant(
      { targetParticipant: colleague, sourceCallIdNumber: callerId },
      { invitationTimeoutInSeconds: 20 },
    );
    await acs.advance(19_999);
    expect(acs.names()).toEqual([]);
    await acs.advance(1);
    expect(acs.names()).toEqual(['AddParticipantFailed']);
    expect(acs.events[0]?.parsed).toMatchObject({
      participant: colleague,
      resultInformation: { code: 480, subCode: 560480, sipDetails: { code: 480 }, q850Details: { code: 19 } },
    });
  });

  it('are no longer called after the invitation is canceled; later it is too late', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    const invite = { targetParticipant: colleague, sourceCallIdNumber: callerId };
    const first = await call.addParticipant(invite);
    await call.cancelAddParticipantOperation(first.invitationId ?? '', { operationContext: 'cancel' });
    await acs.advance(5000);
    expect(acs.names()).toEqual(['CancelAddParticipantSucceeded']);
    expect(acs.events[0]?.parsed).toMatchObject({ invitationId: first.invitationId, operationContext: 'cancel' });

    const second = await call.addParticipant(invite);
    await acs.advance(1000);
    acs.events.length = 0;
    await call.cancelAddParticipantOperation(second.invitationId ?? '');
    await acs.advance(0);
    expect(acs.names()).toEqual(['CancelAddParticipantFailed']);
    await expect(call.cancelAddParticipantOperation('none')).rejects.toMatchObject({ statusCode: 404, code: '8522' });
  });

  it('are not added twice, nor phones without a number to call from', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await expect(
      call.addParticipant({ targetParticipant: callee, sourceCallIdNumber: callerId }),
    ).rejects.toMatchObject({ statusCode: 409, code: '8519' });
    await expect(call.addParticipant({ targetParticipant: colleague } as never)).rejects.toMatchObject({
      statusCode: 400,
      code: '8523',
    });
  });

  it('are removed: RemoveParticipantSucceeded, and the rest stay', async () => {
    const acs = await startAcs();
    const call = await connectedGroup(acs);
    await call.removeParticipant(agent, { operationContext: 'remove-1' });
    await acs.advance(0);
    expect(acs.names().toSorted()).toEqual(['ParticipantsUpdated', 'RemoveParticipantSucceeded']);
    expect(acs.events.find(({ name }) => name === 'RemoveParticipantSucceeded')?.parsed).toMatchObject({
      participant: agent,
      operationContext: 'remove-1',
    });
    expect(acs.phones.phone(agent.communicationUserId).state).toBe('idle');
    await call.removeParticipant(callee);
    await acs.advance(0);
    expect(acs.names().slice(2)).toEqual(['RemoveParticipantSucceeded', 'CallDisconnected']);
  });

  it('are muted if they are users', async () => {
    const acs = await startAcs();
    const call = await connectedGroup(acs);
    expect(await call.muteParticipant(agent, { operationContext: 'mute-1' })).toMatchObject({
      operationContext: 'mute-1',
    });
    await acs.advance(0);
    expect(acs.names()).toEqual(['ParticipantsUpdated']);
    expect(acs.events[0]?.data['participants'].map((one: { isMuted: boolean }) => one.isMuted)).toEqual([
      false,
      false,
      true,
    ]);
    await expect(call.muteParticipant(callee)).rejects.toMatchObject({ statusCode: 400, code: '8523' });
  });

  it('are moved from one call to another', async () => {
    const acs = await startAcs();
    const from = await connectedGroup(acs);
    const { callConnection: to } = await acs.client.createCall(
      { targetParticipant: colleague, sourceCallIdNumber: callerId },
      acs.callback('second'),
    );
    await acs.advance(1000);
    acs.events.length = 0;
    const { callConnectionId: fromCall = '' } = await from.getCallConnectionProperties();
    const moved = await to.moveParticipants([agent], fromCall, { operationContext: 'move-1' });
    expect(moved).toMatchObject({ participants: [{ identifier: agent }], fromCall, operationContext: 'move-1' });
    await acs.advance(0);
    expect(acs.events.map(({ path, name }) => `${path} ${name}`).toSorted()).toEqual([
      '/events ParticipantsUpdated',
      '/second MoveParticipantSucceeded',
      '/second ParticipantsUpdated',
    ]);
    expect(acs.events.find(({ name }) => name === 'MoveParticipantSucceeded')?.parsed).toMatchObject({
      participant: agent,
      fromCall,
      operationContext: 'move-1',
    });
    expect((await to.listParticipants()).values).toHaveLength(3);
    expect((await from.listParticipants()).values).toHaveLength(2);
  });
});
