import { createHmac } from 'node:crypto';
import { diagnose, type Diagnosis } from '@countersign/core/diagnose';
import { message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import { github } from '@countersign/core/schemes/github';
import { openai } from '@countersign/core/schemes/openai';
import { plivoV1 } from '@countersign/core/schemes/plivo-v1';
import { shopify } from '@countersign/core/schemes/shopify';
import { signalwire } from '@countersign/core/schemes/signalwire';
import { slack } from '@countersign/core/schemes/slack';
import { stripe } from '@countersign/core/schemes/stripe';
import { twilio } from '@countersign/core/schemes/twilio';
import { expect, test } from 'vitest';

// Whoever configures a receiver takes the wrong one of the keys that a provider hands out; the form of many tells.

const [seconds, body] = ['1796000400', '{"livemode":false}'];
const hex = 'a0'.repeat(16);

function judge(scheme: Scheme, secret: string, headers: Record<string, string>): Diagnosis {
  const request = { method: 'POST', url: 'https://hooks.example.org/in', headers, body };
  const options = { now: new Date(Number(seconds) * 1000), exactBody: true, budget: { ms: 30, mistakes: 1 } } as const;
  return diagnose(
    scheme,
    { secret },
    message({ ...request, headers: { Host: 'hooks.example.org', ...headers } }),
    options,
  );
}
const mac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('hex');
const stripeSigned = (key: string) => ({ 'Stripe-Signature': `t=${seconds},v1=${mac(key, `${seconds}.${body}`)}` });
const unknown = 'a secret that nobody has here';
const sha1 = createHmac('sha1', unknown).update('x').digest('base64');

test.each<[string, string, Scheme, string, Record<string, string>]>([
  ['an API key', 'Stripe', stripe, `sk_live_${hex}`, stripeSigned(unknown)],
  ['a publishable API key', 'Stripe', stripe, `pk_test_${hex}`, stripeSigned(unknown)],
  ['an access token', 'GitHub', github, `ghp_${hex}`, { 'X-Hub-Signature-256': `sha256=${mac(unknown, body)}` }],
  [
    'a token',
    'Slack',
    slack,
    `xoxb-1-${hex}`,
    { 'X-Slack-Request-Timestamp': seconds, 'X-Slack-Signature': `v0=${mac(unknown, body)}` },
  ],
  [
    'an access token',
    'Shopify',
    shopify,
    `shpat_${hex}`,
    { 'X-Shopify-Hmac-Sha256': createHmac('sha256', unknown).update(body).digest('base64') },
  ],
  ['an account SID', 'Twilio', twilio, `AC${hex}`, { 'X-Twilio-Signature': sha1 }],
  ['an auth id', 'Plivo', plivoV1, 'MA2025RK4E639VJFZAGV', { 'X-Plivo-Signature': sha1 }],
  [
    'an API token',
    'SignalWire',
    signalwire,
    `PT${hex}`,
    { 'X-SignalWire-Signature': createHmac('sha1', unknown).update(body).digest('hex') },
  ],
])('%s of %s is told to be no signing secret', (is, _, scheme, secret, headers) => {
  const { verdict, mistakes } = judge(scheme, secret, headers);
  expect(verdict).toBe('unexplained');
  expect(mistakes).toMatchObject([{ id: 'key/kind', certainty: 'likely', proven: false }]);
  expect(mistakes[0]?.summary).toContain(`looks like ${is}`);
  expect(JSON.stringify(mistakes)).not.toContain(secret);
});

test('an API key in the place of a secret that is base64 is told as well', () => {
  const headers = { 'webhook-id': 'm1', 'webhook-timestamp': seconds, 'webhook-signature': `v1,${sha1}` };
  expect(judge(openai, `sk-${hex}`, headers).mistakes.map(({ id }) => id)).toContain('key/kind');
});

test('a key of whatever form is accused of nothing where it signs', () => {
  for (const key of [`sk_live_${hex}`, `whsec_${hex}`]) {
    const { verdict, mistakes } = judge(stripe, key, stripeSigned(key));
    expect([verdict, mistakes]).toEqual(['valid', []]);
  }
});

test('where the body tells its mode, the secret of the other mode is warned of', () => {
  const { mistakes, notes } = judge(stripe, `whsec_${hex}`, stripeSigned(unknown));
  expect(mistakes).toEqual([]);
  expect(notes.find(({ id }) => id === 'key/kind')?.summary).toMatch(/^The body is of test mode: /);
});
