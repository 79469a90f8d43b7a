import { createHmac } from 'node:crypto';
import { message, type Message } from '@countersign/core/message';
import { defineScheme } from '@countersign/core/scheme';
import { vapi, vapiPlan, type VapiHmacPlan } from '@countersign/core/schemes/vapi';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { verify } from '@countersign/core/verify';
import { describe, expect, test } from 'vitest';
import { schemeVectors, signedVector } from './conformance/vectors.ts';

const now = new Date(1_717_000_000_000);

function published(id: string): { readonly request: Message; readonly secret: string; readonly now: Date } {
  const [vector] = schemeVectors.find(({ scheme }) => scheme.id === id)?.sign ?? [];
  if (!vector) throw new Error(`no vector of ${id}`);
  return { request: signedVector(vector), secret: vector.key.secret, now: new Date(Number(vector.date ?? 0) * 1000) };
}

describe('a plan that is set as another provider signs verifies what that provider published', () => {
  test.each<[string, VapiHmacPlan]>([
    [
      'github',
      {
        algorithm: 'sha256',
        signatureHeader: 'X-Hub-Signature-256',
        signaturePrefix: 'sha256=',
        includeTimestamp: false,
      },
    ],
    [
      'slack',
      {
        algorithm: 'sha256',
        signatureHeader: 'X-Slack-Signature',
        timestampHeader: 'X-Slack-Request-Timestamp',
        signaturePrefix: 'v0=',
        payloadFormat: 'v0:{timestamp}:{body}',
      },
    ],
    [
      'standard-webhooks',
      {
        algorithm: 'sha256',
        signatureHeader: 'Webhook-Signature',
        timestampHeader: 'Webhook-Timestamp',
        messageIdHeader: 'Webhook-Id',
        signaturePrefix: 'v1,',
        payloadFormat: '{svix-id}.{timestamp}.{body}',
        signatureEncoding: 'base64',
        secretIsBase64: true,
      },
    ],
  ])('%s', (id, plan) => {
    const vector = published(id);
    const scheme = defineScheme(vapiPlan(plan));
    expect(scheme.ambiguous).toBeUndefined();
    const secret = new Secret(vector.secret.replace('whsec_', ''), scheme.key.encoding);
    const { request } = vector;
    expect(verify(scheme, { secret }, request, { now: vector.now })).toMatchObject({ ok: true });
    const body = new TextEncoder().encode('changed');
    expect(verify(scheme, { secret }, { ...request, body }, { now: vector.now })).toMatchObject({ ok: false });
  });
});

test('the plan without further settings is the scheme', () => {
  expect(vapiPlan({ algorithm: 'sha256' })).toEqual(vapi);
});

test('method, URL and SHA-512 are signed as the format has them', () => {
  const plan = { algorithm: 'sha512', payloadFormat: '{method} {url} {timestamp} {body}' } as const;
  const scheme = vapiPlan(plan);
  const secret = new Secret('vapi-secret', 'utf8');
  const request = message({ method: 'POST', url: 'https://example.com/server?a=1', headers: {}, body: '{}' });
  const { signature } = sign(scheme, { secret }, request, { date: '1717000000' });
  const text = 'POST https://example.com/server?a=1 1717000000 {}';
  expect(signature).toBe(createHmac('sha512', 'vapi-secret').update(text).digest('hex'));
});

describe('a format by which bytes can move from one value to another', () => {
  test.each([
    '{url}{body}',
    '{url}.{body}',
    '{timestamp}{body}',
    '{body}{timestamp}',
    '{timestamp}0{body}',
    '{method}.{url}.{body}',
    '{body}.{svix-id}',
    '{svix-id}{body}',
  ])('%s is taken, and says so', (payloadFormat) => {
    const scheme = vapiPlan({ algorithm: 'sha256', payloadFormat, messageIdHeader: 'x-id' });
    expect(defineScheme(scheme).ambiguous).toContain('separates');
  });

  test.each(['{timestamp}.{body}', '{body}.{timestamp}', '{svix-id}.{timestamp}.{body}', 'v0:{timestamp}:{body}'])(
    '%s is none',
    (payloadFormat) => {
      const scheme = vapiPlan({ algorithm: 'sha256', payloadFormat, messageIdHeader: 'x-id' });
      expect(defineScheme(scheme).ambiguous).toBeUndefined();
    },
  );
});

test.each<[string, Partial<VapiHmacPlan>]>([
  ['no {body}', { payloadFormat: '{timestamp}' }],
  ['{toString}', { payloadFormat: '{body}{toString}' }],
  ['{timestamp}', { payloadFormat: '{timestamp}.{body}', includeTimestamp: false }],
  ['{svix-id}', { payloadFormat: '{svix-id}.{body}' }],
  ['twice', { payloadFormat: '{body}{body}' }],
  ['a brace', { signaturePrefix: '{' }],
])('a plan that cannot be followed is refused for %s', (problem, plan) => {
  expect(() => vapiPlan({ algorithm: 'sha256', ...plan })).toThrow(problem);
});

test('a request of a plan without a time is accepted at any time, and its result says that no time is signed', () => {
  const scheme = vapiPlan({ algorithm: 'sha1', includeTimestamp: false });
  const secret = new Secret('vapi-secret', 'utf8');
  const signature = createHmac('sha1', 'vapi-secret').update('{}').digest('hex');
  const request = message({ url: 'https://example.com/', headers: { 'X-Signature': signature }, body: '{}' });
  const result = verify(scheme, { secret }, request, { now });
  expect(result).toMatchObject({ ok: true, signsTime: false });
});
