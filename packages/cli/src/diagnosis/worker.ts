import { parentPort, workerData } from 'node:worker_threads';
import { runJob, type DiagnosisJob, type ShardResult } from './job.ts';

/** What a worker is given. */
export interface WorkerInput {
  readonly job: DiagnosisJob;
  readonly shard: { readonly index: number; readonly count: number };
  /** This shard's work: the same on every machine with as many threads, however busy it is. */
  readonly candidates: number;
  readonly bytes: number;
  /** Wall clock, milliseconds since the epoch: starting a worker takes time, which the budget does not forgive. */
  readonly deadlineMs: number;
}

const { job, shard, candidates, bytes, deadlineMs } = workerData as WorkerInput;
const ms = deadlineMs - Date.now();
const result: ShardResult = ms > 0 ? runJob(job, { ms, candidates, bytes }, shard) : undefined;
parentPort?.postMessage(result);
