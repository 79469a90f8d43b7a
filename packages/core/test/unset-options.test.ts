import { acsEventTokenVerifier } from '@countersign/core/acs-event-token';
import { contentHasher } from '@countersign/core/content-hasher';
import { signedFetch } from '@countersign/core/fetch';
import { receiver } from '@countersign/core/receiver';
import { defineScheme, type Scheme } from '@countersign/core/scheme';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchNumbers } from '@countersign/core/schemes/sinch-numbers';
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { verify } from '@countersign/core/verify';
import { createHmac } from 'node:crypto';
import { SignJWT, createLocalJWKSet, exportJWK, generateKeyPair } from 'jose';
import { describe, expect, test } from 'vitest';
import { acsCredential, acsRequest, signedAt, sinchCredential, sinchRequest, thrownBy } from './requests.ts';

// A value that was never set must switch nothing off: each option that security hangs on is refused by its name.

const unset = [undefined, null, '', '  ', 42, {}, ['key'], new Uint8Array(16)];
const hidden = 'c2VjcmV0IGtleSBvZiBzb21lYm9keQ==';

describe('a secret', () => {
  test.each(unset)('of %j is refused, in every encoding', (text) => {
    for (const encoding of ['utf8', 'base64', 'hex'] as const) {
      expect(() => new Secret(text as never, encoding)).toThrow(
        expect.objectContaining({ name: 'CountersignError', code: 'secret/empty' }),
      );
    }
  });

  test.each([undefined, null, 'latin1', '', 'constructor', '__proto__', hidden])(
    'in the encoding %j is refused, and neither is shown',
    (encoding) => {
      const thrown = thrownBy(() => new Secret(hidden, encoding as never)) as Error;
      expect(thrown).toMatchObject({ code: 'secret/encoding' });
      expect(thrown.message).not.toContain(hidden.slice(0, 6));
    },
  );

  test('that was not set opens no webhook to whoever signs with nothing, or with "null"', () => {
    for (const [text, key] of [
      [undefined, ''],
      [null, 'null'],
    ] as const) {
      const judge = (scheme: Scheme, name: string, signature: string): unknown =>
        verify(
          scheme,
          { secret: new Secret(text as never, 'utf8') },
          { method: 'POST', target: '/', headers: [[name, signature]], body: new Uint8Array() },
        );
      const forged = createHmac('sha1', key).update('').digest('hex');
      expect(() => judge(sinchNumbers, 'x-sinch-signature', forged)).toThrow('the secret is not set');
      expect(() => judge(sinchWebhook, 'x-sinch-webhook-signature', forged)).toThrow('the secret is not set');
    }
  });
});

describe('a credential', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['no secret', {}],
    ['a secret of text', { secret: hidden }],
    ['a secret that looks like one', { secret: { encoding: 'utf8', mac: () => ({ text: () => '' }) } }],
  ])('of %s is refused by sign, verify, signedFetch and receiver', (_, credential) => {
    const given = credential as never;
    for (const use of [
      () => sign(acsHmac, given, acsRequest()),
      () => verify(acsHmac, given, acsRequest()),
      () => verify(acsHmac, [acsCredential, given], acsRequest()),
      () => signedFetch(acsHmac, given),
      () => receiver({ scheme: acsHmac, credentials: given }),
      () => receiver({ scheme: acsHmac, credentials: [acsCredential, given] }),
    ]) {
      const thrown = thrownBy(use) as Error;
      expect(thrown.message).toMatch(/^the credential needs a secret/);
      expect(thrown.message).not.toContain(hidden.slice(0, 6));
    }
  });

  test.each([undefined, null, '', 42])('with the key id %j is refused where requests name their key', (keyId) => {
    const credential = { ...sinchCredential, keyId } as never;
    for (const use of [
      () => sign(sinchApplication, credential, sinchRequest()),
      () => verify(sinchApplication, credential, sinchRequest()),
      () => signedFetch(sinchApplication, credential),
      () => receiver({ scheme: sinchApplication, credentials: credential }),
    ]) {
      expect(use).toThrow(expect.objectContaining({ code: 'key/id-missing' }));
    }
  });
});

const judging: [name: string, value: unknown][] = [
  ['toleranceSeconds', Number.NaN],
  ['toleranceSeconds', -1],
  ['toleranceSeconds', '300'],
  ['toleranceSeconds', null],
  ['tolerate', 'none'],
  ['tolerate', ''],
  ['tolerate', null],
  ['tolerate', { length: 0 }],
  ['furtherHeaders', 'x-role'],
  ['furtherHeaders', ['']],
  ['furtherHeaders', null],
];

describe('verifying', () => {
  test.each([...judging, ['now', new Date(Number.NaN)], ['now', signedAt.getTime()], ['now', null]] as typeof judging)(
    'with %s as %o is refused by its name',
    (name, value) => {
      expect(() => verify(acsHmac, acsCredential, acsRequest(), { [name]: value } as never)).toThrow(
        new RegExp(`^${name} .*\\bmust be `),
      );
    },
  );

  test('takes what is undefined for its default', () => {
    const options = { now: signedAt, toleranceSeconds: undefined, tolerate: undefined } as never;
    expect(verify(acsHmac, acsCredential, acsRequest(), options).ok).toBe(true);
    expect(verify(acsHmac, acsCredential, acsRequest(), { now: undefined } as never)).toMatchObject({
      code: 'date/expired',
    });
  });
});

describe('a receiver', () => {
  const right = { scheme: acsHmac, credentials: acsCredential };

  test.each([
    ...judging,
    ['scheme', undefined],
    ['scheme', 'acs-hmac'],
    ['credentials', []],
    ['now', signedAt],
    ['now', null],
    ['publicUrl', ''],
    ['publicUrl', null],
    ['publicUrl', 42],
    ['publicUrl', 'example.com'],
    ['publicUrl', '/hooks'],
    ['publicUrl', 'ftp://example.com/'],
    ['publicUrl', 'https:///hooks'],
    ['publicUrl', 'https://example.com/?x=1'],
    ['publicUrl', 'https://example.com/#x'],
    ['publicUrl', 'https://example.com/ hooks'],
  ])('with %s as %o is not made, and the option is named', (name, value) => {
    expect(() => receiver({ ...right, [name]: value } as never)).toThrow(new RegExp(`^${name} .*\\bmust be `));
  });

  test('looks at publicUrl first', () => {
    expect(() => receiver({ publicUrl: '' } as never)).toThrow(
      'publicUrl is empty: it must be an http(s) URL without user name, query and fragment, such as https://example.com/hooks',
    );
  });

  test('does not show a password in publicUrl', () => {
    const thrown = thrownBy(() => receiver({ ...right, publicUrl: `https://me:${hidden}@example.com/` })) as Error;
    expect(thrown.message).toMatch(/^publicUrl must be .*; this one has a user name$/);
    expect(thrown.message).not.toContain(hidden);
  });

  test('of a scheme of one’s own that is no scheme is not made', () => {
    expect(() => receiver({ ...right, scheme: { ...acsHmac, date: undefined } as never })).toThrow(
      'a date part needs `date`',
    );
  });
});

describe('a scheme of one’s own', () => {
  const { date, contentHash } = acsHmac;
  test.each([
    ['key.encoding', { key: {} }],
    ['key.encoding', { key: undefined }],
    ['mac.algorithm', { mac: { algorithm: 'sha3-256', encoding: 'hex' } }],
    ['mac.encoding', { mac: { algorithm: 'sha256', encoding: 'latin1' } }],
    ['authorization.header', { authorization: { header: '', template: '{signature}' } }],
    ['contentHash.algorithm', { contentHash: { ...contentHash, algorithm: undefined } }],
    ['contentHash.empty', { contentHash: { ...contentHash, empty: undefined } }],
    ['date.format', { date: { ...date, format: 'any' } }],
    ['date.toleranceSeconds', { date: { ...date, toleranceSeconds: Number.NaN } }],
    ['date.toleranceSeconds', { date: { ...date, toleranceSeconds: -1 } }],
    ['date.toleranceSeconds', { date: { ...date, toleranceSeconds: undefined } }],
    ['date.toleranceSeconds', { date: { ...date, toleranceSeconds: '60' } }],
    ['parts: source of x', { parts: [{ name: 'x', source: { from: 'boby' }, after: '' }] }],
    ['parts: header of x', { parts: [{ name: 'x', source: { from: 'header', absent: 'blank' }, after: '' }] }],
    ['parts: absent of x', { parts: [{ name: 'x', source: { from: 'header', header: 'a' }, after: '' }] }],
    ['parts: form of x', { parts: [{ name: 'x', source: { from: 'target' }, after: '' }] }],
  ])('is refused for its %s: %j', (name, change) => {
    expect(() => defineScheme({ ...acsHmac, ...change } as never)).toThrow(`\`${name}\` must be `);
  });
});

describe('the verifier of ACS event tokens', () => {
  const resourceId = 'c0157e51-0000-4000-8000-000000000001';

  test.each([
    ['resourceId', undefined],
    ['resourceId', null],
    ['resourceId', ''],
    ['resourceId', ' '],
    ['resourceId', 42],
    ['resourceId', [resourceId]],
    ['issuer', ''],
    ['issuer', null],
    ['jwksUrl', ''],
    ['jwksUrl', null],
    ['jwksUrl', 'localhost:7509/keys'],
    ['jwksUrl', 'file:///keys.json'],
    ['jwksUrl', 'https://'],
    ['keys', null],
    ['keys', { keys: [] }],
    ['clockToleranceSeconds', Number.NaN],
    ['clockToleranceSeconds', -1],
    ['clockToleranceSeconds', '60'],
    ['clockToleranceSeconds', Number.POSITIVE_INFINITY],
    ['clockToleranceSeconds', null],
    ['now', new Date()],
    ['now', null],
  ])('with %s as %o is not made, and the option is named', (name, value) => {
    expect(() => acsEventTokenVerifier({ resourceId, [name]: value } as never)).toThrow(
      new RegExp(`^${name} .*\\bmust be `),
    );
  });

  test('takes no token for fresh because its clock is no time', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .setIssuer('https://acscallautomation.communication.azure.com')
      .setAudience(resourceId)
      .setExpirationTime(1)
      .sign(privateKey);
    const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' }] });
    const judge = acsEventTokenVerifier({ resourceId, keys, now: () => new Date(Number.NaN) });
    await expect(judge(`Bearer ${token}`)).rejects.toThrow('now() must be a valid Date');
    expect(await acsEventTokenVerifier({ resourceId, keys })(`Bearer ${token}`)).toMatchObject({
      code: 'token/expired',
    });
  });
});

test.each([
  ['fetch', null],
  ['fetch', 'fetch'],
  ['now', null],
  ['now', signedAt],
])('a signing fetch with %s as %o is not made', (name, value) => {
  expect(() => signedFetch(acsHmac, acsCredential, { [name]: value } as never)).toThrow(
    new RegExp(`^${name} .*\\bmust be `),
  );
});

test.each([undefined, 'sha3-256', 'constructor'])('a hasher of %s is not made', (algorithm) => {
  expect(() => contentHasher(algorithm as never)).toThrow(
    /^algorithm must be one of md5, sha1, sha256, sha384, sha512/,
  );
});
