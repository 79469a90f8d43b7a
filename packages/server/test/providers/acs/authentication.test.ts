import { createHash, createHmac } from 'node:crypto';
import { CallAutomationClient } from '@azure/communication-call-automation';
import { Secret } from '@countersign/core/secret';
import { generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { type AcsAccount, acsAccount } from '../../../src/providers/acs/accounts/account.ts';
import { developmentAccount } from '@countersign/core/development-account';
import { developmentIssuer, developmentToken } from '../../../src/providers/acs/authentication/development-token.ts';
import { eventAuthorization } from '../../../src/providers/acs/authentication/event-token.ts';
import { startAcs } from './acs-under-test.ts';
import { sendRaw, sendSigned } from './raw-request.ts';

const path = '/calling/callConnections/none?api-version=2026-03-12';
const notFound = { error: { code: '8522', message: 'Call not found.' } };
const refused = { error: { code: '7509', message: 'HMAC-SHA256 validation failed' } };

describe('a request signed with an access key', () => {
  it('is accepted, and its trace is kept with the exchange', async () => {
    const acs = await startAcs();
    const answer = await sendSigned(acs.url, { path });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual(notFound);
    expect(acs.exchanges()[0]).toMatchObject({
      provider: 'acs',
      account: 'c0157e51-0000-4000-8000-000000000001',
      authentication: { scheme: 'acs-hmac', outcome: 'accepted' },
    });
    expect(
      acs
        .exchanges()[0]
        ?.authentication?.trace?.()
        ?.parts.map(({ name }) => name),
    ).toEqual(['method', 'target', 'date', 'host', 'content-hash']);
  });

  it('is refused with 401/7509 when the key is another one, and the SDK shows it so', async () => {
    const acs = await startAcs();
    const client = new CallAutomationClient(`endpoint=${acs.url}/;accesskey=${otherKey}`, {
      allowInsecureConnection: true,
    });
    await expect(client.getCallConnection('c').hangUp(true)).rejects.toMatchObject({
      statusCode: 401,
      code: '7509',
      message: 'HMAC-SHA256 validation failed',
      details: refused,
    });
    expect(acs.exchanges()[0]).toMatchObject({
      account: 'c0157e51-0000-4000-8000-000000000001',
      authentication: { outcome: 'refused', code: 'signature/mismatch' },
    });
  });

  it('may be sent again: the SDK retries with the same signature', async () => {
    const acs = await startAcs();
    const date = new Date();
    expect((await sendSigned(acs.url, { path, date })).status).toBe(404);
    expect((await sendSigned(acs.url, { path, date })).status).toBe(404);
  });

  it('is refused when it is older than a quarter of an hour', async () => {
    const acs = await startAcs();
    const answer = await sendSigned(acs.url, { path, date: new Date(Date.now() - 16 * 60_000) });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual(refused);
    expect(acs.exchanges()[0]?.authentication).toMatchObject({ code: 'date/expired' });
  });

  it('belongs to the account whose key matches, primary or secondary', async () => {
    const other: AcsAccount = {
      provider: 'acs',
      resourceId: 'other-resource',
      host: 'other.communication.azure.com',
      credentials: [
        { secret: new Secret(thirdKey, 'base64'), name: 'primary' },
        { secret: new Secret(otherKey, 'base64'), name: 'secondary' },
      ],
      numbers: [],
    };
    const acs = await startAcs({ accounts: [acsAccount.development(), other] });
    expect((await sendSigned(acs.url, { path, key: otherKey })).status).toBe(404);
    expect(acs.exchanges()[0]?.account).toBe('other-resource');
    expect((await sendSigned(acs.url, { path })).status).toBe(404);
    expect(acs.exchanges()[0]?.account).toBe('c0157e51-0000-4000-8000-000000000001');
  });

  it('does not reach the calls of another account', async () => {
    const other: AcsAccount = {
      provider: 'acs',
      resourceId: 'other-resource',
      credentials: [{ secret: new Secret(otherKey, 'base64') }],
      numbers: [],
    };
    const acs = await startAcs({ accounts: [acsAccount.development(), other] });
    const { callConnectionProperties } = await acs.client.createCall(
      { targetParticipant: { communicationUserId: '8:acs:a_b' } },
      acs.callback(),
    );
    const own = `/calling/callConnections/${callConnectionProperties.callConnectionId}?api-version=2026-03-12`;
    expect((await sendSigned(acs.url, { path: own })).status).toBe(200);
    expect((await sendSigned(acs.url, { path: own, key: otherKey })).status).toBe(404);
  });
});

describe('deviations of official SDKs', () => {
  it('are accepted and shown: the JavaScript SDK signs the query as forms are encoded', async () => {
    const acs = await startAcs();
    const answer = await sendDeviating(acs.url);
    expect(answer.status).toBe(404);
    expect(acs.exchanges()[0]?.authentication).toMatchObject({ outcome: 'tolerated', code: 'query-form-encoded' });
  });

  it('are refused by a strict server', async () => {
    const acs = await startAcs({ strict: true });
    const answer = await sendDeviating(acs.url);
    expect(answer.status).toBe(401);
  });

  it('include the host of another address, in the header that names it', async () => {
    const acs = await startAcs();
    const headers = signedFor('contoso.communication.azure.com', path);
    const answer = await fetch(acs.url + path, {
      headers: { ...headers, 'x-ms-host': 'contoso.communication.azure.com' },
    });
    expect(answer.status).toBe(404);
    expect(acs.exchanges()[0]?.authentication).toMatchObject({ outcome: 'tolerated', code: 'host-forwarded' });
    expect((await fetch(acs.url + path, { headers })).status).toBe(401);
  });

  it('include that host with its port where the header has none: the Python SDK signs so what it downloads', async () => {
    const acs = await startAcs();
    const { port } = new URL(acs.url);
    const headers = {
      ...signedFor(`contoso.communication.azure.com:${port}`, path),
      'x-ms-host': 'contoso.communication.azure.com',
    };
    expect((await fetch(acs.url + path, { headers })).status).toBe(404);
    expect(acs.exchanges()[0]?.authentication).toMatchObject({ outcome: 'tolerated', code: 'host-forwarded' });
    const elsewhere = { ...headers, 'x-ms-host': 'fabrikam.communication.azure.com' };
    expect((await fetch(acs.url + path, { headers: elsewhere })).status).toBe(401);
  });
});

describe('a request without a usable signature', () => {
  it.each([
    ['no Authorization header', {}, 401, { error: { code: 'Unauthorized', message: '' } }],
    [
      'the parameters of Azure App Configuration',
      {
        authorization:
          'HMAC-SHA256 Credential=abc&SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=DGdgwggJWnQyc6EHjR/Vbqg1ES64KpD6U2XwTDDj3tU=',
      },
      400,
      { error: { code: 'BadRequest', message: 'invalid header parameter' } },
    ],
    [
      'no date',
      {
        authorization:
          'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=DGdgwggJWnQyc6EHjR/Vbqg1ES64KpD6U2XwTDDj3tU=',
      },
      401,
      refused,
    ],
  ])('is refused: %s', async (_what, headers, status, body) => {
    const acs = await startAcs();
    const answer = await fetch(acs.url + path, { headers: headers as Record<string, string> });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual(body);
    expect(answer.headers.get('x-microsoft-skype-chain-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is refused when its body was changed after signing', async () => {
    const acs = await startAcs();
    const target = '/calling/callConnections?api-version=2026-03-12';
    const headers = signedFor(new URL(acs.url).host, target, 'POST', '{"a":1}');
    const answer = await fetch(acs.url + target, { method: 'POST', headers, body: '{"a":2}' });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual(refused);
    expect(acs.exchanges()[0]?.authentication).toMatchObject({ code: 'content-hash/mismatch' });
  });

  it('is refused when it carries two Authorization headers, whichever is right', async () => {
    const acs = await startAcs();
    const { host } = new URL(acs.url);
    const lines = Object.entries({ host, ...signedFor(host, path), Authorization: 'HMAC-SHA256 Signature=x' });
    const head = lines.map(([name, value]) => `${name}: ${value}`).join('\r\n');
    const answer = await sendRaw(acs.url, `GET ${path} HTTP/1.1\r\n${head}\r\n\r\n`);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toEqual({ error: { code: 'BadRequest', message: 'invalid header parameter' } });
    expect(acs.exchanges()[0]?.authentication).toMatchObject({ code: 'authorization/duplicate' });
  });

  it('learns nothing about routes or versions before it is signed', async () => {
    const acs = await startAcs();
    for (const target of ['/calling/nothing', '/calling/callConnections', '/calling/callConnections/c:play']) {
      expect((await fetch(acs.url + target, { method: 'POST' })).status).toBe(401);
    }
  });
});

describe('a bearer token', () => {
  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

  it('of the development issuer is accepted instead of a signature', async () => {
    const acs = await startAcs();
    const answer = await fetch(acs.url + path, bearer((await developmentToken()).token));
    expect(answer.status).toBe(404);
    expect(acs.exchanges()[0]).toMatchObject({
      account: 'c0157e51-0000-4000-8000-000000000001',
      authentication: { scheme: 'entra-bearer', outcome: 'accepted' },
    });
  });

  it('of the development issuer is no good for any other account', async () => {
    const credentials = [{ secret: new Secret(otherKey, 'base64') }];
    const acs = await startAcs({
      accounts: [{ provider: 'acs', resourceId: 'other-resource', credentials, numbers: [] }],
    });
    const answer = await fetch(acs.url + path, bearer((await developmentToken()).token));
    expect(answer.status).toBe(401);
    expect(acs.exchanges()[0]?.authentication).toMatchObject({ code: 'token/issuer' });
  });

  it.each([
    ['now', new Date(Number.NaN)],
    ['now', Date.now()],
    ['lifetimeSeconds', Number.NaN],
    ['lifetimeSeconds', 0],
    ['lifetimeSeconds', '3600'],
    ['lifetimeSeconds', null],
  ])('is not minted with %s as %j', async (name, value) => {
    await expect(developmentToken({ [name]: value } as never)).rejects.toThrow(new RegExp(`^${name} must be `));
  });

  it.each([
    ['expired', async () => (await developmentToken({ now: new Date(Date.now() - 7_200_000) })).token, 'token/expired'],
    ['no token at all', async () => 'nonsense', 'token/malformed'],
    [
      'an event token, which is for somebody else',
      async () =>
        (await eventAuthorization('c0157e51-0000-4000-8000-000000000001', new Date())).slice('Bearer '.length),
      'token/issuer',
    ],
    [
      'signed with another key',
      async () =>
        new SignJWT({})
          .setProtectedHeader({ alg: 'RS256' })
          .setIssuer(developmentIssuer)
          .setAudience('https://communication.azure.com')
          .setExpirationTime('1h')
          .sign((await generateKeyPair('RS256')).privateKey),
      'token/signature',
    ],
  ])('is refused with 401/7501: %s', async (_what, make, code) => {
    const acs = await startAcs();
    const answer = await fetch(acs.url + path, bearer(await make()));
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: { code: '7501' } });
    expect(acs.exchanges()[0]?.authentication).toMatchObject({ outcome: 'refused', code });
  });
});

const otherKey = Buffer.from('another key, thirty-two bytes ok').toString('base64');
const thirdKey = Buffer.from('a third key, thirty-two bytes ok').toString('base64');

/** The headers of a request signed for a host, made with node:crypto alone. */
function signedFor(host: string, target: string, method = 'GET', body = ''): Record<string, string> {
  const date = new Date().toUTCString();
  const contentHash = createHash('sha256').update(body).digest('base64');
  const signature = createHmac('sha256', Buffer.from(developmentAccount.acs.accessKey, 'base64'))
    .update(`${method}\n${target}\n${date};${host};${contentHash}`)
    .digest('base64');
  return {
    'x-ms-date': date,
    'x-ms-content-sha256': contentHash,
    authorization: `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
  };
}

/** Sends one query and signs another spelling of it, as `URLSearchParams` writes it. */
function sendDeviating(url: string): Promise<Response> {
  const sent = '/calling/callConnections/none?api-version=2026-03-12&name=a%20b';
  return fetch(url + sent, { headers: signedFor(new URL(url).host, sent.replace('%20', '+')) });
}
