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
/** The work is shared out at once: this thread is given too little to find anything. */
const atOnce = (workers: number) => ({ workers, aloneMs: 0, worthwhileMs: 80 });

describe('a search that is shared out', () => {
  test.each([
    ['that explains', key, ['layout/literal-newline']],
    ['in vain', 'b3RoZXIga2V5ISEhISEhIQ==', []],
  ])('gives the same answer with any number of threads: one %s', async (_, secret, ids) => {
    const answers = [];
    for (const workers of [1, 2, 3]) answers.push(await diagnoseInParallel(jobWith(secret), 160, atOnce(workers)));
    const [one, two, three] = answers.map((answer) => ({ ...answer, elapsedMs: 0 }));
    expect(one?.mistakes.map(({ id }) => id)).toEqual(ids);
    expect(two).toEqual(one);
    expect(three).toEqual(one);
  });

  test('counts the candidates of all its parts, and says what ended it', async () => {
    const spread = await diagnoseInParallel(jobWith('b3RoZXIga2V5ISEhISEhIQ=='), 160, atOnce(1));
    expect(spread.verdict).toBe('unexplained');
    expect(spread.notes.find(({ id }) => id === 'search')?.summary).toContain(String(spread.tried));
    const bound = spread.notes.find(({ id }) => id.startsWith('budget/'));
    expect(bound?.summary).toContain(
      bound?.id === 'budget/candidates' ? String(spread.tried) : 'all its parts together',
    );
  });
});
