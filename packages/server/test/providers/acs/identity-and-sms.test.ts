import { CommunicationIdentityClient } from '@azure/communication-identity';
import { SmsClient } from '@azure/communication-sms';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { acsAccount } from '../../../src/providers/acs/accounts/account.ts';
import { startAcs } from './acs-under-test.ts';
import { sendSigned } from './raw-request.ts';

describe('identities, by the official SDK', () => {
  it('are created, given tokens and deleted', async () => {
    const acs = await startAcs();
    const client = new CommunicationIdentityClient(acs.connectionString, insecure);
    const user = await client.createUser();
    expect(user.communicationUserId).toMatch(/^8:acs:c0157e51-0000-4000-8000-000000000001_[0-9a-f-]{36}$/);
    const { token, expiresOn } = await client.getToken(user, ['chat', 'voip']);
    expect(decodeJwt(token)).toMatchObject({
      skypeid: user.communicationUserId.slice(2),
      acsScope: 'chat,voip',
      exp: Math.floor(expiresOn.getTime() / 1000),
    });
    await client.revokeTokens(user);
    await client.deleteUser(user);
    await expect(client.getToken(user, ['chat'])).rejects.toMatchObject({ statusCode: 404, code: 'NotFound' });
    acs.reset();
    expect(await client.getToken(user, ['chat'])).toMatchObject({ token: expect.any(String) });
  });

  it('are created with a token at once, which holds as long as was asked for', async () => {
    const acs = await startAcs();
    const client = new CommunicationIdentityClient(acs.connectionString, insecure);
    const { user, expiresOn } = await client.createUserAndToken(['voip'], { tokenExpiresInMinutes: 60 });
    expect(user.communicationUserId).toContain('8:acs:');
    expect(Math.abs(expiresOn.getTime() - Date.now() - 3_600_000)).toBeLessThan(30_000);
  });
});

describe('a token of a Teams user, by the official SDK', () => {
  it('is had in exchange for one of Entra ID, whatever is in that', async () => {
    const acs = await startAcs();
    const client = new CommunicationIdentityClient(acs.connectionString, insecure);
    const userObjectId = '11111111-2222-4333-8444-555555555555';
    const request = { teamsUserAadToken: 'eyJ.eyJ.sig', clientId: 'app', userObjectId };
    const { token, expiresOn } = await client.getTokenForTeamsUser(request);
    expect(decodeJwt(token)).toMatchObject({
      skypeid: `orgid:${userObjectId}`,
      resourceId: 'c0157e51-0000-4000-8000-000000000001',
      exp: Math.floor(expiresOn.getTime() / 1000),
    });
    await expect(client.getTokenForTeamsUser({ ...request, userObjectId: '' })).rejects.toMatchObject({
      statusCode: 400,
      code: 'ValidationError',
    });
  });
});

describe('messages, by the official SDK', () => {
  it('arrive in the inbox of the phone that they are for, once, however often they are sent', async () => {
    const acs = await startAcs();
    const recipient = { to: '+15555550123', repeatabilityRequestId: 'b7c41e5e-5f4b-4d4a-9d5e-5b2c7d1f0a11' };
    const body = { from: '+12065550100', smsRecipients: [recipient], message: 'Your table is ready. ☕' };
    const path = '/sms?api-version=2021-03-07';
    const [first, again] = [await sendSigned(acs.url, { path, body }), await sendSigned(acs.url, { path, body })];
    const { value } = (await first.json()) as { value: [{ messageId: string }] };
    expect(await again.json()).toEqual({ value });
    expect(acs.phones.phone('+1 555 555 0123').inbox).toEqual([
      {
        id: value[0].messageId,
        from: '+12065550100',
        to: '+15555550123',
        text: 'Your table is ready. ☕',
        atMs: acs.clock.now(),
      },
    ]);
    expect(acs.phones.phones().map(({ number }) => number)).toEqual(['+15555550123']);
  });

  it('are accepted for each recipient by itself', async () => {
    const acs = await startAcs();
    const client = new SmsClient(acs.connectionString, insecure);
    const results = await client.send({ from: '+12065550100', to: ['+15555550123', 'nonsense'], message: 'héllo' });
    expect(results).toMatchObject([
      { to: '+15555550123', messageId: expect.stringMatching(/^Outgoing_/), httpStatusCode: 202, successful: true },
      { to: 'nonsense', httpStatusCode: 400, successful: false, errorMessage: expect.any(String) },
    ]);
  });
});

// Status and body as they stand in the recordings of Microsoft's SDK for JavaScript (communication-sms, March and April 2021).
describe('a message from somebody else', () => {
  const account = { ...acsAccount.development(), resourceId: 'an account of its own', numbers: ['+14255550190'] };
  const from = (sender: string) => ({ from: sender, smsRecipients: [{ to: '+15555550123' }], message: 'test message' });
  const path = '/sms?api-version=2021-03-07';

  it('is refused with 401 and no body where the account lists its numbers, and this is none of them', async () => {
    const acs = await startAcs({ accounts: [account] });
    const refused = await sendSigned(acs.url, { path, body: from('+18332143356') });
    expect([refused.status, await refused.text()]).toEqual([401, '']);
    const client = new SmsClient(acs.connectionString, insecure);
    const sent = client.send({ from: '+18332143356', to: ['+15555550123'], message: 'test message' });
    await expect(sent).rejects.toMatchObject({ statusCode: 401 });
    expect(acs.phones.phone('+15555550123').inbox).toEqual([]);
    expect((await sendSigned(acs.url, { path, body: from('+14255550190') })).status).toBe(202);
  });

  it('is accepted from any number by the development account, and by one that lists no numbers', async () => {
    for (const accounts of [[acsAccount.development()], [{ ...account, numbers: [] }]]) {
      const acs = await startAcs({ accounts });
      expect((await sendSigned(acs.url, { path, body: from('+18332143356') })).status).toBe(202);
    }
  });

  it.each(['+1425555012345', 'nonsense, really', '14255550190'])('is refused with 400 from %s', async (sender) => {
    const acs = await startAcs();
    const refused = await sendSigned(acs.url, { path, body: from(sender) });
    expect([refused.status, await refused.json()]).toEqual([400, { From: ['Invalid From phone number format'] }]);
  });

  it.each(['12345', 'Contoso'])('is accepted from %s, a short code or a name', async (sender) => {
    const acs = await startAcs({ accounts: [account] });
    expect((await sendSigned(acs.url, { path, body: from(sender) })).status).toBe(202);
  });
});

describe('their errors have shapes of their own', () => {
  it.each(['/identities?api-version=2023-10-01', '/sms?api-version=2021-03-07'])('%s', async (path) => {
    const acs = await startAcs();
    const wrongKey = Buffer.from('another key, thirty-two bytes ok').toString('base64');
    const denied = await sendSigned(acs.url, { method: 'POST', path, key: wrongKey });
    expect(denied.status).toBe(401);
    expect(await denied.json()).toEqual({ error: { code: 'Denied', message: 'Denied by the resource provider.' } });

    const changed = await fetch(acs.url + path, {
      method: 'POST',
      headers: {
        'x-ms-date': new Date().toUTCString(),
        'x-ms-content-sha256': '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
        authorization:
          'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=DGdgwggJWnQyc6EHjR/Vbqg1ES64KpD6U2XwTDDj3tU=',
      },
      body: '{}',
    });
    expect(await changed.json()).toEqual({
      error: { code: 'Denied', message: "Request 'x-ms-content-sha256' differs from generated content hash." },
    });

    const invalid = await sendSigned(acs.url, { path, body: { createTokenWithScopes: 'voip' } });
    expect(invalid.status).toBe(400);
    expect(await invalid.json()).toMatchObject({ error: { code: 'ValidationError' } });
    const unversioned = await sendSigned(acs.url, { method: 'POST', path: path.split('?')[0] ?? '' });
    expect(await unversioned.json()).toMatchObject({ error: { code: 'ApiVersionUnspecified' } });
  });
});

const insecure = { allowInsecureConnection: true };
