import { describe, expect, it } from 'vitest';
import { startAcs } from './acs-under-test.ts';
import { agent, callee, connectedCall, connectedGroup } from './calls-under-test.ts';

const supervisor = { phoneNumber: '+15555550166' };

describe('transferring', () => {
  it('a call to one phone: CallTransferAccepted when the target answers, then CallDisconnected', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    expect(await call.transferCallToParticipant(supervisor, { operationContext: 't-1' })).toMatchObject({
      operationContext: 't-1',
    });
    expect(await call.getCallConnectionProperties()).toMatchObject({ callConnectionState: 'transferring' });
    await acs.advance(1000);
    expect(acs.names()).toEqual(['CallTransferAccepted', 'CallDisconnected']);
    expect(acs.events[0]?.data).toMatchObject({
      operationContext: 't-1',
      transferTarget: { rawId: '4:+15555550166' },
      transferee: { rawId: '4:+15555550123' },
    });
    await expect(call.getCallConnectionProperties()).rejects.toMatchObject({ statusCode: 404 });

    // The two talk to each other now, until one of them hangs up.
    expect(acs.phones.phone('+15555550123').lines).toMatchObject([{ state: 'connected' }]);
    expect(acs.phones.phone('+15555550123').lines[0]?.call).toBe(acs.phones.phone('+15555550166').lines[0]?.call);
    acs.phones.hangUp('+15555550166');
    await acs.advance(0);
    expect(acs.phones.phone('+15555550123').state).toBe('idle');
    expect(acs.names()).toEqual(['CallTransferAccepted', 'CallDisconnected']);
  });

  it('fails when the target does not answer, and leaves the call as it was', async () => {
    const acs = await startAcs();
    acs.phones.setScript('+15555550166', { pickUp: 'busy' });
    const call = await connectedCall(acs);
    await call.transferCallToParticipant(supervisor, { operationContext: 't-1' });
    await acs.advance(1000);
    expect(acs.names()).toEqual(['CallTransferFailed']);
    expect(acs.events[0]?.parsed).toMatchObject({
      kind: 'CallTransferFailed',
      operationContext: 't-1',
      resultInformation: { code: 486, subCode: 560486 },
    });
    expect(await call.getCallConnectionProperties()).toMatchObject({ callConnectionState: 'connected' });
    // Another try is possible.
    acs.phones.setScript('+15555550166', { pickUp: 'answer' });
    await call.transferCallToParticipant(supervisor);
    await acs.advance(1000);
    expect(acs.names()).toEqual(['CallTransferFailed', 'CallTransferAccepted', 'CallDisconnected']);
  });

  it('one of several: the others stay with the application', async () => {
    const acs = await startAcs();
    const call = await connectedGroup(acs);
    await expect(call.transferCallToParticipant(supervisor)).rejects.toMatchObject({ statusCode: 400, code: '8523' });
    await call.transferCallToParticipant(supervisor, { transferee: callee });
    await acs.advance(1000);
    expect(acs.names().toSorted()).toEqual(['CallTransferAccepted', 'ParticipantsUpdated']);
    expect((await call.listParticipants()).values).toMatchObject([{}, { identifier: agent }]);
  });

  it('stops ringing the target when the transferee hangs up meanwhile', async () => {
    const acs = await startAcs();
    acs.phones.setScript('+15555550166', { pickUp: 'manual' });
    const call = await connectedCall(acs);
    await call.transferCallToParticipant(supervisor);
    acs.phones.hangUp('+15555550123');
    await acs.advance(0);
    expect(acs.names()).toEqual(['CallDisconnected']);
    expect(acs.phones.phone('+15555550166').state).toBe('idle');
  });
});
