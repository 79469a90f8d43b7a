import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { describe, expect, test } from 'vitest';
import { credentialOf, findSecret } from '../src/credentials/find-credential.ts';
import { isLoopback } from '@countersign/core/providers/loopback';

const connection = 'endpoint=https://contoso.communication.azure.com/;accesskey=pw==';
const sinch = { SINCH_APPLICATION_KEY: 'key', SINCH_APPLICATION_SECRET: 'c2VjcmV0' };
const live = { host: 'calling.api.sinch.com' };

describe('a secret is looked for', () => {
  test('in the variable that --secret-env names, before anything else', () => {
    const env = { ...sinch, MINE: 'bWluZQ==' };
    expect(findSecret(sinchApplication, { secretEnv: 'MINE', keyId: 'k' }, env, live)).toEqual({
      text: 'bWluZQ==',
      keyId: 'k',
      origin: 'MINE',
    });
  });

  test("in the provider's own variables", () => {
    expect(findSecret(sinchApplication, {}, sinch, live)).toMatchObject({ text: 'c2VjcmV0', keyId: 'key' });
    const env = { COMMUNICATION_SERVICES_CONNECTION_STRING: connection };
    expect(findSecret(acsHmac, {}, env, { host: 'x' })).toMatchObject({
      text: 'pw==',
      host: 'contoso.communication.azure.com',
    });
  });

  test('in a connection string that --secret-env names too', () => {
    expect(findSecret(acsHmac, { secretEnv: 'MINE' }, { MINE: connection }, { host: 'x' })).toMatchObject({
      text: 'pw==',
    });
  });

  test('in the development account for this machine only', () => {
    expect(findSecret(acsHmac, {}, {}, { host: 'localhost:7509' }).origin).toBe('the development account');
    expect(() => findSecret(acsHmac, {}, {}, { host: 'contoso.example' })).toThrow(
      /set COMMUNICATION_SERVICES_CONNECTION_STRING/,
    );
    expect(() => findSecret(acsHmac, {}, {}, { host: undefined })).toThrow(/no secret for acs-hmac: set/);
  });

  test("in the development account wherever its key id gives a request away, as a callback's does", () => {
    const claimedKeyId = 'c0157e51-0000-4000-8000-000000000002';
    expect(findSecret(sinchApplication, {}, {}, { host: 'tunnel.example', claimedKeyId }).origin).toBe(
      'the development account',
    );
  });

  test('and the key id that a request names goes with a secret that has none', () => {
    const purpose = { ...live, claimedKeyId: 'claimed' };
    expect(findSecret(sinchApplication, { secretEnv: 'MINE' }, { MINE: 'bWluZQ==' }, purpose).keyId).toBe('claimed');
  });
});

describe('what cannot be used is refused', () => {
  test.each([
    ['an unset variable', { secretEnv: 'MINE' }, {}, /variable MINE is not set/],
    ['an empty variable', { secretEnv: 'MINE' }, { MINE: '' }, /variable MINE is empty/],
    ['two sources', { secretEnv: 'MINE', secretFile: 'f' }, { MINE: 'x' }, /both name a secret/],
    [
      'a missing file',
      { secretFile: '/nowhere/at/all' },
      {},
      /cannot read the file that --secret-file names \(ENOENT\)/,
    ],
    ['a key id that is empty', { keyId: '', secretEnv: 'MINE' }, { MINE: 'x' }, /--key-id is empty/],
    ['half of a pair', {}, { SINCH_APPLICATION_KEY: 'key' }, /SINCH_APPLICATION_SECRET is not/],
  ])('%s', (_, options, env, message) => {
    expect(() => findSecret(sinchApplication, options, env, live)).toThrow(
      expect.objectContaining({
        code: expect.stringMatching(/^(secret|usage)\//) as string,
        message: expect.stringMatching(message) as string,
      }),
    );
  });

  test.each([
    ['acs-hmac', acsHmac, { COMMUNICATION_SERVICES_CONNECTION_STRING: '' }],
    ['sinch-application', sinchApplication, { SINCH_APPLICATION_KEY: '', SINCH_APPLICATION_SECRET: '' }],
    ['sinch-application', sinchApplication, { SINCH_APPLICATION_SECRET: ' ' }],
  ])('a variable that is set and empty, not replaced by the public account: %s', (_, scheme, env) => {
    expect(() => findSecret(scheme, {}, env, { host: 'localhost:7509' })).toThrow(
      new RegExp(`variable ${Object.keys(env)[0]} is set, but empty`),
    );
  });

  test('the public secret for a key of one’s own; for the public key it is there, and so is a secret of one’s own', () => {
    const local = { host: 'localhost:7509' };
    expect(() => findSecret(sinchApplication, { keyId: 'mine' }, {}, local)).toThrow(
      /^--key-id names another key than the development account's.*give --secret-env NAME/,
    );
    const keyId = 'c0157e51-0000-4000-8000-000000000002';
    expect(findSecret(sinchApplication, { keyId }, {}, local).origin).toBe('the development account');
    const own = { keyId: 'mine', secretEnv: 'MINE' };
    expect(findSecret(sinchApplication, own, { MINE: 'bWluZQ==' }, local)).toMatchObject({ origin: 'MINE' });
  });

  test('a secret that cannot be decoded, naming its origin and not showing it', () => {
    const found = { text: 'not base64!', origin: 'MINE' };
    expect(() => credentialOf(sinchApplication, found)).toThrow(/^MINE: the secret is not base64: 11 characters/);
    expect(() => credentialOf(sinchApplication, found)).not.toThrow(/not base64!/);
  });
});

test.each([
  ['localhost', true],
  ['LOCALHOST:7509', true],
  ['app.localhost:1', true],
  ['127.0.0.1:7509', true],
  ['127.1.2.3', true],
  ['[::1]:7509', true],
  ['localhost.example.com', false],
  ['127.0.0.1.example.com', false],
  ['10.0.0.1', false],
  ['example.com', false],
])('%s is this machine: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
