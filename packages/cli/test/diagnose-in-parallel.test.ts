import { describe, expect, test } from 'vitest';
import { diagnoseInParallel } from '../src/diagnosis/diagnose-in-parallel.ts';
import type { DiagnosisJob } from '../src/diagnosis/job.ts';
import { readRawRequest } from '@countersign/core/requests/raw-request';

// The two characters \\ and n were signed for each line feed; signature and content hash computed with Python's hmac and hashlib.
const refused = `POST /calling/callConnections/401f3500-1b2c-4d5e-8f90-0123456789ab:play?api-version=2023-10-15 HTTP/1.1
Host: contoso.communication.azure.com
x-ms-date: Mon, 27 May 2024 09:08:07 GMT
x-ms-content-sha256: RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=
Authorization: HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=alVLe5ZvS+klibVRCgPjY76/2fBr51NZZXtS9/eE+KQ=

{}`;
const key = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==';
const jobWith = (secret: string): DiagnosisJob => ({
  scheme: 'acs-hmac',
  credential: { secret },
  message: readRawRequest(Buffer.from(refused)).message,
  options: { now: new Date('2024-05-27T09:08:07Z') },
});
/** Workers start at once: this thread is given too little time to find anything. */
const atOnce = { workers: 2, aloneMs: 1, worthwhileMs: 0 };

describe('a search that is spread over workers', () => {
  test('finds what one thread finds', async () => {
    const spread = await diagnoseInParallel(jobWith(key), 10_000, atOnce);
    expect(spread).toMatchObject({ verdict: 'explained', mistakes: [{ id: 'layout/literal-newline', proven: true }] });
  });

  test('keeps its budget, counts the candidates of all workers, and says so', async () => {
    const startedMs = performance.now();
    const spread = await diagnoseInParallel(jobWith('b3RoZXIga2V5ISEhISEhIQ=='), 700, atOnce);
    expect(performance.now() - startedMs).toBeLessThan(3000);
    expect(spread.verdict).toBe('unexplained');
    expect(spread.notes.find(({ id }) => id === 'search')?.summary).toContain(String(spread.tried));
  });
});
