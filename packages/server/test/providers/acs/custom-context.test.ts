import { describe, expect, it } from 'vitest';
import { startServer } from '../../../src/server.ts';
import { startAcs, type AcsUnderTest } from './acs-under-test.ts';
import { agent, connectedCall } from './calls-under-test.ts';
import { sendSigned } from './raw-request.ts';

const caller = '+15555550123';
const sipHeaders = { 'User-To-User': '313233', 'X-MS-Custom-Table': '12' };
const voipHeaders = { Mood: 'good' };

describe('what a caller sends along with a call', () => {
  it('is the customContext of IncomingCall', async () => {
    const acs = await startAcs({ eventGrid: true });
    await acs.phones.dial(caller, '+12065550100', { sipHeaders, voipHeaders });
    await acs.advance(0);
    const { data } = acs.gridEvents.at(-1)?.body[0] ?? {};
    expect(data.customContext).toEqual({ sipHeaders, voipHeaders });
  });

  it('is given by the control API', async () => {
    const server = await startServer({ port: 0, clock: 'virtual' });
    try {
      const dialed = await fetch(`${server.url}/_control/phones/${caller}/dial`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ to: '+12065550100', sipHeaders }),
      });
      expect(dialed.status).toBe(200);
      const { call } = (await dialed.json()) as { call: string };
      expect(server.control.history(call)[0]).toMatchObject({ details: { customContext: { sipHeaders } } });
    } finally {
      await server.close();
    }
  });
});

describe('what an application sends along, by the official SDK', () => {
  const customCallingContext = [
    { kind: 'sipuui' as const, key: '', value: '313233' },
    { kind: 'sipx' as const, key: 'Table', value: '12' },
    { kind: 'voip' as const, key: 'Mood', value: 'good' },
  ];

  it('stands on the timeline, when somebody is added, and when a call is transferred', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await call.addParticipant({ targetParticipant: agent, customCallingContext: customCallingContext as never });
    await acs.advance(1000);
    await call.transferCallToParticipant(
      { communicationUserId: '8:acs:a_b' },
      { transferee: agent, customCallingContext: customCallingContext as never },
    );
    expect(noted(acs, 'invited')).toMatchObject([{ customContext: { sipHeaders, voipHeaders } }]);
    expect(noted(acs, 'transfer-asked')).toMatchObject([{ customContext: { sipHeaders, voipHeaders } }]);
  });

  it('stands on the timeline, when an incoming call is redirected', async () => {
    const acs = await startAcs({ eventGrid: true });
    await acs.phones.dial(caller, '+12065550100');
    await acs.advance(0);
    const { incomingCallContext } = acs.gridEvents.at(-1)?.body[0].data ?? {};
    // The SDK's redirectCall has no place for it.
    const target = { communicationUser: { id: agent.communicationUserId } };
    const answer = await sendSigned(acs.url, {
      path: '/calling/callConnections:redirect?api-version=2026-03-12',
      body: { incomingCallContext, target, customCallingContext: { sipHeaders, voipHeaders } },
    });
    expect(answer.status).toBe(204);
    expect(noted(acs, 'redirected')).toMatchObject([{ customContext: { sipHeaders, voipHeaders } }]);
  });

  it('is left out when there is nothing in it: the SDK sends it always', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await call.addParticipant({ targetParticipant: agent });
    expect(noted(acs, 'invited')[0]).not.toHaveProperty('customContext');
  });
});

/** The notes of a name, of all calls. */
function noted(acs: AcsUnderTest, name: string): unknown[] {
  return acs.switchboard
    .calls()
    .flatMap(({ id }) => acs.switchboard.history(id))
    .flatMap((event) => (event.type === 'noted' && event.name === name ? [event.data] : []));
}
