import { expect, test } from 'vitest';
import { namedPolicy } from '../../src/callbacks/named-policy.ts';
import type { DeliveryPolicy } from '../../src/contract/delivery-policy.ts';

const policy = (timeoutMs: number): DeliveryPolicy => ({
  orderedBy: undefined,
  attemptsPerUrl: 1,
  backoffMs: [],
  timeoutMs,
  authenticate: async () => [],
});
const providers = [
  { name: 'post', deliveries: { letters: () => policy(1), parcels: (account: string) => policy(account.length) } },
  { name: 'pigeons' },
];

test('a callback is delivered by the policy that it names, for its account', () => {
  expect(namedPolicy(providers, { provider: 'post', policy: 'letters', account: 'a' }).timeoutMs).toBe(1);
  expect(namedPolicy(providers, { provider: 'post', policy: 'parcels', account: 'four' }).timeoutMs).toBe(4);
});

test.each([
  [
    { provider: 'post', policy: 'toString' },
    'the provider post has no delivery policy toString; it has letters, parcels',
  ],
  [{ provider: 'pigeons', policy: 'letters' }, 'the provider pigeons has no delivery policy letters; it has none'],
  [{ provider: 'nobody', policy: 'letters' }, 'the provider nobody has no delivery policy letters; it has none'],
])('a policy that nobody has is named: %j', (name, message) => {
  expect(() => namedPolicy(providers, { ...name, account: 'a' })).toThrow(message);
});
