import type { Diagnosis } from '@countersign/core/diagnose';
import { BoundedMap } from '../bounded/bounded-map.ts';
import { weightOf } from '../bounded/weight.ts';
import type { WorkerPool } from '../threads/worker-pool.ts';
import type { DiagnosisJob } from './diagnosis-job.ts';

/** What is searched in the background, and who is told. */
export interface LongSearch {
  readonly job: DiagnosisJob;
  readonly onResult: (diagnosis: Diagnosis) => void;
}

export interface LongSearchesOptions {
  readonly thread: Pick<WorkerPool<DiagnosisJob, Diagnosis>, 'run' | 'close'>;
  readonly onInternalError: (error: Error) => void;
}

/**
 * Searches at length what no single mistake explains, one request after the other, in a thread of its own: whoever made
 * one mistake does not wait behind a search for two.
 */
export class LongSearches {
  readonly #options: LongSearchesOptions;
  /** By account and target, the newest of each. When there is no room, the one that has waited longest is dropped. */
  readonly #waiting = new BoundedMap<string, LongSearch>('long-searches', {
    weigh: ({ job }, key) => weightOf([key, job]),
  });
  #isBusy = false;
  #closed = false;

  constructor(options: LongSearchesOptions) {
    this.#options = options;
  }

  /** The size of the requests that wait, in bytes. */
  get waitingBytes(): number {
    return this.#waiting.bytes;
  }

  add(key: string, search: LongSearch): void {
    if (this.#closed) return;
    this.#waiting.set(key, search);
    void this.#next();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting.clear();
    await this.#options.thread.close();
  }

  async #next(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (let search = this.#take(); search && !this.#closed; search = this.#take()) await this.#run(search);
    this.#isBusy = false;
  }

  async #run({ job, onResult }: LongSearch): Promise<void> {
    try {
      const diagnosis = await this.#options.thread.run(job);
      if (!this.#closed) onResult(diagnosis);
    } catch (error) {
      if (!this.#closed) this.#options.onInternalError(error as Error);
    }
  }

  #take(): LongSearch | undefined {
    for (const key of this.#waiting.keys()) {
      const first = this.#waiting.get(key);
      this.#waiting.delete(key);
      return first;
    }
    return undefined;
  }
}
