import { Worker } from 'node:worker_threads';
import type { Diagnosis } from '@countersign/core/diagnose';
import { BoundedMap } from '../bounded/bounded-map.ts';
import { weightOf } from '../bounded/weight.ts';
import { builtWorker } from '../threads/built-worker.ts';
import type { DiagnosisJob, DiagnosisJobResult } from './diagnosis-job.ts';

/** What is searched in the background, and who is told. */
export interface QueuedDiagnosis {
  /** Account and target: of each, one long search at a time, and then the newest that came meanwhile. */
  readonly key: string;
  readonly job: Omit<DiagnosisJob, 'id' | 'budgetMs'>;
  readonly onResult: (diagnosis: Diagnosis) => void;
}

export interface DiagnosisQueueOptions {
  /** Requests that may wait; what comes beyond is not searched. */
  readonly maxWaiting?: number;
  /** What a search at length may take. Default 5 000 ms. */
  readonly longBudgetMs?: number;
  readonly onInternalError: (error: Error) => void;
}

/** Enough for every single mistake; whoever made one does not wait behind a search for pairs. */
const briefBudgetMs = 250;

/**
 * Searches refused requests in one worker thread, one after the other: each briefly and soon, and again at length those
 * that were not explained by then. It holds no thread before the first search, and keeps no process alive.
 */
export class DiagnosisQueue {
  readonly #options: DiagnosisQueueOptions;
  /** By the order in which they came. What comes when there is no room is not searched. */
  readonly #brief: BoundedMap<number, QueuedDiagnosis>;
  /** By account and target. What has waited longest makes room for what comes. */
  readonly #long = new BoundedMap<string, QueuedDiagnosis>('long-searches', { weigh: weightOfSearch });
  #added = 0;
  #worker: Worker | undefined;
  #current: { readonly diagnosis: QueuedDiagnosis; readonly isBrief: boolean } | undefined;
  #jobs = 0;
  #closed = false;

  constructor(options: DiagnosisQueueOptions) {
    this.#options = options;
    this.#brief = new BoundedMap('brief-searches', {
      weigh: weightOfSearch,
      held: 'brief-searches',
      heldBound: { items: options.maxWaiting },
    });
  }

  /** Whether a search runs or waits. */
  get isBusy(): boolean {
    return this.#current !== undefined;
  }

  /** What the requests weigh that wait, for a brief search or a long one. */
  get waitingBytes(): number {
    return this.#brief.heldBytes + this.#long.bytes;
  }

  add(diagnosis: QueuedDiagnosis): void {
    if (this.#closed) return;
    this.#added += 1;
    if (this.#brief.hold(this.#added, diagnosis)) this.#next();
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const key of this.#brief.keys()) this.#brief.delete(key);
    this.#long.clear();
    await this.#worker?.terminate();
  }

  #next(): void {
    if (this.#current || this.#closed) return;
    const brief = takeFirst(this.#brief);
    const diagnosis = brief ?? takeFirst(this.#long);
    if (!diagnosis) return;
    this.#current = { diagnosis, isBrief: brief !== undefined };
    this.#jobs += 1;
    const budgetMs = brief ? briefBudgetMs : (this.#options.longBudgetMs ?? 5_000);
    this.#thread().postMessage({ ...diagnosis.job, budgetMs, id: this.#jobs } satisfies DiagnosisJob);
  }

  #thread(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(builtWorker('./diagnosis-worker.js', import.meta.url), { execArgv: [] });
    worker.unref();
    worker.on('message', (result: DiagnosisJobResult) => this.#finish(result));
    worker.on('error', (error: Error) => {
      this.#worker = undefined;
      this.#finish({ id: this.#jobs, error: error.message });
    });
    this.#worker = worker;
    return worker;
  }

  #finish(result: DiagnosisJobResult): void {
    const finished = this.#current;
    if (result.id !== this.#jobs || !finished || this.#closed) return;
    this.#current = undefined;
    const { diagnosis, isBrief } = finished;
    if ('error' in result) {
      this.#options.onInternalError(new Error(`the search for a mistake failed: ${result.error}`));
    } else {
      diagnosis.onResult(result.diagnosis);
      if (isBrief && result.diagnosis.verdict === 'unexplained') this.#long.set(diagnosis.key, diagnosis);
    }
    this.#next();
  }
}

function takeFirst<Key extends string | number>(queue: BoundedMap<Key, QueuedDiagnosis>): QueuedDiagnosis | undefined {
  for (const key of queue.keys()) {
    const first = queue.get(key);
    queue.delete(key);
    return first;
  }
  return undefined;
}

function weightOfSearch({ key, job }: QueuedDiagnosis): number {
  return weightOf([key, job]);
}
