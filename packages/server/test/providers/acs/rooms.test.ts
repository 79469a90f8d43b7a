import { developmentAccount } from '@countersign/core/development-account';
import { Secret } from '@countersign/core/secret';
import { describe, expect, it } from 'vitest';
import { acsAccount } from '../../../src/providers/acs/accounts/account.ts';
import { startAcs } from './acs-under-test.ts';
import { agent, callerId } from './calls-under-test.ts';
import { sendSigned } from './raw-request.ts';

const version = 'api-version=2024-04-15';
const supervisor = '8:acs:11111111-1111-1111-1111-111111111111_44444444-4444-4444-4444-444444444444';

describe('a room', () => {
  it('is made, read, listed and deleted', async () => {
    const acs = await startAcs({ wallNow: () => new Date('2026-03-05T08:58:24Z') });
    const rooms = (path = '', request: object = {}) =>
      sendSigned(acs.url, { path: `/rooms${path}?${version}`, date: new Date('2026-03-05T08:58:24Z'), ...request });
    const created = await rooms('', {
      body: {
        pstnDialOutEnabled: true,
        participants: { [agent.communicationUserId]: { role: 'presenter' }, [supervisor]: {}, nobody: null },
      },
    });
    expect(created.status).toBe(201);
    const room = (await created.json()) as { id: string };
    expect(room).toEqual({
      id: expect.stringMatching(/^99\d{15}$/),
      createdAt: '2026-03-05T08:58:24.000Z',
      validFrom: '2026-03-05T08:58:24.000Z',
      // 180 days later.
      validUntil: '2026-09-01T08:58:24.000Z',
      pstnDialOutEnabled: true,
    });
    expect(await (await rooms(`/${room.id}`)).json()).toEqual(room);
    expect(await (await rooms()).json()).toEqual({ value: [room] });
    expect(await (await rooms(`/${room.id}/participants`)).json()).toEqual({
      value: [
        { rawId: agent.communicationUserId, role: 'Presenter' },
        { rawId: supervisor, role: 'Attendee' },
      ],
    });
    expect((await rooms(`/${room.id}`, { method: 'DELETE' })).status).toBe(204);
    const gone = await rooms(`/${room.id}`);
    expect([gone.status, await gone.json()]).toMatchObject([404, { error: { code: 'NotFound' } }]);
  });

  it('is changed as the examples of the specification have it: what a patch names, participants that are null taken out', async () => {
    const acs = await startAcs({ wallNow: () => new Date('2026-03-05T08:58:24Z') });
    const rooms = (path: string, method: string, body: object) =>
      sendSigned(acs.url, {
        path: `/rooms${path}?api-version=2025-03-13`,
        date: new Date('2026-03-05T08:58:24Z'),
        method,
        body,
        headers: [['Content-Type', 'application/merge-patch+json']],
      });
    const created = await rooms('', 'POST', {
      participants: { [agent.communicationUserId]: { role: 'Attendee' }, [supervisor]: { role: 'Consumer' } },
    });
    const room = (await created.json()) as { id: string };
    const changes = {
      validFrom: '2026-04-01T00:00:00Z',
      validUntil: '2026-05-01T00:00:00Z',
      pstnDialOutEnabled: true,
    };
    const changed = await rooms(`/${room.id}`, 'PATCH', changes);
    expect([changed.status, await changed.json()]).toEqual([
      200,
      {
        ...room,
        validFrom: '2026-04-01T00:00:00.000Z',
        validUntil: '2026-05-01T00:00:00.000Z',
        pstnDialOutEnabled: true,
      },
    ]);
    const kept = await rooms(`/${room.id}`, 'PATCH', { validUntil: '2026-06-01T00:00:00Z' });
    expect(await kept.json()).toMatchObject({ validFrom: '2026-04-01T00:00:00.000Z', pstnDialOutEnabled: true });

    const moderator = agent.communicationUserId.replace(/.$/, '9');
    const participants = { [agent.communicationUserId]: { role: 'presenter' }, [moderator]: {}, [supervisor]: null };
    const patched = await rooms(`/${room.id}/participants`, 'PATCH', { participants });
    expect([patched.status, await patched.json()]).toEqual([200, {}]);
    const now = await sendSigned(acs.url, {
      path: `/rooms/${room.id}/participants?${version}`,
      date: new Date('2026-03-05T08:58:24Z'),
    });
    expect(await now.json()).toEqual({
      value: [
        { rawId: agent.communicationUserId, role: 'Presenter' },
        { rawId: moderator, role: 'Attendee' },
      ],
    });

    for (const [path, body, status] of [
      [`/${room.id}`, { validUntil: '2026-03-31T00:00:00Z' }, 400],
      [`/${room.id}/participants`, { participants: { [supervisor]: { role: 'Owner' } } }, 400],
      ['/99000000000000000', {}, 404],
      ['/99000000000000000/participants', { participants: {} }, 404],
    ] as const) {
      expect((await rooms(path, 'PATCH', body)).status).toBe(status);
    }
  });

  it('with more participants than the server keeps is refused, and not lost without a word', async () => {
    const acs = await startAcs();
    const participants = Object.fromEntries(
      Array.from({ length: 4_000 }, (_, n) => [`8:acs:11111111-1111-1111-1111-111111111111_${'0'.repeat(40)}${n}`, {}]),
    );
    const answer = await sendSigned(acs.url, { path: `/rooms?${version}`, body: { participants } });
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: { target: 'participants' } }]);
  });

  it('is a place where an application meets others, found by its id', async () => {
    const acs = await startAcs();
    const room = await sendSigned(acs.url, { path: `/rooms?${version}`, body: {} });
    const { id } = (await room.json()) as { id: string };
    const { callConnection } = await acs.client.connectCall({ kind: 'roomCallLocator', id }, acs.callback());
    await acs.advance(0);
    expect(acs.names()).toEqual(['CallConnected', 'ParticipantsUpdated']);
    await callConnection.addParticipant({
      targetParticipant: { phoneNumber: '+15555550123' },
      sourceCallIdNumber: callerId,
    });
    await acs.advance(1000);
    expect(acs.names().slice(2)).toEqual(['ParticipantsUpdated', 'AddParticipantSucceeded']);
  });

  it('belongs to the account that made it', async () => {
    const other = {
      ...acsAccount.development(),
      resourceId: 'other-resource',
      host: 'other.communication.azure.com',
      credentials: [{ name: 'primary', secret: new Secret('b3RoZXIga2V5IG9mIGEgdGVzdA==', 'base64') }],
    };
    const acs = await startAcs({ accounts: [acsAccount.development(), other] });
    const path = `/rooms?${version}`;
    const { id } = (await (await sendSigned(acs.url, { path, body: {} })).json()) as { id: string };
    const key = 'b3RoZXIga2V5IG9mIGEgdGVzdA==';
    expect((await sendSigned(acs.url, { path: `/rooms/${id}?${version}`, key })).status).toBe(404);
    expect(await (await sendSigned(acs.url, { path, key })).json()).toEqual({ value: [] });
    const mine = developmentAccount.acs.accessKey;
    expect((await sendSigned(acs.url, { path: `/rooms/${id}?${version}`, key: mine })).status).toBe(200);
  });

  it.each([
    [{ validFrom: 'tomorrow' }, 'validFrom'],
    [{ validFrom: '2026-03-05T08:00:00Z', validUntil: '2026-03-05T07:00:00Z' }, 'validUntil'],
    [{ participants: { [supervisor]: { role: 'Owner' } } }, `participants.${supervisor}.role`],
  ])('is not made of %j', async (body, target) => {
    const acs = await startAcs();
    const answer = await sendSigned(acs.url, { path: `/rooms?${version}`, body });
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: 'ValidationError', target } }]);
  });
});
