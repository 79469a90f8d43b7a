import { availableParallelism } from 'node:os';
import type { Diagnosis } from '@countersign/core/diagnose';
import { runJob, type DiagnosisJob } from './job.ts';
import { merged } from './merge-shards.ts';
import { ownThread, startThread, type ShardThread } from './shard-thread.ts';
import type { WorkerInput } from './worker.ts';

/** How the search is spread. */
export interface Spread {
  /** Threads that search at the same time. They make it faster, and change no answer. */
  readonly workers: number;
  /** The budget that this thread searches alone first, in milliseconds: nearly every explanation is found in less. */
  readonly aloneMs: number;
  /**
   * The smallest budget that is shared out, in milliseconds. Until a worker is loaded and warm it has cost about a second,
   * in which one warm thread does a good part of the usual work.
   */
  readonly worthwhileMs: number;
}

/** Parts of the work, as many on every machine: what each of them finds depends on their number. */
const shardCount = 8;
const usual: Spread = {
  workers: Math.min(availableParallelism(), shardCount),
  aloneMs: 5_000,
  worthwhileMs: 20_000,
};

/** The work that belongs to a budget in milliseconds, as in core's own default. */
const work = (ms: number) => ({ candidates: 100 * ms, bytes: 50_000 * ms });

/**
 * Diagnoses within a budget: on this thread, and what a large budget leaves to be searched, on every core. The answer is
 * the same with any number of threads, on any machine.
 *
 * @param budgetMs the measure of the search's work, in milliseconds
 */
export async function diagnoseInParallel(job: DiagnosisJob, budgetMs: number, spread = usual): Promise<Diagnosis> {
  const { workers, aloneMs, worthwhileMs } = spread;
  if (budgetMs < worthwhileMs) return runJob(job, { ms: budgetMs });
  const startedMs = Date.now();
  const alone = runJob(job, { ms: budgetMs, ...work(aloneMs) });
  if (alone.verdict !== 'unexplained' || !alone.notes.some(({ id }) => id.startsWith('budget/'))) return alone;

  const threads = workers < 2 ? [ownThread] : Array.from({ length: workers }, startThread);
  try {
    const rounds = await searchInRounds(job, worthwhileMs, budgetMs, threads);
    return merged(alone, rounds, Date.now() - startedMs);
  } finally {
    await Promise.all(threads.map((thread) => thread.close()));
  }
}

/** Each round is twice as thorough, and begins again: an explanation that is near need not wait for all the rest. */
async function searchInRounds(
  job: DiagnosisJob,
  firstMs: number,
  budgetMs: number,
  threads: readonly ShardThread[],
): Promise<readonly (readonly Diagnosis[])[]> {
  const rounds: (readonly Diagnosis[])[] = [];
  for (let ms = firstMs; ; ms = Math.min(2 * ms, budgetMs)) {
    const shards = await searchShards(job, { ms: budgetMs, ...work(ms / shardCount) }, threads);
    rounds.push(shards);
    if (ms === budgetMs || shards.some(({ verdict }) => verdict !== 'unexplained')) return rounds;
  }
}

/** Every shard's result in their order; each thread takes the next when it is done with one. */
async function searchShards(
  job: DiagnosisJob,
  budget: WorkerInput['budget'],
  threads: readonly ShardThread[],
): Promise<readonly Diagnosis[]> {
  const found: Diagnosis[] = [];
  let next = 0;
  const takeTurns = async ({ search }: ShardThread): Promise<void> => {
    for (let index = next++; index < shardCount; index = next++)
      found[index] = await search({ job, budget, shard: { index, count: shardCount } });
  };
  await Promise.all(threads.map(takeTurns));
  return found;
}
