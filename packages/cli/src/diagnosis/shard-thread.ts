import { Worker } from 'node:worker_threads';
import type { Diagnosis } from '@countersign/core/diagnose';
import { runJob } from './job.ts';
import type { WorkerInput } from './worker.ts';

/** Something that searches one shard at a time. */
export interface ShardThread {
  search(input: WorkerInput): Promise<Diagnosis>;
  close(): Promise<unknown>;
}

/** This thread itself. */
export const ownThread: ShardThread = {
  search: async ({ job, budget, shard }) => runJob(job, budget, shard),
  close: async () => {},
};

export function startThread(): ShardThread {
  const worker = new Worker(workerFile(), { execArgv: [] });
  return {
    search: (input) =>
      new Promise((resolve, reject) => {
        worker.once('error', reject);
        worker.once('message', (diagnosis: Diagnosis) => {
          worker.off('error', reject);
          resolve(diagnosis);
        });
        worker.postMessage(input);
      }),
    close: () => worker.terminate(),
  };
}

/** A worker is run by Node itself, which takes the built file. */
function workerFile(): URL {
  const isSource = import.meta.url.endsWith('.ts');
  return new URL(isSource ? '../../dist/diagnosis/worker.js' : './worker.js', import.meta.url);
}
