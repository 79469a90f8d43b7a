import type { Diagnosis } from '@countersign/core/diagnose';
import { builtWorker } from '../threads/built-worker.ts';
import { WorkerPool } from '../threads/worker-pool.ts';
import type { DiagnosisJob } from './diagnosis-job.ts';

/** A search is bounded by its work; this limit is for a thread that hangs. */
const timeoutMs = 120_000;

/** One thread that searches refused requests one after the other. It starts with the first of them. */
export function createDiagnosisThread(
  entry: URL = builtWorker('./diagnosis-worker.js', import.meta.url),
): WorkerPool<DiagnosisJob, Diagnosis> {
  return new WorkerPool({
    entry,
    size: 1,
    timeoutMs,
    name: 'diagnosis',
    describe: ({ message }) => `for a body of ${message.body.length} bytes`,
    error: (problem) => new Error(problem),
  });
}
