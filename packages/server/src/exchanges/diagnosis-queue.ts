import { Worker } from 'node:worker_threads';
import type { Diagnosis } from '@countersign/core/diagnose';
import { builtWorker } from '../speech/built-worker.ts';
import type { DiagnosisJob, DiagnosisJobResult } from './diagnosis-job.ts';

/** What is searched in the background, and who is told. */
export interface QueuedDiagnosis {
  /** Account and target: of each, one search at a time, and then the newest that came meanwhile. */
  readonly key: string;
  readonly job: Omit<DiagnosisJob, 'id'>;
  readonly onResult: (diagnosis: Diagnosis) => void;
}

export interface DiagnosisQueueOptions {
  /** Searches that may wait. Default 100; what comes beyond is not searched. */
  readonly maxWaiting?: number;
  readonly onInternalError: (error: Error) => void;
}

/**
 * Searches refused requests in one worker thread, one after the other. It holds no thread before the first search, and
 * keeps no process alive.
 */
export class DiagnosisQueue {
  readonly #options: DiagnosisQueueOptions;
  readonly #waiting = new Map<string, QueuedDiagnosis>();
  #worker: Worker | undefined;
  #current: QueuedDiagnosis | undefined;
  #jobs = 0;
  #closed = false;

  constructor(options: DiagnosisQueueOptions) {
    this.#options = options;
  }

  /** Whether a search runs or waits. */
  get isBusy(): boolean {
    return this.#current !== undefined;
  }

  add(diagnosis: QueuedDiagnosis): void {
    const isFull = this.#waiting.size >= (this.#options.maxWaiting ?? 100);
    if (this.#closed || (isFull && !this.#waiting.has(diagnosis.key))) return;
    this.#waiting.set(diagnosis.key, diagnosis);
    this.#next();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting.clear();
    await this.#worker?.terminate();
  }

  #next(): void {
    if (this.#current || this.#closed) return;
    const [first] = this.#waiting;
    if (!first) return;
    const [key, diagnosis] = first;
    this.#waiting.delete(key);
    this.#current = diagnosis;
    this.#jobs += 1;
    this.#thread().postMessage({ ...diagnosis.job, id: this.#jobs } satisfies DiagnosisJob);
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
    if ('diagnosis' in result) finished.onResult(result.diagnosis);
    else this.#options.onInternalError(new Error(`the search for a mistake failed: ${result.error}`));
    this.#next();
  }
}
