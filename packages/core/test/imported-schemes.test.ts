import { message } from '@countersign/core/message';
import { schemeFromJson } from '@countersign/core/scheme-json';
import { Secret } from '@countersign/core/secret';
import { verify } from '@countersign/core/verify';
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';

// What each platform signs is written out here by hand, from its documentation.

const key = 'a-secret-of-this-platform';
const now = new Date(1_727_816_400_000);
const time = '1727816400';
const body = '{"event":"€"}';
const hmac = (algorithm: string, of: string, encoding: 'hex' | 'base64', secret: string | Uint8Array = key): string =>
  createHmac(algorithm, secret).update(of).digest(encoding);

function verdict(json: unknown, headers: Record<string, string>, sent = body): string {
  const scheme = schemeFromJson(JSON.stringify(json));
  const result = verify(
    scheme,
    { secret: new Secret(key, scheme.key.encoding) },
    message({ method: 'POST', url: 'https://a.example/hook', headers, body: sent }),
    { now },
  );
  return result.ok ? `accepted${result.signsTime ? '' : ', signs no time'}` : result.code;
}

describe('the HMAC authentication of an EventBridge webhook source', () => {
  const github = {
    Algorithm: 'SHA256',
    Encoding: 'HEX',
    SignatureHttpHeader: 'X-Hub-Signature-256',
    SignaturePrefix: 'sha256=',
    SignedMessageComposition: 'BODY',
    SecretValue: key,
  };
  const inOneHeader = {
    ...github,
    SignatureHttpHeader: 'Stripe-Signature',
    TimestampHttpHeader: 'stripe-signature',
    SignaturePrefix: 'v1=',
    TimestampPrefix: 't=',
    Delimiter: ',',
    SignedMessageComposition: 'TIMESTAMP_DOT_BODY',
  };
  const standard = {
    Algorithm: 'SHA256',
    Encoding: 'BASE64',
    SignatureHttpHeader: 'webhook-signature',
    SignaturePrefix: 'v1,',
    Delimiter: ' ',
    TimestampHttpHeader: 'webhook-timestamp',
    TimestampToleranceInSeconds: 60,
    MessageIdHttpHeader: 'webhook-id',
    SignedMessageComposition: 'MESSAGE_ID_DOT_TIMESTAMP_DOT_BODY',
  };

  test('verifies a signature of the body, and leaves the secret out of the scheme', () => {
    const headers = { 'x-hub-signature-256': `sha256=${hmac('sha256', body, 'hex')}` };
    expect(verdict(github, headers)).toBe('accepted, signs no time');
    expect(verdict(github, headers, `${body} `)).toBe('signature/mismatch');
    expect(JSON.stringify(schemeFromJson(JSON.stringify(github)))).not.toContain(key);
    const whole = { Name: 'x', WebhookConfiguration: { AuthConfiguration: { HmacAuthConfiguration: github } } };
    expect(verdict(whole, headers)).toBe('accepted, signs no time');
  });

  test('verifies time and signature in one header, any of several signatures', () => {
    const right = hmac('sha256', `${time}.${body}`, 'hex');
    expect(verdict(inOneHeader, { 'stripe-signature': `t=${time},v1=${'0'.repeat(64)},v1=${right}` })).toBe('accepted');
    expect(verdict(inOneHeader, { 'stripe-signature': `t=${Number(time) + 1},v1=${right}` })).toBe(
      'signature/mismatch',
    );
  });

  test('verifies message id, time and body, within its own window, under the bytes of a base64 secret', () => {
    const headersAt = (at: string, id = 'msg_1', secret: string | Uint8Array = key): Record<string, string> => ({
      'webhook-id': id,
      'webhook-timestamp': at,
      'webhook-signature': `v2,x v1,${hmac('sha256', `${id}.${at}.${body}`, 'base64', secret)}`,
    });
    expect(verdict(standard, headersAt(time))).toBe('accepted');
    expect(verdict(standard, headersAt(String(Number(time) - 61)))).toBe('date/expired');
    expect(verdict(standard, headersAt(time, 'msg.1'))).toBe('header/malformed');
    const scheme = schemeFromJson(JSON.stringify({ ...standard, SecretEncoding: 'BASE64' }));
    const bytes = Buffer.from('sixteen bytes or more');
    const request = message({
      method: 'POST',
      url: 'https://a.example/hook',
      headers: headersAt(time, 'msg_1', bytes),
      body,
    });
    const secret = new Secret(`whsec_${bytes.toString('base64')}`, scheme.key.encoding);
    expect(verify(scheme, { secret }, request, { now }).ok).toBe(true);
  });

  test.each([
    [{ ...github, Algorithm: 'SHA512' }, '`HmacAuthConfiguration.Algorithm` must be one of SHA256, SHA1'],
    [{ ...github, Prefix: 'x' }, 'unknown member `Prefix`'],
    [{ ...standard, MessageIdHttpHeader: undefined }, '`MessageIdHttpHeader` is missing'],
    [{ ...standard, TimestampHttpHeader: undefined }, '`TimestampHttpHeader` is missing'],
    [{ ...standard, TimestampToleranceInSeconds: 901 }, 'a number of seconds from 1 to 900'],
    [{ ...standard, TimestampPrefix: 't=' }, '`TimestampPrefix` of a header of its own'],
    [{ ...inOneHeader, Delimiter: undefined }, '`Delimiter` is missing'],
    [{ ...github, SignaturePrefix: '{keyId}' }, 'has a brace'],
  ])('says what cannot be used: %#', (json, why) => {
    expect(() => schemeFromJson(JSON.stringify(json))).toThrow(why);
  });
});

describe('an HMAC plan of Vapi', () => {
  const plan = { type: 'hmac', secretKey: key, algorithm: 'sha256' };

  test('verifies by its defaults, and by what it sets', () => {
    const right = { 'x-timestamp': time, 'x-signature': hmac('sha256', `${time}.${body}`, 'hex') };
    expect(verdict(plan, right)).toBe('accepted');
    expect(verdict({ provider: 'custom-credential', authenticationPlan: plan }, right)).toBe('accepted');
    const own = {
      ...plan,
      algorithm: 'sha1',
      signatureHeader: 'X-Sig',
      signaturePrefix: 'sha1=',
      includeTimestamp: false,
      signatureEncoding: 'base64',
    };
    expect(verdict(own, { 'x-sig': `sha1=${hmac('sha1', body, 'base64')}` })).toBe('accepted, signs no time');
    expect(JSON.stringify(schemeFromJson(JSON.stringify(plan)))).not.toContain(key);
  });

  test.each([
    [{ ...plan, algorithm: 'md5' }, '`authenticationPlan.algorithm` must be one of sha256, sha512, sha1'],
    [{ ...plan, payloadformat: '{body}' }, 'unknown member `payloadformat`'],
    [{ ...plan, payloadFormat: '{timestamp}' }, 'payloadFormat has no {body}'],
    [{ ...plan, payloadFormat: '{body}{id}' }, 'payloadFormat has {id}'],
  ])('says what cannot be used: %#', (json, why) => {
    expect(() => schemeFromJson(JSON.stringify(json))).toThrow(why);
  });
});
