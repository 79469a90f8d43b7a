import { expect, test } from 'vitest';
import { bounds } from '../../src/bounded/bounds.ts';
import { DiagnosisQueue, type QueuedDiagnosis } from '../../src/exchanges/diagnosis-queue.ts';

const ofBytes = (key: string, length: number): QueuedDiagnosis => ({
  key,
  job: {
    scheme: 'acs-hmac',
    credential: { secret: 'c2VjcmV0' },
    alsoSecrets: [],
    message: { method: 'POST', target: '/', headers: [], body: new Uint8Array(length) },
    nowMs: 0,
    publicHosts: [],
    callerHoldsKey: false,
  },
  onResult: () => {},
});

test('refused requests that wait for their search take no more memory than they may, however long each is', async () => {
  const queue = new DiagnosisQueue({ onInternalError: () => {} });
  for (let n = 0; n < 50; n += 1) queue.add(ofBytes(`k${n}`, 1_000_000));
  expect(queue.waitingBytes).toBeGreaterThan(1_000_000);
  expect(queue.waitingBytes).toBeLessThanOrEqual(bounds['brief-searches'].bytes);
  await queue.close();
  expect(queue.waitingBytes).toBe(0);
});
