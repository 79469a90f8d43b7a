import { Worker } from 'node:worker_threads';
import type { Diagnosis } from '@countersign/core/diagnose';
import { builtWorker } from '../speech/built-worker.ts';
import type { DiagnosisJob, DiagnosisJobResult } from './diagnosis-job.ts';

/** What is searched in the background, and who is told. */
export interface QueuedDiagnosis {
  /** Account and target: of each, one long search at a time, and then the newest that came meanwhile. */
  readonly key: string;
  readonly job: Omit<DiagnosisJob, 'id' | 'budgetMs'>;
  readonly onResult: (diagnosis: Diagnosis) => void;
}

export interface DiagnosisQueueOptions {
  /** Requests that may wait for each of the two searches. Default 100; what comes beyond is not searched. */
  readonly maxWaiting?: number;
  /** Bytes of all requests that wait. Default 16 MB; what comes beyond is not searched. */
  readonly maxWaitingBytes?: number;
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
  readonly #brief: QueuedDiagnosis[] = [];
  readonly #long = new Map<string, QueuedDiagnosis>();
  #worker: Worker | undefined;
  #current: { readonly diagnosis: QueuedDiagnosis; readonly isBrief: boolean } | undefined;
  #jobs = 0;
  #waitingBytes = 0;
  #closed = false;

  constructor(options: DiagnosisQueueOptions) {
    this.#options = options;
  }

  /** Whether a search runs or waits. */
  get isBusy(): boolean {
    return this.#current !== undefined;
  }

  /** Bytes of the requests that wait. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  add(diagnosis: QueuedDiagnosis): void {
    if (this.#closed || !this.#hasRoom(this.#brief.length, diagnosis)) return;
    this.#brief.push(diagnosis);
    this.#waitingBytes += bytesOf(diagnosis);
    this.#next();
  }

  #hasRoom(waiting: number, diagnosis: QueuedDiagnosis): boolean {
    const { maxWaiting = 100, maxWaitingBytes = 16_000_000 } = this.#options;
    return waiting < maxWaiting && this.#waitingBytes + bytesOf(diagnosis) <= maxWaitingBytes;
  }

  /** Of each kind of request the newest waits to be searched at length. */
  #addLong(diagnosis: QueuedDiagnosis): void {
    const replaced = this.#long.get(diagnosis.key);
    if (replaced) this.#waitingBytes -= bytesOf(replaced);
    this.#long.delete(diagnosis.key);
    if (!this.#hasRoom(this.#long.size, diagnosis)) return;
    this.#long.set(diagnosis.key, diagnosis);
    this.#waitingBytes += bytesOf(diagnosis);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#brief.length = 0;
    this.#long.clear();
    this.#waitingBytes = 0;
    await this.#worker?.terminate();
  }

  #next(): void {
    if (this.#current || this.#closed) return;
    const brief = this.#brief.shift();
    const diagnosis = brief ?? this.#nextLong();
    if (!diagnosis) return;
    this.#waitingBytes -= bytesOf(diagnosis);
    this.#current = { diagnosis, isBrief: brief !== undefined };
    this.#jobs += 1;
    const budgetMs = brief ? briefBudgetMs : (this.#options.longBudgetMs ?? 5_000);
    this.#thread().postMessage({ ...diagnosis.job, budgetMs, id: this.#jobs } satisfies DiagnosisJob);
  }

  #nextLong(): QueuedDiagnosis | undefined {
    const [first] = this.#long;
    if (first) this.#long.delete(first[0]);
    return first?.[1];
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
      if (isBrief && result.diagnosis.verdict === 'unexplained') this.#addLong(diagnosis);
    }
    this.#next();
  }
}

/** About what a request takes while it waits. */
function bytesOf({ job: { message } }: QueuedDiagnosis): number {
  const head = message.headers.reduce((sum, [name, value]) => sum + name.length + value.length, message.target.length);
  return 1024 + 2 * head + message.body.byteLength;
}
