import { acsEventTokenVerifier, type AcsEventTokenOptions } from '@countersign/core/acs-event-token';
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  SignJWT,
  type JWK,
  type JWTPayload,
  type CryptoKey,
} from 'jose';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';

const resourceId = 'c0157e51-0000-4000-8000-000000000001';
const issuer = 'https://acscallautomation.communication.azure.com';
const now = new Date('2024-05-27T09:08:07Z');
const seconds = now.getTime() / 1000;

let key: CryptoKey;
let strangersKey: CryptoKey;
let jwk: JWK;
beforeAll(async () => {
  const pair = await generateKeyPair('RS256');
  key = pair.privateKey;
  strangersKey = (await generateKeyPair('RS256')).privateKey;
  jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
});

const claims = { iss: issuer, aud: resourceId, iat: seconds, nbf: seconds, exp: seconds + 300 };
const token = (payload: JWTPayload = claims, signer = key, header = {}): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'k1', ...header }).sign(signer);
const check = (
  authorization: string | undefined,
  options: Partial<AcsEventTokenOptions> = {},
): ReturnType<ReturnType<typeof acsEventTokenVerifier>> =>
  acsEventTokenVerifier({ resourceId, keys: createLocalJWKSet({ keys: [jwk] }), now: () => now, ...options })(
    authorization,
  );
const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

test('a token of Call Automation is accepted, with its claims', async () => {
  expect(await check(`Bearer ${await token()}`)).toEqual({ ok: true, claims });
  expect(await check(`bearer ${await token()}`)).toMatchObject({ ok: true });
});

test('a token with which a WebSocket is opened holds for a day, and no longer', async () => {
  const ofDay = { ...claims, iat: seconds - 86_400 + 60, nbf: seconds - 86_400 + 60, exp: seconds + 60 };
  expect(await check(`Bearer ${await token(ofDay)}`)).toEqual({ ok: true, claims: ofDay });
  const over = { ...ofDay, exp: seconds - 61 };
  expect(await check(`Bearer ${await token(over)}`)).toMatchObject({ ok: false, code: 'token/expired' });
});

describe('refused is', () => {
  test.each([
    ['no header', 'token/missing', () => undefined],
    ['another scheme', 'token/malformed', () => 'Basic eDp5'],
    ['no token', 'token/malformed', () => 'Bearer '],
    ['something that is no JWT', 'token/malformed', () => 'Bearer a.b.c'],
    ['a token for another resource', 'token/claim', async () => `Bearer ${await token({ ...claims, aud: 'other' })}`],
    [
      'a token of another issuer',
      'token/claim',
      async () => `Bearer ${await token({ ...claims, iss: 'https://evil' })}`,
    ],
    ['a token without expiry', 'token/claim', async () => `Bearer ${await token({ iss: issuer, aud: resourceId })}`],
    [
      'a token that is not valid yet',
      'token/claim',
      async () => `Bearer ${await token({ ...claims, nbf: seconds + 61 })}`,
    ],
    ['an expired token', 'token/expired', async () => `Bearer ${await token({ ...claims, exp: seconds - 61 })}`],
    ['a token signed by a stranger', 'token/signature', async () => `Bearer ${await token(claims, strangersKey)}`],
    [
      'a key that is not published',
      'token/key-unknown',
      async () => `Bearer ${await token(claims, key, { kid: 'k2' })}`,
    ],
    ['an unsigned token', 'token/algorithm', () => `Bearer ${base64url({ alg: 'none' })}.${base64url(claims)}.`],
    [
      'a token signed by HMAC with the public key',
      'token/algorithm',
      async () =>
        `Bearer ${await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(new TextEncoder().encode(JSON.stringify(jwk)))}`,
    ],
    [
      'a changed claim',
      'token/signature',
      async () => {
        const [header, , signature] = (await token()).split('.');
        return `Bearer ${header}.${base64url({ ...claims, exp: seconds + 9e9 })}.${signature}`;
      },
    ],
    [
      'a header that must be understood and is not',
      'token/malformed',
      () => `Bearer ${base64url({ alg: 'RS256', crit: ['x'], x: 1 })}.${base64url(claims)}.AA`,
    ],
  ])('%s', async (_, code, authorization) => {
    expect(await check(await authorization())).toMatchObject({ ok: false, code });
  });
});

test('clocks may be a minute apart, or as far as is said', async () => {
  const late = `Bearer ${await token({ ...claims, exp: seconds - 59 })}`;
  expect(await check(late)).toMatchObject({ ok: true });
  expect(await check(late, { clockToleranceSeconds: 0 })).toMatchObject({ code: 'token/expired' });
});

test('an empty resource id is refused at once', () => {
  expect(() => acsEventTokenVerifier({ resourceId: '' })).toThrow('resourceId is empty');
});

test('keys are fetched from where they are published, once; when they cannot be, that is no verdict', async () => {
  let fetched = 0;
  const server = createServer((_, response) => {
    fetched++;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/calling/keys`;
  const verifier = acsEventTokenVerifier({ resourceId, jwksUrl, now: () => now });
  for (let time = 0; time < 3; time++) expect(await verifier(`Bearer ${await token()}`)).toMatchObject({ ok: true });
  expect(fetched).toBe(1);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await expect(acsEventTokenVerifier({ resourceId, jwksUrl })(`Bearer ${await token()}`)).rejects.toThrow();
});
