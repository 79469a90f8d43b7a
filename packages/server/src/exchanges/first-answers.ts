import type { Diagnosis, DiagnosisBudget } from '@countersign/core/diagnose';
import { BoundedMap } from '../bounded/bounded-map.ts';
import { weightOf } from '../bounded/weight.ts';
import { Askers } from '../threads/askers.ts';
import type { WorkerPool } from '../threads/worker-pool.ts';
import type { DiagnosisJob } from './diagnosis-job.ts';

/**
 * Single mistakes, as many as nearly all requests need: some 20 ms, ten times that with a body of a megabyte. It is work
 * that is bounded, not time: a busy machine takes longer and answers the same.
 */
const budget: DiagnosisBudget = { mistakes: 1, candidates: 6_000, bytes: 40_000_000 };

/**
 * Searches refused requests while their answers wait for it, in a thread, so that no other request waits. Whoever sends
 * many stands in a line of their own: the lines take turns.
 */
export class FirstAnswers {
  readonly #thread: WorkerPool<DiagnosisJob, Diagnosis>;
  /** Those that wait or are searched. What comes when there is no room is not searched. */
  readonly #waiting = new BoundedMap<number, DiagnosisJob>('brief-searches', {
    weigh: (job) => weightOf(job),
    held: 'brief-searches',
  });
  #added = 0;

  constructor(thread: WorkerPool<DiagnosisJob, Diagnosis>) {
    this.#thread = thread;
  }

  /** The size of the requests that wait, in bytes. */
  get waitingBytes(): number {
    return this.#waiting.heldBytes;
  }

  /**
   * @param line for whom: one line's searches wait for each other
   * @returns `undefined` when too many wait already
   */
  search(work: Omit<DiagnosisJob, 'budget'>, line: string): Promise<Diagnosis> | undefined {
    const job = { ...work, budget };
    this.#added += 1;
    const place = this.#added;
    if (!this.#waiting.hold(place, job)) return undefined;
    return this.#thread.run(job, { askers: new Askers({ line }) }).finally(() => this.#waiting.delete(place));
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
