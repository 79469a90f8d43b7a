import { diagnose, type Diagnosis } from '@countersign/core/diagnose';
import { message } from '@countersign/core/message';
import { schemes } from '@countersign/core/schemes/catalog';
import { expect, test } from 'vitest';
import {
  deliveredAt,
  providers,
  rightDelivery,
  sentBody,
  signatureOf,
  slips,
  type Provider,
} from './webhook-mistakes.ts';

const named = (found: Diagnosis): string[] =>
  [found.mistakes, ...found.alternatives].map((mistakes) => mistakes.map(({ id }) => id).join(' + '));

/** What is said of a delivery whose signature was made in some way. */
function judge(provider: Provider, signature: string): Diagnosis {
  const right = rightDelivery(provider);
  const scheme = schemes.find(({ id }) => id === provider.id);
  if (!scheme) throw new Error(`no scheme ${provider.id}`);
  const headers = [
    ['Host', 'app.example.com'],
    ['Content-Type', 'application/json'],
    ...provider.headers(signature, right.time, right.id),
  ] as const;
  const delivery = message({ method: 'POST', url: '/hook', headers, body: sentBody });
  const { secret } = provider;
  return diagnose(scheme, { secret }, delivery, { now: new Date(deliveredAt), budget: { ms: 15_000 } });
}

test.each(providers)('a delivery of $id that is as it should be is valid', (provider) => {
  expect(judge(provider, signatureOf(provider, rightDelivery(provider))).verdict).toBe('valid');
});

const broken = slips.map((slip, place) => {
  const cases = providers.flatMap((provider) => {
    const right = rightDelivery(provider);
    const change = slip.slip(right, provider);
    const signature = change && signatureOf(provider, { ...right, ...change });
    const changesNothing = signature === undefined || signature === signatureOf(provider, right);
    return changesNothing ? [] : [{ ...slip, signature, provider, of: provider.id }];
  });
  // `npm test` breaks a delivery of one provider in each way, `npm run test:matrix` one of each.
  return process.env['MATRIX'] === 'all' ? cases : [cases[place % cases.length]!];
});

test.each(broken.flat())('$id is named first for a delivery of $of: $what', ({ id, signature, provider }) => {
  expect(named(judge(provider, signature))[0]).toBe(id);
});
