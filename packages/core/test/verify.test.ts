import { contentHasher } from '@countersign/core/content-hasher';
import { headerValue, message, type Message } from '@countersign/core/message';
import { defineScheme, type Scheme } from '@countersign/core/scheme';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { messagebirdJwt } from '@countersign/core/schemes/messagebird-jwt';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { twilio } from '@countersign/core/schemes/twilio';
import { vonageWebhook } from '@countersign/core/schemes/vonage-webhook';
import { Secret } from '@countersign/core/secret';
import type { RefusalCode } from '@countersign/core/errors';
import { readClaims } from '@countersign/core/claims';
import { verify, type Verification } from '@countersign/core/verify';
import { createHmac } from 'node:crypto';
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

const at = (seconds: number): Date => new Date(signedAt.getTime() + seconds * 1000);
const verifyAcs = (request = acsRequest(), options = {}): Verification =>
  verify(acsHmac, acsCredential, request, { now: signedAt, ...options });
const verifySinch = (request = sinchRequest(), options = {}): Verification =>
  verify(sinchApplication, sinchCredential, request, { now: signedAt, ...options });

/** A token that nobody signed. */
const token = (header: object, claims: string): string =>
  [JSON.stringify(header), claims, 'x'.repeat(32)].map((part) => Buffer.from(part).toString('base64url')).join('.');
const verifyToken = (scheme: Scheme, text: string): Verification => {
  const { header, template } = scheme.authorization;
  const headers = { [header]: template.replace('{header}.{claims}.{signature}', text) };
  const request = message({ method: 'GET', url: 'https://example.com/hook', headers });
  return verify(scheme, { secret: new Secret('secret', 'utf8') }, request, { now: signedAt });
};

describe('every refusal has its code and says what was found', () => {
  const authorization = headerValue(acsRequest().headers, 'authorization') ?? '';
  const refusals: Record<RefusalCode, [Verification, RegExp]> = {
    'authorization/missing': [
      verifyAcs(withHeader(acsRequest(), 'authorization', undefined)),
      /no authorization header/,
    ],
    'authorization/duplicate': [verifyAcs(plusHeader(acsRequest(), 'Authorization', authorization)), /2 authorization/],
    'authorization/malformed': [
      verifyAcs(withHeader(acsRequest(), 'authorization', authorization.replace('&', ', '))),
      /not of the form "HMAC-SHA256 SignedHeaders=\{signedHeaders\}&Signature=\{signature\}"/,
    ],
    'authorization/signed-headers': [
      verifyAcs(withHeader(acsRequest(), 'authorization', authorization.replace('x-ms-date;host', 'host;x-ms-date'))),
      /"host;x-ms-date;x-ms-content-sha256"; expected x-ms-date;host;x-ms-content-sha256 or date;/,
    ],
    'key/unknown': [
      verify(sinchApplication, { ...sinchCredential, keyId: 'other' }, sinchRequest(), { now: signedAt }),
      /no credential was given for the key id "5F5C418A0F914BBC8234A9BF5EDDAD97"/,
    ],
    'date/missing': [verifyAcs(withHeader(acsRequest(), 'x-ms-date', undefined)), /no x-ms-date header/],
    'date/duplicate': [verifyAcs(plusHeader(acsRequest(), 'X-MS-Date', 'x')), /more than one x-ms-date/],
    'date/malformed': [
      verifyAcs(withHeader(acsRequest(), 'x-ms-date', '2024-05-27T09:08:07Z')),
      /"2024-05-27T09:08:07Z" in x-ms-date is not a date in the format rfc1123/,
    ],
    'date/expired': [
      verifyAcs(acsRequest(), { now: at(901) }),
      /signature is right, but it was made 15 min 1 s ago; the limit is 15 min/,
    ],
    'date/future': [verifyAcs(acsRequest(), { now: at(-901) }), /signature is right, but it is dated 15 min 1 s ahead/],
    'target/malformed': [
      verifyAcs({ ...acsRequest(), target: 'ftp://h/x' }),
      /target "ftp:\/\/h\/x" is neither a path beginning with "\/" nor an http\(s\) URL/,
    ],
    'body/malformed': [
      verify(
        twilio,
        { secret: new Secret('12345', 'utf8') },
        message({
          method: 'POST',
          url: 'https://example.com/voice',
          headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': 'AAAA' },
          body: 'Body=%zz',
        }),
      ),
      /part "[a-z]+" holds an escape that is none/,
    ],
    'header/missing': [verifyAcs(withHeader(acsRequest(), 'host', undefined)), /signed header "host" was not sent/],
    'header/duplicate': [
      verifySinch(plusHeader(sinchRequest(), 'content-type', 'text/html')),
      /"content-type" was sent 2 times/,
    ],
    'header/malformed': [
      verifySinch(withHeader(sinchRequest(), 'content-type', 'application/json\nx')),
      /part "content-type" holds "\\n", which could be read in another way/,
    ],
    'method/malformed': [verifyAcs({ ...acsRequest(), method: 'POST\n/' }), /part "method" holds "\\n"/],
    'content-hash/missing': [
      verifyAcs(withHeader(acsRequest(), 'x-ms-content-sha256', undefined)),
      /no x-ms-content-sha256/,
    ],
    'content-hash/mismatch': [
      verifyAcs({ ...acsRequest(), body: new TextEncoder().encode('{}') }),
      // Python: base64.b64encode(hashlib.sha256(b'{}').digest())
      /the body that arrived hashes to RBNvo1WzZ4oRRq0W9\+hknpT7T8If536DEMBg9hyq\/4o=/,
    ],
    'token/malformed': [
      verifyToken(vonageWebhook, token({ alg: 'HS256' }, '{"iat":1716800887,"iat":1716800887}')),
      /claims of the token: not a JSON object, each member once, in base64url/,
    ],
    'token/algorithm': [
      verifyToken(vonageWebhook, token({ alg: 'none' }, '{"iat":1716800887,"iss":"Vonage","jti":"x"}')),
      /says that it is not signed \(alg "none"\)/,
    ],
    'token/claim': [
      verifyToken(vonageWebhook, token({ alg: 'HS256' }, '{"iat":1716800887,"iss":"vonage","jti":"x"}')),
      /says iss "vonage"; expected "Vonage"/,
    ],
    'url-hash/missing': [
      verifyToken(messagebirdJwt, token({ alg: 'HS256' }, '{"exp":1716800887,"iss":"MessageBird","jti":"x"}')),
      /no claim "url_hash", so it is for any URL/,
    ],
    'url-hash/mismatch': [
      verifyToken(
        messagebirdJwt,
        token({ alg: 'HS256' }, '{"exp":1716800887,"iss":"MessageBird","jti":"x","url_hash":"ab"}'),
      ),
      /"url_hash" is of another URL than https:\/\/example\.com\/hook/,
    ],
    'signature/malformed': [
      verifyAcs(withHeader(acsRequest(), 'authorization', authorization.replace(/Signature=.*/, 'Signature=abc'))),
      /not 32 bytes in base64/,
    ],
    'signature/mismatch': [verifyAcs({ ...acsRequest(), method: 'PUT' }), /not that of this request/],
  };

  test.each(Object.entries(refusals))('%s', (code, [outcome, summary]) => {
    expect(outcome).toMatchObject({ ok: false, code, summary: expect.stringMatching(summary) });
  });

  test('a header is duplicated whatever its case, also one whose hash was right', () => {
    const hash = headerValue(acsRequest().headers, 'x-ms-content-sha256') ?? '';
    expect(verifyAcs(plusHeader(acsRequest(), 'X-MS-CONTENT-SHA256', hash))).toMatchObject({
      code: 'header/duplicate',
    });
    expect(verifyAcs(plusHeader(acsRequest(), 'HOST', 'contoso.communication.azure.com'))).toMatchObject({
      code: 'header/duplicate',
    });
  });

  test.each(['\n', '\r', '\0', '\ud800', '\udc00x'])('no signed value holds %j', (character) => {
    const holding = (text: string) => `${text.slice(0, 3)}${character}${text.slice(3)}`;
    expect(verifyAcs({ ...acsRequest(), method: holding('POST') })).toMatchObject({ code: 'method/malformed' });
    expect(verifyAcs({ ...acsRequest(), target: holding('/abc') })).toMatchObject({ code: 'target/malformed' });
    expect(verifyAcs(withHeader(acsRequest(), 'host', holding('example.com')))).toMatchObject({
      code: 'header/malformed',
    });
    const url = 'https://h/';
    const headers = { 'content-type': holding('text/plain') };
    expect(() => signed(sinchApplication, sinchCredential, message({ url, headers }))).toThrow(
      expect.objectContaining({ code: 'header/malformed' }),
    );
  });

  test('characters beyond ASCII, pairs of surrogates among them, are no reason to refuse', () => {
    const headers = { 'content-type': 'é😀日' };
    const request = signed(sinchApplication, sinchCredential, message({ url: 'https://h/é😀日', headers }));
    expect(verifySinch(request).ok).toBe(true);
  });

  test('a header that may be missing is not sent empty, because both sign alike', () => {
    const without = signed(sinchApplication, sinchCredential, message({ url: 'https://h/' }));
    expect(verifySinch(without).ok).toBe(true);
    expect(verifySinch(plusHeader(without, 'content-type', ''))).toMatchObject({
      code: 'header/malformed',
      summary: 'the signed header "content-type" is empty, which signs as if it had not been sent',
    });
  });

  test('no credential at all is an unknown key', () => {
    expect(verify(acsHmac, [], acsRequest(), { now: signedAt })).toMatchObject({
      code: 'key/unknown',
      summary: 'no credential was given',
    });
  });
});

describe('freshness', () => {
  test.each([
    ['ACS', verifyAcs, 900],
    ['Sinch', verifySinch, 300],
  ] as const)('%s accepts up to the edge of its window, either way', (_, verifyAt, seconds) => {
    for (const now of [at(seconds), at(-seconds), at(0)]) expect(verifyAt(undefined, { now }).ok).toBe(true);
    expect(verifyAt(undefined, { now: new Date(at(seconds).getTime() + 1) })).toMatchObject({ code: 'date/expired' });
    expect(verifyAt(undefined, { now: new Date(at(-seconds).getTime() - 1) })).toMatchObject({ code: 'date/future' });
  });

  test('has a window of one’s own, down to none', () => {
    expect(verifyAcs(acsRequest(), { now: at(5), toleranceSeconds: 5 }).ok).toBe(true);
    expect(verifyAcs(acsRequest(), { now: at(6), toleranceSeconds: 5 })).toMatchObject({ code: 'date/expired' });
    expect(verifyAcs(acsRequest(), { now: at(0), toleranceSeconds: 0 }).ok).toBe(true);
    expect(verifyAcs(acsRequest(), { now: at(1), toleranceSeconds: 0 })).toMatchObject({ code: 'date/expired' });
    expect(verifyAcs(acsRequest(), { now: at(1e9), toleranceSeconds: Number.POSITIVE_INFINITY }).ok).toBe(true);
  });

  test('is judged last: a forged request is never called expired', () => {
    expect(verifyAcs({ ...acsRequest(), method: 'PUT' }, { now: at(1e6) })).toMatchObject({
      code: 'signature/mismatch',
    });
  });

  test('uses the wall clock when it is given none', () => {
    expect(verify(acsHmac, acsCredential, acsRequest({ date: new Date() })).ok).toBe(true);
    expect(verify(acsHmac, acsCredential, acsRequest())).toMatchObject({ code: 'date/expired' });
  });
});

describe('rotation', () => {
  const secondary = { name: 'secondary', secret: new Secret('c2Vjb25kYXJ5IGtleQ==', 'base64') };

  test('says which of several keys matched', () => {
    const outcome = verify(acsHmac, [secondary, acsCredential], acsRequest(), { now: signedAt });
    expect(outcome).toMatchObject({ ok: true, credential: acsCredential });
  });

  test('tries only keys with the id that the request names', () => {
    const sameId = { ...sinchCredential, secret: secondary.secret, name: 'old' };
    const otherId = { ...sinchCredential, keyId: 'other' };
    const outcome = verify(sinchApplication, [sameId, otherId, sinchCredential], sinchRequest(), { now: signedAt });
    expect(outcome).toMatchObject({ ok: true, credential: sinchCredential });
    expect(verify(sinchApplication, [sameId, otherId], sinchRequest(), { now: signedAt })).toMatchObject({
      code: 'signature/mismatch',
    });
  });

  test('reads the claims first, for those who look a key up', () => {
    expect(readClaims(sinchApplication, sinchRequest())).toMatchObject({
      ok: true,
      claims: { keyId: sinchCredential.keyId, date: '2024-05-27T09:08:07.000Z', signedAtMs: signedAt.getTime() },
    });
    expect(readClaims(sinchApplication, message({ url: '/' }))).toMatchObject({
      ok: false,
      code: 'authorization/missing',
    });
  });
});

describe('tolerance', () => {
  const java = withHeader(acsRequest(), 'host', 'contoso.communication.azure.com:8443');

  test('is strict unless it is asked for', () => {
    expect(verifyAcs(java)).toMatchObject({ code: 'signature/mismatch' });
    expect(verifyAcs(java, { tolerate: [] })).toMatchObject({ code: 'signature/mismatch' });
  });

  test('goes by name, and names what it tolerated', () => {
    expect(verifyAcs(java, { tolerate: ['target-decoded'] })).toMatchObject({ code: 'signature/mismatch' });
    expect(verifyAcs(java, { tolerate: ['target-decoded', 'host-without-port'] })).toMatchObject({
      ok: true,
      deviation: { id: 'host-without-port', part: 'host' },
    });
    expect(verifyAcs(java, { tolerate: 'all' })).toMatchObject({ ok: true, deviation: { id: 'host-without-port' } });
  });

  test('says nothing of deviations where none was needed', () => {
    expect(verifyAcs(acsRequest(), { tolerate: 'all' })).not.toHaveProperty('deviation');
  });

  test('never widens the window of freshness', () => {
    expect(verifyAcs(java, { tolerate: 'all', now: at(901) })).toMatchObject({ code: 'date/expired' });
  });

  test('never takes a line break that was escaped for the end of a part', () => {
    const request = acsRequest();
    const { bytes } = acsCredential.secret.expose();
    const signedOver = (target: string): Message => {
      const [date, host, hash] = ['x-ms-date', 'host', 'x-ms-content-sha256'].map((name) =>
        headerValue(request.headers, name),
      );
      const signature = createHmac('sha256', bytes).update(`POST\n${target}\n${date};${host};${hash}`).digest('base64');
      const authorization = `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`;
      return withHeader({ ...request, target: encodeURI(target) }, 'authorization', authorization);
    };
    expect(verifyAcs(signedOver('/a b'), { tolerate: 'all' })).toMatchObject({ deviation: { id: 'target-decoded' } });
    expect(verifyAcs(signedOver('/a\nb'), { tolerate: 'all' })).toMatchObject({ code: 'signature/mismatch' });
  });

  test('refuses a name that the scheme does not know', () => {
    expect(() => verifyAcs(acsRequest(), { tolerate: ['host-without-prot'] })).toThrow(
      'acs-hmac knows no deviation "host-without-prot"; it knows query-form-encoded, target-decoded, host-without-port',
    );
  });
});

describe('the Authorization header of Sinch', () => {
  const authorization = headerValue(sinchRequest().headers, 'authorization') ?? '';

  test.each(['application', 'Application', 'APPLICATION', 'aPPlication'])('may begin with %s', (word) => {
    expect(verifySinch(withHeader(sinchRequest(), 'authorization', authorization.replace(/^\w+/, word))).ok).toBe(true);
  });

  test.each([
    ['another word', 'applications$2'],
    ['two spaces', 'application $2'],
    ['a tab', 'application\t$3'],
    ['a second signature', 'application$2,application$2'],
    ['quotes', 'application "$3"'],
    ['nothing after the word', 'application'],
    ['no key', 'application :abc'],
    ['no signature', 'application key:'],
  ])('may not have %s', (_, replacement) => {
    const malformed = authorization.replace(/^(\w+)( (.*))$/, replacement);
    expect(verifySinch(withHeader(sinchRequest(), 'authorization', malformed))).toMatchObject({
      code: 'authorization/malformed',
    });
  });

  test.each([
    '2024-05-27T09:08:07Z',
    '2024-05-27T09:08:07.1Z',
    '2024-05-27T09:08:07.2729234Z',
    '2024-05-27T09:08:07.123456789Z',
    '2024-05-27T09:08:07+00:00',
    '2024-05-27T09:08:07.123456+00:00',
  ])('goes with the timestamp %s, signed verbatim', (date) => {
    const request = sinchRequest({ date });
    expect(headerValue(request.headers, 'x-timestamp')).toBe(date);
    expect(verifySinch(request).ok).toBe(true);
  });
});

describe('the trace', () => {
  test.each([
    ['an accepted', acsRequest()],
    ['a refused', withHeader(acsRequest(), 'date', 'Mon, 01 Jan 2024 00:00:00 GMT')],
  ])('of %s request may be taken out of the result', (_, request) => {
    const { trace } = verifyAcs(request);
    expect(new TextDecoder().decode(trace()?.stringToSign)).toMatch(/^POST\n\/calling/);
  });

  test('of a refusal shows the received signature and six characters of the expected one', () => {
    const outcome = verifyAcs({ ...acsRequest(), method: 'PUT' });
    const trace = outcome.trace();
    expect(trace?.received).toBe(headerValue(acsRequest().headers, 'authorization')?.split('Signature=')[1]);
    expect(trace?.expected).toMatch(/^[A-Za-z0-9+/]{6}…$/);
    expect(new TextDecoder().decode(trace?.stringToSign)).toMatch(/^PUT\n\/calling/);
  });

  test('is absent where the request does not say enough to make one', () => {
    expect(verifyAcs(withHeader(acsRequest(), 'authorization', undefined)).trace()).toBeUndefined();
    expect(verifyAcs(withHeader(acsRequest(), 'host', undefined)).trace()).toBeUndefined();
  });

  test('never holds the key', () => {
    const { text, bytes } = acsCredential.secret.expose();
    for (const outcome of [verifyAcs(), verifyAcs({ ...acsRequest(), method: 'PUT' })]) {
      const shown = JSON.stringify([outcome, outcome.trace()]);
      expect(shown).not.toContain(text);
      expect(shown).not.toContain(JSON.stringify([...bytes]).slice(1, -1));
    }
  });
});

describe('a scheme of one’s own', () => {
  const bodySigned: Scheme = defineScheme({
    id: 'body-signed',
    title: 'Signs the body itself',
    documentation: 'https://example.com',
    key: { encoding: 'utf8' },
    mac: { algorithm: 'sha1', encoding: 'hex' },
    authorization: { header: 'x-signature', template: '{signature}' },
    parts: [
      { name: 'body', source: { from: 'body' }, after: '.' },
      { name: 'version', source: { from: 'literal', text: 'v1' }, after: '' },
    ],
    deviations: [],
  });
  const credential = { secret: new Secret('key', 'utf8') };

  test('is signed with and verified like the built-in ones', () => {
    const body = Uint8Array.of(0, 255, 10);
    const request = signed(bodySigned, credential, message({ method: 'POST', url: '/', body }));
    // Python: hmac.new(b'key', b'\x00\xff\n.v1', 'sha1').hexdigest()
    expect(request.headers).toEqual([['x-signature', 'f9878197e55a3b2a783cdda612cbcf83072660dc']]);
    expect(verify(bodySigned, credential, request).ok).toBe(true);
    expect(verify(bodySigned, credential, { ...request, body: Uint8Array.of(0, 255) })).toMatchObject({
      code: 'signature/mismatch',
    });
  });

  test('cannot use a body that was streamed when it signs the body itself', () => {
    const digest = contentHasher('sha1').digest();
    expect(() => signed(bodySigned, credential, message({ url: '/', body: digest }))).toThrow(
      expect.objectContaining({ code: 'body/streamed' }),
    );
  });

  test('whose body was streamed under another algorithm is told so', () => {
    const digest = contentHasher('md5').digest();
    expect(() => verifyAcs({ ...acsRequest(), body: digest })).toThrow(
      'the body was hashed with md5 as it streamed; this scheme needs sha256',
    );
  });
});
