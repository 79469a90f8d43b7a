import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Secret } from '@countersign/core/secret';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type AcsAccount, acsAccount, type EntraIssuer } from '../../../src/providers/acs/accounts/account.ts';
import { developmentToken } from '../../../src/providers/acs/authentication/development-token.ts';
import { startAcs } from './acs-under-test.ts';

const path = '/calling/callConnections/none?api-version=2026-03-12';

describe('bearer tokens of a configured issuer', () => {
  it('are accepted; its keys are where its OpenID metadata says', async () => {
    const issuer = await startIssuer();
    const acs = await startAcs({ accounts: [contoso({ issuer: issuer.url })] });
    expect(await send(acs.url, await issuer.token())).toBe(404);
    expect(await send(acs.url, await issuer.token())).toBe(404);
    expect(acs.exchanges()[0]).toMatchObject({
      account: 'contoso',
      authentication: { scheme: 'entra-bearer', outcome: 'accepted' },
    });
    expect(issuer.requests).toEqual(['/.well-known/openid-configuration', '/keys']);
  });

  it('are checked against the address and the audience that the configuration names', async () => {
    const issuer = await startIssuer();
    const entra = { issuer: 'https://login.test/tenant/v2.0', audience: 'api://calls', jwksUrl: `${issuer.url}/keys` };
    const acs = await startAcs({ accounts: [contoso(entra)] });
    expect(await send(acs.url, await issuer.token({ iss: entra.issuer, aud: 'api://calls' }))).toBe(404);
    expect(await send(acs.url, await issuer.token({ iss: entra.issuer }))).toBe(401);
    expect(acs.exchanges()[0]?.authentication).toMatchObject({ code: 'token/claim' });
    expect(issuer.requests).toEqual(['/keys']);
  });

  it('choose the account, as keys do', async () => {
    const issuer = await startIssuer();
    const acs = await startAcs({ accounts: [acsAccount.development(), contoso({ issuer: issuer.url })] });
    expect(await send(acs.url, await issuer.token())).toBe(404);
    expect(acs.exchanges()[0]?.account).toBe('contoso');
    expect(await send(acs.url, (await developmentToken()).token)).toBe(404);
    expect(acs.exchanges()[0]?.account).toBe('c0157e51-0000-4000-8000-000000000001');
  });

  it.each([
    ['expired', { exp: 1_700_000_000 }, 'token/expired'],
    ['without an end', { exp: undefined }, 'token/claim'],
    ['for another audience', { aud: 'https://graph.microsoft.com' }, 'token/claim'],
    ['not yet valid', { nbf: Math.floor(Date.now() / 1000) + 600 }, 'token/claim'],
    ['of another issuer', { iss: 'https://sts.windows.net/elsewhere/' }, 'token/issuer'],
  ])('are refused with 401/7501: %s', async (_what, claims, code) => {
    const issuer = await startIssuer();
    const acs = await startAcs({ accounts: [contoso({ issuer: issuer.url })] });
    expect(await send(acs.url, await issuer.token(claims))).toBe(401);
    expect(acs.exchanges()[0]?.authentication).toMatchObject({ outcome: 'refused', code });
  });

  it('are refused when another key has signed them, or no key at all', async () => {
    const issuer = await startIssuer();
    const impostor = await startIssuer(generateKeyPair('RS256'));
    const acs = await startAcs({ accounts: [contoso({ issuer: issuer.url })] });
    expect(await send(acs.url, await impostor.token({ iss: issuer.url }))).toBe(401);
    expect(acs.exchanges()[0]?.authentication).toMatchObject({ code: 'token/signature' });
    const [, claims] = (await issuer.token()).split('.');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`;
    expect(await send(acs.url, unsigned)).toBe(401);
    expect(acs.exchanges()[0]?.authentication).toMatchObject({ code: 'token/algorithm' });
  });

  it('are refused with the reason, when the keys cannot be had', async () => {
    const issuer = await startIssuer();
    const acs = await startAcs({ accounts: [contoso({ issuer: issuer.url, jwksUrl: `${issuer.url}/nothing` })] });
    expect(await send(acs.url, await issuer.token())).toBe(401);
    expect(acs.exchanges()[0]?.authentication).toMatchObject({
      code: 'token/keys',
      summary: expect.stringContaining(`the keys at ${issuer.url}/nothing cannot be had`),
    });
  });
});

function contoso(entra: EntraIssuer): AcsAccount {
  const secret = new Secret(Buffer.from('another key, thirty-two bytes ok').toString('base64'), 'base64');
  return { provider: 'acs', resourceId: 'contoso', credentials: [{ secret }], numbers: [], entra };
}

async function send(url: string, token: string): Promise<number> {
  return (await fetch(url + path, { headers: { authorization: `Bearer ${token}` } })).status;
}

/** Of every issuer but an impostor: a pair takes longer to make than a test. */
const usualKeys = generateKeyPair('RS256');

/** A tenant of its own: OpenID metadata, keys, tokens. */
async function startIssuer(keys = usualKeys) {
  const requests: string[] = [];
  const { publicKey, privateKey } = await keys;
  const key = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  const server = createServer((request, response) => {
    const { url: asked = '' } = request;
    requests.push(asked);
    const pages: Readonly<Record<string, unknown>> = {
      '/.well-known/openid-configuration': { issuer: url, jwks_uri: `${url}/keys` },
      '/keys': { keys: [key] },
    };
    response.writeHead(asked in pages ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(pages[asked] ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    token: (claims: Readonly<Record<string, unknown>> = {}) => {
      const nowSeconds = Math.floor(Date.now() / 1000);
      const usual = { iss: url, aud: 'https://communication.azure.com', exp: nowSeconds + 600 };
      return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(privateKey);
    },
  };
}
