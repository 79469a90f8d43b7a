import { parentPort, workerData } from 'node:worker_threads';
import { runJob, type DiagnosisJob, type ShardResult } from './job.ts';

/** What a worker is given. */
export interface WorkerInput {
  readonly job: DiagnosisJob;
  readonly shard: { readonly index: number; readonly count: number };
  /** Wall clock, milliseconds since the epoch: starting a worker takes time, which the budget does not forgive. */
  readonly deadlineMs: number;
}

const { job, shard, deadlineMs } = workerData as WorkerInput;
const budgetMs = deadlineMs - Date.now();
const result: ShardResult = budgetMs > 0 ? runJob(job, budgetMs, shard) : undefined;
parentPort?.postMessage(result);
