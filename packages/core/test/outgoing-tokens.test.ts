import { message } from '@countersign/core/message';
import { tokenVerifier } from '@countersign/core/token-verifier';
import { twilioClientValidation } from '@countersign/core/twilio-client-validation';
import { vonageApplicationToken } from '@countersign/core/vonage-application-token';
import { createLocalJWKSet, decodeProtectedHeader, importSPKI, jwtVerify } from 'jose';
import { execFileSync } from 'node:child_process';
import { createHash, createHmac, generateKeyPairSync, sign as signWith } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canonicalRequest } from '../src/outgoing/twilio-canonical-request.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const date = new Date('2024-05-29T16:26:40Z');
const seconds = 1_717_000_000;

/** Whether openssl finds the signature of a token right. */
function opensslVerifies(token: string, algorithm: 'RS256' | 'PS256'): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'token-'));
  const [header = '', claims = '', signature = ''] = token.split('.');
  try {
    writeFileSync(join(folder, 'key.pem'), publicKey);
    writeFileSync(join(folder, 'input'), `${header}.${claims}`);
    writeFileSync(join(folder, 'signature'), Buffer.from(signature, 'base64url'));
    const padding =
      algorithm === 'PS256' ? ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:digest'] : [];
    const files = ['-verify', 'key.pem', ...padding, '-signature', 'signature', 'input'];
    return execFileSync('openssl', ['dgst', '-sha256', ...files], { cwd: folder }).includes('Verified OK');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the token of a Vonage application', () => {
  const applicationId = 'aaaaaaaa-bbbb-cccc-dddd-0123456789ab';

  test('has the claims that @vonage/jwt 1.14.0 writes, and verifies by jose and by openssl', async () => {
    const jti = 'c5ba8f24-1a14-4c10-bfdf-3fbe8ce511b5';
    const token = await vonageApplicationToken({ applicationId, privateKey, jti, date });
    const key = await importSPKI(publicKey, 'RS256');
    const { payload, protectedHeader } = await jwtVerify(token, key, { currentDate: date });
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT' });
    // Of the recording that vectors of other engineers' SDKs were made from: clock 1717000000.
    expect(payload).toEqual({ jti, iat: seconds, exp: seconds + 900, application_id: applicationId });
    expect(opensslVerifies(token, 'RS256')).toBe(true);
  });

  test('is byte for byte what @vonage/jwt 1.14.0 signs', async () => {
    const token = await vonageApplicationToken({
      applicationId,
      privateKey,
      jti: 'c5ba8f24-1a14-4c10-bfdf-3fbe8ce511b5',
      date,
    });
    // Recorded with a throw-away key: header and claims are the same under any.
    expect(token.slice(0, token.lastIndexOf('.'))).toBe(
      'eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJqdGkiOiJjNWJhOGYyNC0xYTE0LTRjMTAtYmZkZi0zZmJlOGNlNTExYjUiLCJpYXQiOjE3MTcwMDAwMDAsImV4cCI6MTcxNzAwMDkwMCwiYXBwbGljYXRpb25faWQiOiJhYWFhYWFhYS1iYmJiLWNjY2MtZGRkZC0wMTIzNDU2Nzg5YWIifQ',
    );
  });

  test('says whose it is and which paths it is good for where it is told, and is another one each time', async () => {
    const options = { applicationId, privateKey, subject: 'alice', acl: { paths: { '/*/users/**': {} } } };
    const [one, other] = await Promise.all([vonageApplicationToken(options), vonageApplicationToken(options)]);
    expect(one).not.toBe(other);
    const { payload } = await jwtVerify(one ?? '', await importSPKI(publicKey, 'RS256'));
    expect(payload).toMatchObject({ sub: 'alice', acl: { paths: { '/*/users/**': {} } } });
  });

  test.each([
    ['no application', { applicationId: '' }, 'applicationId is empty'],
    ['no key', { privateKey: undefined }, 'privateKey is not set'],
    ['the name of its file', { privateKey: './private.key' }, 'the name of its file is not the key'],
    ['a public key', { privateKey: publicKey }, 'privateKey is a public key'],
    [
      'PKCS #1',
      { privateKey: '-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----' },
      'is in PKCS #1',
    ],
    [
      'a broken key',
      { privateKey: privateKey.replace(/\n[A-Za-z0-9+/]{20}/, '\n') },
      'cannot be read as a private RSA key',
    ],
    ['a week', { expiresInSeconds: 604_800 }, 'expiresInSeconds must be between 1 and 86400'],
    ['no time', { date: new Date(Number.NaN) }, 'date must be a valid Date'],
  ])('is not made of %s, and nothing of the key is shown', async (_, wrong, why) => {
    const made = vonageApplicationToken({ applicationId, privateKey, ...wrong } as never);
    await expect(made).rejects.toThrow(why);
    const error = await made.catch((thrown: unknown) => thrown as Error);
    expect(String((error as Error).stack)).not.toContain(privateKey.split('\n')[1]);
  });
});

describe('Public Key Client Validation', () => {
  const options = { accountSid: 'AC1', signingKeySid: 'SK1', credentialSid: 'CR1', privateKey, date };
  const request = message({
    method: 'POST',
    url: 'https://api.twilio.com//2010-04-01/Accounts/AC00000000000000000000000000000000',
    headers: { Authorization: 'Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDpmb29iYXI=' },
    body: 'FriendlyName=my new friendly name',
  });

  test('hashes the example of Twilio’s documentation as it is published there', () => {
    const { text, signedHeaders } = canonicalRequest(request, ['Host', 'Authorization']);
    expect(text).toBe(
      'POST\n/2010-04-01/Accounts/AC00000000000000000000000000000000\n\n' +
        'authorization:Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDpmb29iYXI=\nhost:api.twilio.com\n\n' +
        'authorization;host\nb8e20591615abc52293f088c87be6df8e9b7b40c3da573f134c9132add851e2d',
    );
    expect(signedHeaders).toBe('authorization;host');
    expect(createHash('sha256').update(text).digest('hex')).toBe(
      '245eece1e638d9b0081ca0621183cd417fc97a1818bd822aa26697f9aa70c792',
    );
  });

  // From the tests of twilio-node (spec/unit/jwt/validation/ValidationToken.spec.js), written as they go on the wire.
  test.each([
    ['/', '/', ''],
    ['//foobar/../barfoo', '/barfoo', ''],
    ['//foo%20bar+/baz*qux/abc%7Edef', '/foo%20bar%2B/baz%2Aqux/abc~def', ''],
    ['/path?To=%2B1XXXXXXXXX&To9=%2B2XXXXXXXXX&PageSize=20', '/path', 'PageSize=20&To9=%2B2XXXXXXXXX&To=%2B1XXXXXXXXX'],
    // What twilio-node cuts at its "=" or throws at, and what only twilio-java encodes.
    ['/path?a=b=c&d=100%25&e=x+y&f', '/path', 'a=b%3Dc&d=100%25&e=x%20y&f='],
    ["/it's(me)!", '/it%27s%28me%29%21', ''],
  ])('of %s the path is %s and the query "%s"', (target, path, query) => {
    const headers = { Host: 'example.com', Authorization: 'Basic ABC' };
    const { text } = canonicalRequest(message({ method: 'get', url: target, headers }), ['host']);
    expect(text).toBe(`GET\n${path}\n${query}\nhost:example.com\n\nhost\n`);
  });

  test.each(['RS256', 'PS256'] as const)('signs with %s what jose and openssl verify', async (algorithm) => {
    const [name, token] = await twilioClientValidation({ ...options, algorithm }, request);
    expect(name).toBe('Twilio-Client-Validation');
    expect(decodeProtectedHeader(token)).toEqual({ typ: 'JWT', alg: algorithm, kid: 'CR1', cty: 'twilio-pkrv;v=1' });
    const { payload } = await jwtVerify(token, await importSPKI(publicKey, algorithm), { currentDate: date });
    expect(payload).toEqual({
      iss: 'SK1',
      sub: 'AC1',
      exp: seconds + 300,
      hrh: 'authorization;host',
      rqh: '245eece1e638d9b0081ca0621183cd417fc97a1818bd822aa26697f9aa70c792',
    });
    expect(opensslVerifies(token, algorithm)).toBe(true);
  });

  test('signs further headers, several values of one sorted, and refuses what is not there', async () => {
    const headers: [string, string][] = [
      ...request.headers.map(([name, value]): [string, string] => [name, value]),
      ['X-B', ' 2 '],
      ['x-b', '1'],
    ];
    const { text } = canonicalRequest({ ...request, headers }, ['x-b', 'host']);
    expect(text).toContain('\nhost:api.twilio.com\nx-b:1,2\n\nhost;x-b\n');
    const bare = message({ method: 'GET', url: 'https://api.twilio.com/' });
    await expect(twilioClientValidation(options, bare)).rejects.toThrow('the header "authorization" is signed');
    await expect(twilioClientValidation({ ...options, expiresInSeconds: 301 }, request)).rejects.toThrow(
      'between 1 and 300',
    );
    await expect(twilioClientValidation({ ...options, algorithm: 'HS256' as never }, request)).rejects.toThrow(
      'RS256 or PS256',
    );
  });
});

describe('tokens of an issuer that publishes its keys', async () => {
  const { createPublicKey } = await import('node:crypto');
  const jwk = { ...createPublicKey(publicKey).export({ format: 'jwk' }), kid: 'k1', use: 'sig' } as Record<
    string,
    string
  >;
  const keys = createLocalJWKSet({ keys: [jwk as never] });
  const verifier = tokenVerifier({ issuer: 'https://issuer.example', audience: 'me', keys, now: () => date });
  const encoded = (value: object | string): string =>
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
  const claims = { iss: 'https://issuer.example', aud: 'me', exp: seconds + 60 };
  const made = (header: object | string, payload: object | string): string => {
    const input = `${encoded(header)}.${encoded(payload)}`;
    return `Bearer ${input}.${signWith('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
  };
  const head = { alg: 'RS256', kid: 'k1' };

  test('are accepted with their claims', async () => {
    expect(await verifier(made(head, claims))).toEqual({ ok: true, claims });
  });

  test('are refused where a public key is used as a shared secret, or none at all', async () => {
    for (const secret of [publicKey, JSON.stringify(jwk), jwk['n'] ?? '']) {
      const input = `${encoded({ alg: 'HS256', kid: 'k1' })}.${encoded(claims)}`;
      const token = `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
      expect(await verifier(`Bearer ${token}`)).toMatchObject({ ok: false, code: 'token/algorithm' });
    }
    const none = `Bearer ${encoded({ alg: 'none' })}.${encoded(claims)}.`;
    expect(await verifier(none)).toMatchObject({ ok: false, code: 'token/algorithm' });
    expect(() => tokenVerifier({ issuer: 'i', audience: 'a', keys, algorithms: ['HS256' as never] })).toThrow(
      'algorithms must be',
    );
  });

  test('are refused where two readers would see different claims, although the signature is right', async () => {
    const twice = JSON.stringify(claims).replace('{', '{"aud":"other",');
    expect(await verifier(made(head, twice))).toMatchObject({ ok: false, code: 'token/malformed' });
    expect(await verifier(made(JSON.stringify(head).replace('{', '{"alg":"none",'), claims))).toMatchObject({
      code: 'token/malformed',
    });
    expect(await verifier(`${made(head, claims)}=`)).toMatchObject({ ok: false });
  });

  test('need an audience, unless it is said that there is none', async () => {
    expect(() => tokenVerifier({ issuer: 'i', keys } as never)).toThrow('audience is not set');
    const anybody = tokenVerifier({ issuer: claims.iss, audience: null, keys, now: () => date });
    expect(await anybody(made(head, { ...claims, aud: 'somebody' }))).toMatchObject({ ok: true });
    expect(await verifier(made(head, { ...claims, aud: 'somebody' }))).toMatchObject({
      ok: false,
      code: 'token/claim',
    });
  });
});
