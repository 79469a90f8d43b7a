import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Diagnosis } from '@countersign/core/diagnose';
import { runJob, type DiagnosisJob, type ShardResult } from './job.ts';
import type { WorkerInput } from './worker.ts';

/** How the search is spread over threads. */
export interface Spread {
  readonly workers: number;
  /** How long this thread searches alone first, in milliseconds: nearly every explanation is found in less. */
  readonly aloneMs: number;
  /**
   * The smallest budget for which workers are started, in milliseconds. Measured on two cores: until a worker is loaded
   * and warm it has cost about a second, so within two seconds one warm thread tries more candidates than two cold ones,
   * and within eight the workers are ahead by half.
   */
  readonly worthwhileMs: number;
}

const maxWorkers = 8;
const usual: Spread = {
  workers: Math.min(availableParallelism(), maxWorkers),
  aloneMs: 1000,
  worthwhileMs: 4000,
};

/**
 * Diagnoses within a budget: on this thread, and for what a large budget leaves to be searched, on every core.
 *
 * @param budgetMs how long the search may take, in milliseconds
 */
export async function diagnoseInParallel(job: DiagnosisJob, budgetMs: number, spread = usual): Promise<Diagnosis> {
  const { workers, aloneMs, worthwhileMs } = spread;
  if (workers < 2 || budgetMs < worthwhileMs) return runJob(job, budgetMs);
  const startedMs = Date.now();
  const alone = runJob(job, aloneMs);
  const isExhausted = alone.elapsedMs < aloneMs;
  if (alone.verdict !== 'unexplained' || isExhausted) return alone;

  const shards = await searchShards(job, startedMs + budgetMs, workers);
  const explained = shards.find((diagnosis) => diagnosis.verdict !== 'unexplained');
  const tried = shards.reduce((sum, diagnosis) => sum + diagnosis.tried, alone.tried);
  return { ...countedNotes(explained ?? alone, tried), tried, elapsedMs: Date.now() - startedMs };
}

/** Every shard's result; those found before one of them explained the signature, if one did. */
async function searchShards(job: DiagnosisJob, deadlineMs: number, count: number): Promise<readonly Diagnosis[]> {
  const workers: Worker[] = [];
  const finished: Diagnosis[] = [];
  const shards = Array.from({ length: count }, (_, index) => {
    const input: WorkerInput = { job, shard: { index, count }, deadlineMs };
    const worker = new Worker(workerFile(), { workerData: input, execArgv: [] });
    workers.push(worker);
    return new Promise<ShardResult>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    }).then((result) => {
      if (result) finished.push(result);
      return result;
    });
  });
  try {
    await Promise.race([Promise.all(shards), ...shards.map(untilExplained)]);
    return finished;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Settles only when this shard explained the signature; the others end it otherwise. */
function untilExplained(shard: Promise<ShardResult>): Promise<void> {
  return new Promise((resolve, reject) => {
    shard.then((result) => result && result.verdict !== 'unexplained' && resolve(), reject);
  });
}

/** A worker is run by Node itself, which takes the built file. */
function workerFile(): URL {
  const isSource = import.meta.url.endsWith('.ts');
  return new URL(isSource ? '../../dist/diagnosis/worker.js' : './worker.js', import.meta.url);
}

/** The note that counts one thread's candidates counts all of them. */
function countedNotes(diagnosis: Diagnosis, tried: number): Diagnosis {
  const notes = diagnosis.notes.map(({ id, summary }) => ({
    id,
    summary: id === 'search' ? summary.replace(String(diagnosis.tried), String(tried)) : summary,
  }));
  return { ...diagnosis, notes };
}
