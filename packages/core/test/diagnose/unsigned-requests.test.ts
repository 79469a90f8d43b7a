import { describe, expect, test } from 'vitest';
import { diagnose, type Diagnosis, type DiagnoseOptions } from '@countersign/core/diagnose';
import type { Header, Message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';

// Basic authentication, tokens and keys are no signatures: they are told as what they are, and nobody is accused of a
// mistake in a signature that is not there.

const now = new Date('2026-03-10T08:15:40Z');
const key = '7a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';
const secret = 'HWCj5ilsr/I1eLv+QYTHCg==';
const accessKey = 'Em3IKIPePpn0VK8PasUlgNs7lvFRrAxnwiJ92DiT7k6pCWS/H3rVNZDrS6YGYbwcd9IyjehIowNeuRl0zy+K5Q==';

function request(host: string, target: string, ...headers: readonly Header[]): Message {
  const body = new TextEncoder().encode('{"text":"Hello"}');
  return { method: 'POST', target, headers: [['Host', host], ['Content-Type', 'application/json'], ...headers], body };
}
const toSinch = (authorization: string, host = 'calling.api.sinch.com'): Message =>
  request(host, '/calling/v1/callouts', ['Authorization', authorization]);
const toAcs = (...headers: readonly Header[]): Message =>
  request('contoso.communication.azure.com', '/emails:send?api-version=2023-03-31', ...headers);
const ofSinch = (message: Message, options: DiagnoseOptions = {}): Diagnosis =>
  diagnose(sinchApplication, { keyId: key, secret }, message, { now, ...options });
const ofAcs = (message: Message): Diagnosis => diagnose(acsHmac, { secret: accessKey }, message, { now });
const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);
const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const said = ({ notes }: Diagnosis): string => notes.find(({ id }) => id === 'scheme/basic')?.summary ?? '';

describe('Basic authentication at Sinch', () => {
  test.each([
    ['the key and the secret', basic(key, secret)],
    ['in lower case', basic(key, secret).replace('Basic', 'basic')],
    ['without padding', basic(key, secret).replace(/=+$/, '')],
    ['with the user name of older clients', basic(`application\\${key}`, secret)],
  ])('is valid: %s', (_, authorization) => {
    const found = ofSinch(toSinch(authorization));
    expect(found).toMatchObject({ verdict: 'valid', mistakes: [], tried: 0 });
    expect(ids(found.notes)).toEqual(['scheme/basic']);
    expect(said(found)).toContain('recommends signed requests in production');
  });

  test('is valid with the pair of another application that was named', () => {
    const other = { keyId: 'c0157e51-0000-4000-8000-000000000002', secret: 'cHVibGljIGRldiBrZXkhIQ==' };
    const message = toSinch(basic(other.keyId, other.secret));
    expect(ofSinch(message, { alsoSecrets: [other] }).verdict).toBe('valid');
    expect(ofSinch(message).verdict).toBe('malformed');
  });

  test.each([
    ['another secret', basic(key, 'AAAAAAAAAAAAAAAAAAAAAA=='), 'the secret is not the one you gave'],
    ['a secret as long as a signature', basic(key, `${'A'.repeat(43)}=`), 'the secret is not the one you gave'],
    ['a newline after the secret', basic(key, `${secret}\n`), 'white space at an end'],
    ['another key', basic('c0157e51-0000-4000-8000-000000000002', secret), 'it names the key "c0157e51'],
    ['the key in upper case', basic(key.toUpperCase(), secret), 'in another spelling than'],
    ['secret before key', basic(secret, key), 'the secret stands in it before the key'],
    ['another secret before the key', basic('AAAAAAAAAAAAAAAAAAAAAA==', key), 'the secret stands in it before the key'],
    ['no base64', `Basic ${key}:${secret}`, 'is not the base64 text of "key:secret"'],
  ])('is malformed with %s, and no mistake in a signature', (_, authorization, words) => {
    const found = ofSinch(toSinch(authorization));
    expect(found).toMatchObject({ verdict: 'malformed', mistakes: [] });
    expect(said(found)).toContain(words);
    expect(JSON.stringify(found)).not.toContain(secret);
    expect(JSON.stringify(found)).not.toContain('AAAAAA');
  });

  test('is not judged by an application’s credentials where the API takes those of a project', () => {
    const found = ofSinch(toSinch(basic('key-id', 'key-secret'), 'eu.conversation.api.sinch.com'));
    expect(found).toMatchObject({ verdict: 'malformed', mistakes: [] });
    expect(ids(found.notes)).toEqual(['scheme/basic', 'scheme/not-for-this-api']);
  });
});

test('Basic authentication before a second header with a signature does not hide the signature', () => {
  const message = toSinch(basic('user', 'password'));
  const signed = {
    ...message,
    headers: [...message.headers, ['authorization', `application ${key}:c2lnbg==`] as const],
  };
  const found = ofSinch(signed, { budget: { candidates: 10 } });
  expect(found.verdict).toBe('unexplained');
  expect(ids(found.mistakes)).toContain('header/duplicated');
});

describe('a bearer token', () => {
  // {"iss":"https://auth.sinch.com/","aud":"https://api.sinch.com","exp":1773130500}, 40 s ago
  const claims = { iss: 'https://auth.sinch.com/', aud: 'https://api.sinch.com', exp: 1_773_130_500 };
  const token = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;

  test('is told plainly: who issued it, that it is over, and where it belongs', () => {
    const found = ofSinch(toSinch(`Bearer ${token}`));
    expect(found).toMatchObject({ verdict: 'malformed', mistakes: [{ id: 'scheme/other', proven: false }] });
    expect(found.mistakes[0]?.summary).toContain(
      'a bearer token (JWT), issued by https://auth.sinch.com/, for https://api.sinch.com, expired 40 s ago',
    );
    expect(found.mistakes[0]?.summary).toContain('Voice and Verification take none');
    expect(JSON.stringify(found)).not.toContain('c2ln');
  });

  test('at ACS is told apart: Entra’s is taken, a user’s is not', () => {
    const found = ofAcs(toAcs(['Authorization', `Bearer ${token}`]));
    expect(found).toMatchObject({ verdict: 'malformed', mistakes: [{ id: 'scheme/other' }] });
    expect(found.mistakes[0]?.summary).toMatch(/Microsoft Entra access token .* in place of a signature/);
  });

  test('that could be a digest is looked into, and is no signature', () => {
    const found = ofSinch(toSinch('Bearer 3f8a9b2c4d5e6f708192a3b4c5d6e7f8'));
    expect(found).toMatchObject({ verdict: 'malformed', mistakes: [{ id: 'scheme/other' }] });
  });

  test('is no mistake at an API that takes one', () => {
    const found = ofSinch(toSinch(`Bearer ${token}`, 'us.sms.api.sinch.com'));
    expect(found).toMatchObject({ verdict: 'malformed', mistakes: [] });
    expect(ids(found.notes)).toEqual(['scheme/not-for-this-api']);
  });
});

describe('the key itself in the request', () => {
  test.each([
    ['api-key', accessKey],
    ['x-api-key', accessKey],
    ['Ocp-Apim-Subscription-Key', accessKey],
    ['Authorization', `Bearer ${accessKey}`],
    ['Authorization', basic('', accessKey)],
    ['x-connection', `endpoint=https://contoso.communication.azure.com/;accesskey=${accessKey}`],
  ])('is told, in the header %s', (name, value) => {
    const found = ofAcs(toAcs([name, value]));
    expect(found).toMatchObject({ verdict: 'malformed', mistakes: [{ id: 'header/authorization-syntax' }] });
    expect(found.mistakes).toHaveLength(1);
    expect(found.mistakes[0]?.summary).toContain(`the key itself was sent, in the header ${name}`);
    expect(found.mistakes[0]?.summary).toContain('replace the key');
    expect(JSON.stringify(found)).not.toContain(accessKey.slice(0, 12));
  });

  test('is told in the URL', () => {
    const target = `/emails:send?api-version=2023-03-31&code=${encodeURIComponent(accessKey)}`;
    const found = ofAcs(request('contoso.communication.azure.com', target));
    expect(found.mistakes[0]?.summary).toContain('the key itself was sent, in the URL');
  });
});

test('a key id without a signature is said to be that', () => {
  for (const authorization of [
    `Application ${key}`,
    `application ${key}:`,
    'application {7A1B2C3D4E5F4A6B8C7D9E0F1A2B3C4D}',
  ]) {
    const found = ofSinch(toSinch(authorization));
    expect(found).toMatchObject({ verdict: 'malformed', mistakes: [{ id: 'header/authorization-syntax' }], tried: 0 });
    expect(found.mistakes[0]?.summary).toContain('has a key id and nothing after it');
  }
});

test('a whole header of another scheme is not read as this one’s', () => {
  const aws = `AWS4-HMAC-SHA256 Credential=AK/20260310/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'ab'.repeat(32)}`;
  const found = ofAcs(toAcs(['Authorization', aws]));
  expect(found).toMatchObject({ verdict: 'explained', mistakes: [{ id: 'scheme/other', proven: false }] });
  expect(found.mistakes).toHaveLength(1);
  expect(found.mistakes[0]?.fix.javascript).toContain('HMAC-SHA256 SignedHeaders=');
});
