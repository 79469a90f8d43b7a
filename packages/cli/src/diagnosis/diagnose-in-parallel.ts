import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Diagnosis } from '@countersign/core/diagnose';
import { runJob, type DiagnosisJob, type ShardResult } from './job.ts';
import type { WorkerInput } from './worker.ts';

/** How the search is spread over threads. */
export interface Spread {
  readonly workers: number;
  /** The budget that this thread searches alone first, in milliseconds: nearly every explanation is found in less. */
  readonly aloneMs: number;
  /**
   * The smallest budget for which workers are started, in milliseconds. Until a worker is loaded and warm it has cost
   * about a second, in which one warm thread does a good part of the usual work.
   */
  readonly worthwhileMs: number;
}

const maxWorkers = 8;
const usual: Spread = {
  workers: Math.min(availableParallelism(), maxWorkers),
  aloneMs: 5_000,
  worthwhileMs: 20_000,
};

/** The work that belongs to a budget in milliseconds, as in core's own default. */
const work = (ms: number) => ({ candidates: 100 * ms, bytes: 50_000 * ms });

/**
 * Diagnoses within a budget: on this thread, and what a large budget leaves to be searched, on every core.
 *
 * @param budgetMs the most that the search may take, in milliseconds, and the measure of its work
 */
export async function diagnoseInParallel(job: DiagnosisJob, budgetMs: number, spread = usual): Promise<Diagnosis> {
  const { workers, aloneMs, worthwhileMs } = spread;
  if (workers < 2 || budgetMs < worthwhileMs) return runJob(job, { ms: budgetMs });
  const startedMs = Date.now();
  const alone = runJob(job, { ms: budgetMs, ...work(aloneMs) });
  if (alone.verdict !== 'unexplained' || boundNotes(alone).length === 0) return alone;

  const shards = await searchShards(job, startedMs + budgetMs, workers, budgetMs);
  const explained = shards.find((diagnosis) => diagnosis.verdict !== 'unexplained');
  const tried = shards.reduce((sum, diagnosis) => sum + diagnosis.tried, alone.tried);
  const elapsedMs = Date.now() - startedMs;
  if (explained) return { ...countedNotes(explained, tried), tried, elapsedMs };
  const bounds = new Map(shards.flatMap(boundNotes).map((note) => [note.id, note]));
  if (shards.length < workers) for (const note of boundNotes(alone)) bounds.set(note.id, note);
  if (bounds.has('budget/candidates')) {
    const summary = `The search ended after ${tried} candidates, those of all threads together.`;
    bounds.set('budget/candidates', { id: 'budget/candidates', summary });
  }
  const notes = [...alone.notes.filter(({ id }) => !id.startsWith('budget/')), ...bounds.values()];
  return { ...countedNotes({ ...alone, notes }, tried), tried, elapsedMs };
}

/** The notes that say what ended the search. */
function boundNotes({ notes }: Diagnosis): Diagnosis['notes'] {
  return notes.filter(({ id }) => id.startsWith('budget/'));
}

/** Every shard's result; those found before one of them explained the signature, if one did. */
async function searchShards(
  job: DiagnosisJob,
  deadlineMs: number,
  count: number,
  budgetMs: number,
): Promise<readonly Diagnosis[]> {
  const { candidates, bytes } = work(budgetMs / count);
  const workers: Worker[] = [];
  const finished: Diagnosis[] = [];
  const shards = Array.from({ length: count }, (_, index) => {
    const input: WorkerInput = { job, shard: { index, count }, candidates, bytes, deadlineMs };
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
