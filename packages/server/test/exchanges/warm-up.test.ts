import { diagnose } from '@countersign/core/diagnose';
import { schemes } from '@countersign/core/schemes/catalog';
import type { Scheme } from '@countersign/core/scheme';
import { expect, test } from 'vitest';
import { warmUpJobs } from '../../src/exchanges/warm-up.ts';
import { plugs } from '../../src/plugs.ts';

test('the warm-up explains one request of each scheme, and then searches one in vain', () => {
  const ids = plugs.flatMap((plug) => plug.schemes);
  const jobs = warmUpJobs(ids, new Date('2024-05-27T09:08:07Z'));
  const budget = { mistakes: 1, candidates: 6_000 } as const;
  const found = jobs.map(({ scheme, credential, message, nowMs }) => {
    const own = schemes.find(({ id }) => id === scheme) as Scheme;
    const { verdict, mistakes } = diagnose(own, credential, message, { now: new Date(nowMs), budget });
    return [scheme, verdict, ...mistakes.map(({ id }) => id)];
  });
  expect(ids.length).toBeGreaterThan(0);
  expect(found).toEqual([
    ...ids.map((id) => [id, 'explained', 'method/other']),
    ...ids.map((id) => [id, 'unexplained']),
  ]);
});
