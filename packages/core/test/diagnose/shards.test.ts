import { expect, test } from 'vitest';
import { diagnose, type Diagnosis } from '@countersign/core/diagnose';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { acsRequest, type Intent } from './broken-requests.ts';

const intent: Intent = {
  method: 'POST',
  host: 'contoso.communication.azure.com',
  path: '/calling/callConnections/401f3500-1b2c-4d5e-8f90-0123456789ab:play',
  query: 'api-version=2023-10-15',
  contentType: 'application/json',
  body: '{"text":"Hello"}',
  at: new Date('2024-05-27T09:08:07Z'),
  secret: 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==',
};

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
