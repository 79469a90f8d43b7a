import { createHmac } from 'node:crypto';
import { diagnose, type Diagnosis } from '@countersign/core/diagnose';
import { message } from '@countersign/core/message';
import { standardWebhooks } from '@countersign/core/schemes/standard-webhooks';
import { stripe } from '@countersign/core/schemes/stripe';
import { describe, expect, test } from 'vitest';

// While a secret is rolled, providers sign each delivery with the old one and the new one; the receiver has one of them.

const now = new Date(1_717_000_000_000);
const ids = ({ mistakes }: Diagnosis): string[] => mistakes.map(({ id }) => id);
const body = '{ "a": 1 }';

describe('a delivery of Stripe with the signatures of two secrets', () => {
  const [secret, other] = ['whsec_the_secret_at_hand', 'whsec_the_secret_of_before'];
  const v1 = (key: string, signed = body, encoding: 'hex' | 'base64' = 'hex'): string =>
    `v1=${createHmac('sha256', key).update(`1717000000.${signed}`).digest(encoding)}`;
  const judge = (...signatures: string[]): Diagnosis => {
    const headers = { 'Stripe-Signature': ['t=1717000000', ...signatures].join(',') };
    return diagnose(stripe, { secret }, message({ method: 'POST', url: '/hook', headers, body }), {
      now,
      budget: { ms: 15_000 },
    });
  };

  test.each([
    ['first', [v1(secret), v1(other)]],
    ['second', [v1(other), v1(secret)]],
    ['fourth', [v1(other), v1('1'), v1('2'), v1(secret)]],
  ])('is valid where the %s is right', (_, signatures) => {
    expect(judge(...signatures)).toMatchObject({ verdict: 'valid', mistakes: [] });
  });

  test('is told to a receiver that compares the first one alone', () => {
    const told = (...signatures: string[]): string[] =>
      judge(...signatures).notes.flatMap(({ id, summary }) => (id === 'signature/one-of-several' ? [summary] : []));
    expect(told(v1(other), v1(secret))).toEqual([
      expect.stringContaining('2 signatures, and number 2 is the right one'),
    ]);
    expect(told(v1(secret), v1(other))).toEqual([]);
    expect(told(v1(secret))).toEqual([]);
  });

  test('is explained by what the second one proves', () => {
    expect(ids(judge(v1(other, '{"a":1}'), v1(secret, '{"a":1}')))).toEqual(['body/reserialized']);
    expect(ids(judge(v1(other), v1(secret, body, 'base64')))).toEqual(['digest/encoding']);
  });
});

test('a delivery of Standard Webhooks whose second signature was made with the text of the secret is explained so', () => {
  const secret = `whsec_${Buffer.from('a secret of 24 bytes or so').toString('base64')}`;
  const mac = (key: string): string => createHmac('sha256', key).update(`m1.1717000000.${body}`).digest('base64');
  const headers = {
    'webhook-id': 'm1',
    'webhook-timestamp': '1717000000',
    'webhook-signature': `v1,${mac('another secret')} v1,${mac(secret)}`,
  };
  const found = diagnose(standardWebhooks, { secret }, message({ method: 'POST', url: '/hook', headers, body }), {
    now,
    budget: { ms: 15_000 },
  });
  expect(ids(found)).toEqual(['key/encoding']);
  expect(JSON.stringify(found)).not.toContain(secret);
});
