import { parentPort } from 'node:worker_threads';
import type { DiagnoseOptions } from '@countersign/core/diagnose';
import { runJob, type DiagnosisJob } from './job.ts';

/** One shard of a search. */
export interface WorkerInput {
  readonly job: DiagnosisJob;
  readonly shard: NonNullable<DiagnoseOptions['shard']>;
  /** This shard's work: the same on every machine, however busy it is. */
  readonly budget: NonNullable<DiagnoseOptions['budget']>;
}

parentPort?.on('message', ({ job, budget, shard }: WorkerInput) => {
  parentPort?.postMessage(runJob(job, budget, shard));
});
