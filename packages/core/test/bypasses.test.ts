import { headerValue, message, type Message } from '@countersign/core/message';
import { defineScheme } from '@countersign/core/scheme';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { verify, type Verification } from '@countersign/core/verify';
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  acsCredential,
  acsRequest,
  plusHeader,
  signed,
  signedAt,
  sinchCredential,
  sinchRequest,
  withHeader,
} from './requests.ts';
import { processorMs } from '../../../tools/processor-ms.ts';

// Ways around a signature that other verifiers have let through.

const muchLater = new Date(signedAt.getTime() + 3_600_000);
const verifyAcs = (request: Message, now = signedAt): Verification =>
  verify(acsHmac, acsCredential, request, { now, tolerate: 'all' });
const verifySinch = (request: Message, now = signedAt): Verification =>
  verify(sinchApplication, sinchCredential, request, { now, tolerate: 'all' });

describe('an old signature beside a fresh date that is not signed', () => {
  test.each([
    ['x-ms-date signed, Date added', 'x-ms-date', 'Date'],
    ['Date signed, x-ms-date added', 'date', 'x-ms-date'],
  ])('%s', (_, signedHeader, addedHeader) => {
    const replayed = plusHeader(acsRequest({ dateHeader: signedHeader }), addedHeader, muchLater.toUTCString());
    expect(verifyAcs(replayed, muchLater)).toMatchObject({ ok: false, code: 'date/expired' });
  });

  test('is noted where the signed date is fresh', () => {
    const request = plusHeader(acsRequest(), 'Date', muchLater.toUTCString());
    expect(verifyAcs(request)).toMatchObject({ ok: true, notes: [{ id: 'header/duplicated' }] });
  });

  test('is no note where both say the same', () => {
    expect(verifyAcs(plusHeader(acsRequest(), 'Date', signedAt.toUTCString()))).toMatchObject({ ok: true, notes: [] });
  });

  test('cannot be put in the place of the signed one', () => {
    expect(verifyAcs(withHeader(acsRequest(), 'x-ms-date', muchLater.toUTCString()), muchLater)).toMatchObject({
      code: 'signature/mismatch',
    });
    expect(verifySinch(withHeader(sinchRequest(), 'x-timestamp', muchLater.toISOString()), muchLater)).toMatchObject({
      code: 'signature/mismatch',
    });
  });

  test('cannot be put before the signed one', () => {
    const request = acsRequest();
    const doubled = { ...request, headers: [['x-ms-date', muchLater.toUTCString()], ...request.headers] as const };
    expect(verifyAcs(doubled, muchLater)).toMatchObject({ code: 'date/duplicate' });
  });
});

describe('body and hash swapped together', () => {
  const other = new TextEncoder().encode('{"playSources":[{"kind":"text"}]}');

  test('are refused, because the hash is signed', () => {
    const hash = createHash('sha256').update(other).digest('base64');
    const swapped = { ...withHeader(acsRequest(), 'x-ms-content-sha256', hash), body: other };
    expect(verifyAcs(swapped)).toMatchObject({ code: 'signature/mismatch' });
  });

  test('are refused when the list of signed headers leaves the hash out', () => {
    const { secret } = acsCredential;
    const date = signedAt.toUTCString();
    const forged = createHmac('sha256', secret.expose().bytes).update(`POST\n/\n${date};h`).digest('base64');
    const request = message({
      method: 'POST',
      url: '/',
      headers: {
        Host: 'h',
        'x-ms-date': date,
        'x-ms-content-sha256': createHash('sha256').update(other).digest('base64'),
        Authorization: `HMAC-SHA256 SignedHeaders=x-ms-date;host&Signature=${forged}`,
      },
      body: other,
    });
    expect(verifyAcs(request)).toMatchObject({ code: 'authorization/signed-headers' });
  });

  test('cannot happen in a scheme of one’s own: a hash or date that is sent must be signed', () => {
    const scheme = { ...acsHmac, deviations: [], parts: acsHmac.parts.filter(({ name }) => name !== 'content-hash') };
    expect(() => defineScheme(scheme)).toThrow('`contentHash` is not signed');
    const undated = { ...acsHmac, deviations: [], parts: acsHmac.parts.filter(({ name }) => name !== 'date') };
    expect(() => defineScheme(undated)).toThrow('`date` is not signed');
  });
});

test.each([
  ['another order', 'host;x-ms-date;x-ms-content-sha256'],
  ['capitals', 'X-MS-Date;Host;X-MS-Content-SHA256'],
  ['a header left out', 'x-ms-date;host'],
  ['a header more', 'x-ms-date;host;x-ms-content-sha256;content-type'],
  ['both dates', 'date;x-ms-date;host;x-ms-content-sha256'],
  ['a repeated header', 'x-ms-date;x-ms-date;host;x-ms-content-sha256'],
  ['commas', 'x-ms-date,host,x-ms-content-sha256'],
])('a list of signed headers with %s is refused', (_, list) => {
  const authorization = headerValue(acsRequest().headers, 'authorization')?.replace(
    /SignedHeaders=[^&]*/,
    `SignedHeaders=${list}`,
  );
  expect(verifyAcs(withHeader(acsRequest(), 'authorization', authorization))).toMatchObject({
    ok: false,
    code: expect.stringMatching(/^authorization\/(signed-headers|malformed)$/),
  });
});

test('an empty secret is no secret', () => {
  for (const encoding of ['base64', 'utf8', 'hex'] as const) {
    expect(() => new Secret('', encoding)).toThrow(expect.objectContaining({ code: 'secret/empty' }));
  }
});

test('a signature made with an empty key is refused', () => {
  const parts = ['POST', 'jANzQ+rgAHyf1MWQFSwvYw==', 'application/json', 'x-timestamp:2024-05-27T09:08:07.000Z'];
  const text = [...parts, '/calling/v1/callouts'].join('\n');
  const forged = `application ${sinchCredential.keyId}:${createHmac('sha256', '').update(text).digest('base64')}`;
  expect(verifySinch(withHeader(sinchRequest(), 'authorization', forged))).toMatchObject({
    code: 'signature/mismatch',
  });
});

describe('part of a signature, or more than one', () => {
  const authorization = headerValue(sinchRequest().headers, 'authorization') ?? '';
  const refused = (value: string): Verification => verifySinch(withHeader(sinchRequest(), 'authorization', value));

  test('every prefix of the right signature is refused', () => {
    const start = authorization.indexOf(':') + 1;
    for (let end = start; end < authorization.length; end++)
      expect(refused(authorization.slice(0, end)).ok).toBe(false);
  });

  test.each([
    ['followed by a character', 'A'],
    ['followed by padding', '='],
    ['followed by a NUL', '\0'],
    ['followed by white space', ' '],
    ['followed by a newline', '\n'],
    ['twice', `,${authorization}`],
  ])('the right signature %s is refused', (_, suffix) => {
    expect(refused(authorization + suffix).ok).toBe(false);
  });

  test('another spelling of the same bytes is refused', () => {
    const [head = '', signature = ''] = authorization.split(':');
    const hex = Buffer.from(signature, 'base64').toString('hex');
    const urlSafe = signature.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
    // The last digit before one "=" carries two unused bits.
    const unusedBits = signature.replace(
      /(.)=$/,
      (_, last: string) => `${String.fromCharCode(last.charCodeAt(0) + 1)}=`,
    );
    for (const spelled of [hex, urlSafe, unusedBits]) expect(refused(`${head}:${spelled}`).ok).toBe(false);
  });

  test('a second Authorization header is refused, right or wrong, before or after', () => {
    const request = sinchRequest();
    expect(verifySinch(plusHeader(request, 'authorization', authorization))).toMatchObject({
      code: 'authorization/duplicate',
    });
    const before = { ...request, headers: [['AUTHORIZATION', 'Basic eDp5'], ...request.headers] as const };
    expect(verifySinch(before)).toMatchObject({ code: 'authorization/duplicate' });
  });
});

test('one provider’s signature says nothing to the other', () => {
  expect(verify(sinchApplication, sinchCredential, acsRequest(), { now: signedAt }).ok).toBe(false);
  expect(verify(acsHmac, acsCredential, sinchRequest(), { now: signedAt }).ok).toBe(false);
});

test('a tolerated deviation opens no way to another body, date or method', () => {
  for (const [request, check] of [
    [signed(acsHmac, acsCredential, message({ method: 'PUT', url: 'https://h/a%20b?c=~', body: 'x' })), verifyAcs],
    [
      signed(sinchApplication, sinchCredential, message({ method: 'PUT', url: 'https://h/a%20b?c=~', body: 'x' })),
      verifySinch,
    ],
  ] as const) {
    expect(check(request).ok).toBe(true);
    expect(check({ ...request, method: 'POST' }).ok).toBe(false);
    expect(check({ ...request, body: new Uint8Array() }).ok).toBe(false);
    expect(check({ ...request, target: '/a' }).ok).toBe(false);
  }
});

test('header names that are properties of every object are ordinary names', () => {
  const request = {
    ...acsRequest(),
    headers: [...acsRequest().headers, ['__proto__', 'x'], ['constructor', 'y']] as const,
  };
  expect(verifyAcs(request).ok).toBe(true);
});

test('a header of a hundred thousand characters is refused without delay', () => {
  const long = `application ${'a'.repeat(100_000)}`;
  const tookMs = processorMs(() => {
    expect(verifySinch(withHeader(sinchRequest(), 'authorization', long))).toMatchObject({
      code: 'authorization/malformed',
    });
    expect(verifyAcs(withHeader(acsRequest(), 'x-ms-date', ' '.repeat(100_000)))).toMatchObject({
      code: 'date/malformed',
    });
  });
  expect(tookMs).toBeLessThan(1000);
});
