import { publicKeysOfSet } from '@countersign/core/json-web-key-set';
import { message, type Message } from '@countersign/core/message';
import { PrivateKey } from '@countersign/core/private-key';
import { acsEventScheme } from '@countersign/core/providers/acs-event-scheme';
import { PublicKey } from '@countersign/core/public-key';
import { definePublicKeyScheme, type PublicKeyScheme } from '@countersign/core/public-key-scheme';
import { signAsync } from '@countersign/core/sign-async';
import { signedMessage } from '@countersign/core/signed-message';
import { verifyAsync } from '@countersign/core/verify-async';
import { importSPKI, jwtVerify, SignJWT, importPKCS8 } from 'jose';
import {
  createHash,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  sign as signWith,
  type KeyObject,
} from 'node:crypto';
import { describe, expect, test } from 'vitest';

const resourceId = 'c0157e51-0000-4000-8000-000000000001';
const issuer = 'https://acscallautomation.communication.azure.com';
const now = new Date('2024-05-27T09:08:07Z');
const seconds = now.getTime() / 1000;
const inPem = ({
  publicKey,
  privateKey,
}: {
  publicKey: KeyObject;
  privateKey: KeyObject;
}): Record<'publicKey' | 'privateKey', string> => ({
  publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
});
const rsa = inPem(generateKeyPairSync('rsa', { modulusLength: 2048 }));
const jwk = (key: string, kid: string): object => ({
  ...createPublicKey(key).export({ format: 'jwk' }),
  kid,
  use: 'sig',
});
const set = { keys: [jwk(rsa.publicKey, 'k1')] };
const event = acsEventScheme(resourceId);
const claims = { iss: issuer, aud: resourceId, exp: seconds + 300 };
const encoded = (value: object | string): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function withToken(token: string, word = 'Bearer '): Message {
  return message({
    method: 'POST',
    url: 'https://example.com/events',
    headers: { authorization: word + token },
    body: '[]',
  });
}

const made = async (payload: object = claims, header: object = {}): Promise<string> =>
  new SignJWT({ ...payload })
    .setProtectedHeader({ alg: 'RS256', kid: 'k1', ...header })
    .sign(await importPKCS8(rsa.privateKey, 'RS256'));
const judged = async (token: string): Promise<string> => {
  const result = await verifyAsync(event, publicKeysOfSet(set), withToken(token), { now });
  return result.ok ? 'accepted' : result.code;
};

describe('the token of an ACS event, by verifyAsync with the keys that Azure publishes', () => {
  test('is accepted, under the key that it names', async () => {
    const result = await verifyAsync(event, publicKeysOfSet(set), withToken(await made()), { now });
    expect(result).toMatchObject({ ok: true, keyId: 'k1', signedAt: new Date((seconds + 300) * 1000) });
    expect(await verifyAsync(event, publicKeysOfSet(set), withToken(await made(), 'bearer '), { now })).toMatchObject({
      ok: true,
    });
  });

  test.each<[string, string, () => Promise<string>]>([
    ['another audience', 'token/claim', () => made({ ...claims, aud: 'other' })],
    ['another issuer', 'token/claim', () => made({ ...claims, iss: 'other' })],
    ['no end', 'date/missing', () => made({ iss: issuer, aud: resourceId })],
    ['an end that has passed', 'date/expired', () => made({ ...claims, exp: seconds - 61 })],
    ['a start that has not come', 'date/future', () => made({ ...claims, nbf: seconds + 61 })],
    ['a key that is not published', 'key/unknown', () => made(claims, { kid: 'k2' })],
    ['no key', 'key/unknown', () => made(claims, { kid: undefined })],
    ['the signature of another key', 'signature/mismatch', async () => foreign(await made())],
    ['alg none', 'token/algorithm', async () => `${encoded({ alg: 'none', kid: 'k1' })}.${encoded(claims)}.`],
    ['the public key as a shared secret', 'token/algorithm', async () => confused(rsa.publicKey)],
    ['another algorithm of the same key', 'token/algorithm', async () => probabilistic()],
    [
      'a claim that is there twice',
      'token/malformed',
      async () => rightly(JSON.stringify(claims).replace('{', '{"aud":"x",')),
    ],
  ])('is refused with %s: %s', async (_, code, token) => {
    expect(await judged(await token())).toBe(code);
  });

  function foreign(token: string): string {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const input = token.slice(0, token.lastIndexOf('.'));
    return `${input}.${signWith('sha256', Buffer.from(input), other.privateKey).toString('base64url')}`;
  }

  function confused(secret: string): string {
    const input = `${encoded({ alg: 'HS256', kid: 'k1' })}.${encoded(claims)}`;
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  }

  function rightly(payload: string): string {
    const input = `${encoded({ alg: 'RS256', kid: 'k1' })}.${encoded(payload)}`;
    return `${input}.${signWith('sha256', Buffer.from(input), rsa.privateKey).toString('base64url')}`;
  }

  async function probabilistic(): Promise<string> {
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'PS256', kid: 'k1' })
      .sign(await importPKCS8(rsa.privateKey, 'PS256'));
  }
});

describe('a scheme of one’s own whose tokens are signed by a key pair, and bound to body and URL', () => {
  const scheme = (algorithm: PublicKeyScheme['publicKey']['algorithm'], form?: 'p1363'): PublicKeyScheme =>
    definePublicKeyScheme({
      ...event,
      id: 'own',
      publicKey: { algorithm, encoding: 'base64url', ...(form && { form }) },
      contentHash: { algorithm: 'sha256', encoding: 'hex', claim: 'payload_hash', empty: 'blank' },
      parts: [
        { name: 'header', source: { from: 'token-header' }, after: '.' },
        {
          name: 'claims',
          source: {
            from: 'token-claims',
            issuer: 'me',
            nonce: 'jti',
            urlHash: { claim: 'url_hash', algorithm: 'sha256', encoding: 'hex' },
          },
          after: '',
        },
      ],
      nonce: 'claims',
    });
  const unsigned = message({ method: 'POST', url: 'https://example.com/in?a=1', body: '{"a":1}' });
  const hex = (text: string): string => createHash('sha256').update(text).digest('hex');

  test.each([
    ['RS256', scheme('rsa-v1_5-sha256'), rsa],
    ['PS512', scheme('rsa-pss-sha512'), rsa],
    ['ES256', scheme('ecdsa-p256-sha256', 'p1363'), inPem(generateKeyPairSync('ec', { namedCurve: 'P-256' }))],
    ['ES384', scheme('ecdsa-p384-sha384', 'p1363'), inPem(generateKeyPairSync('ec', { namedCurve: 'P-384' }))],
    ['EdDSA', scheme('ed25519'), inPem(generateKeyPairSync('ed25519'))],
  ])('signs with %s what jose verifies, and verifies it', async (alg, own, { publicKey, privateKey }) => {
    const signature = await signAsync(own, { keyId: 'k1', privateKey: new PrivateKey(privateKey) }, unsigned, {
      date: new Date((seconds + 60) * 1000),
    });
    const request = signedMessage(unsigned, signature);
    const token = signature.headers[0]?.[1].replace('Bearer ', '') ?? '';
    const { payload, protectedHeader } = await jwtVerify(token, await importSPKI(publicKey, alg), { currentDate: now });
    expect(protectedHeader).toEqual({ alg, typ: 'JWT', kid: 'k1' });
    expect(payload).toMatchObject({
      iss: 'me',
      payload_hash: hex('{"a":1}'),
      url_hash: hex('https://example.com/in?a=1'),
    });

    const key = { keyId: 'k1', publicKey: new PublicKey(publicKey) };
    const verified = await verifyAsync(own, key, request, { now });
    expect(verified).toMatchObject({ ok: true, nonce: payload.jti });
    const other = { ...request, body: new TextEncoder().encode('{"a":2}') };
    expect(await verifyAsync(own, key, other, { now })).toMatchObject({ ok: false, code: 'content-hash/mismatch' });
    const elsewhere = { ...request, target: '/in?a=2' };
    expect(await verifyAsync(own, key, elsewhere, { now })).toMatchObject({ ok: false, code: 'url-hash/mismatch' });
  });

  test('writes its signature as tokens do', () => {
    const wrong = {
      ...scheme('rsa-v1_5-sha256'),
      publicKey: { algorithm: 'rsa-v1_5-sha256', encoding: 'base64' } as const,
    };
    expect(() => definePublicKeyScheme(wrong)).toThrow('the signature of a token is in base64url');
  });
});

describe('a published set of keys', () => {
  test('gives those that verify signatures, under their ids', () => {
    const { publicKey } = inPem(generateKeyPairSync('ed25519'));
    const keys = [
      jwk(rsa.publicKey, 'k1'),
      { ...jwk(rsa.publicKey, 'k2'), use: 'enc' },
      { ...jwk(rsa.publicKey, 'x'), kid: undefined },
      { kty: 'oct', k: 'c2VjcmV0', kid: 'shared' },
      jwk(publicKey, 'k3'),
    ];
    expect(publicKeysOfSet({ keys }).map(({ keyId, publicKey: { kind } }) => [keyId, kind])).toEqual([
      ['k1', 'rsa'],
      ['k3', 'ed25519'],
    ]);
  });

  test.each([[null], [[]], [{}], [{ keys: {} }], [{ keys: [] }], [{ keys: [{ kty: 'oct', k: 'AA', kid: 'a' }] }]])(
    'is not %j',
    (wrong) => {
      expect(() => publicKeysOfSet(wrong as never)).toThrow(expect.objectContaining({ code: 'key/malformed' }));
    },
  );
});
