import { expect, test } from 'vitest';
import { diagnose, type Diagnosis } from '@countersign/core/diagnose';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { acsRequest } from './broken-requests.ts';
import { playIntent as intent } from './intents.ts';

test('shards divide the pair search and find what one search finds', () => {
  const message = acsRequest(intent, (signing) => {
    signing.target = `https://${signing.host}${signing.target}`;
    signing.method = 'post';
  });
  const found: readonly Diagnosis[] = [0, 1, 2].map((index) =>
    diagnose(acsHmac, { secret: intent.secret }, message, {
      now: intent.at,
      shard: { index, count: 3 },
      budget: { ms: 20_000, candidates: 80_000 },
    }),
  );
  const explained = found.filter(({ verdict }) => verdict === 'explained');
  expect(explained).toHaveLength(1);
  expect(explained[0]?.mistakes.map(({ id }) => id).toSorted()).toEqual(['method/case', 'url/absolute']);
});
