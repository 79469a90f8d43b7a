import { Worker } from 'node:worker_threads';
import { type Pcm, pcmOf } from '../audio/pcm.ts';
import { SpeechError } from './engine.ts';
import type { SpeechJob, SpeechReply } from './worker-protocol.ts';

interface PendingJob {
  readonly job: SpeechJob;
  readonly resolve: (pcm: Pcm) => void;
  readonly reject: (error: SpeechError) => void;
}

interface PooledWorker {
  readonly worker: Worker;
  current: PendingJob | undefined;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Runs an engine in worker threads: one job a thread at a time, the rest wait in order. Threads start when there is work,
 * hold the process open only while they work, and are replaced when they crash or exceed the time limit.
 */
export class SpeechWorkerPool {
  readonly #entry: URL;
  readonly #size: number;
  readonly #timeoutMs: number;
  readonly #workerData: unknown;
  readonly #workers = new Set<PooledWorker>();
  readonly #waiting: PendingJob[] = [];
  #nextId = 1;
  #closed = false;

  /**
   * @param entry the worker's script, runnable by Node as it is; see {@link builtWorker} and {@link serveSpeechJobs}
   * @param size the most threads at a time
   * @param timeoutMs the longest one job may take, in wall-clock milliseconds
   * @param workerData what every thread is given at its start
   */
  constructor(entry: URL, size: number, timeoutMs: number, workerData?: unknown) {
    this.#entry = entry;
    this.#size = size;
    this.#timeoutMs = timeoutMs;
    this.#workerData = workerData;
  }

  /**
   * Runs one job.
   *
   * @throws SpeechError if the engine fails or takes too long, the thread dies, or the pool is closed
   */
  run(work: Omit<SpeechJob, 'id'>): Promise<Pcm> {
    if (this.#closed) return Promise.reject(new SpeechError('the speech engine is closed'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job: { ...work, id: this.#nextId++ }, resolve, reject });
      this.#dispatch();
    });
  }

  /** Stops all threads; what waits or runs is refused. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const pending of this.#waiting.splice(0)) pending.reject(new SpeechError('the speech engine was closed'));
    await Promise.all([...this.#workers].map((pooled) => this.#discard(pooled, 'the speech engine was closed')));
  }

  #dispatch(): void {
    while (this.#waiting.length > 0) {
      const idle = [...this.#workers].find((pooled) => pooled.current === undefined);
      const pooled = idle ?? (this.#workers.size < this.#size ? this.#start() : undefined);
      if (pooled === undefined) return;
      this.#assign(pooled, this.#waiting.shift() as PendingJob);
    }
  }

  #start(): PooledWorker {
    // The process's own flags (a test runner's, a debugger's) are none of its business.
    const worker = new Worker(this.#entry, { execArgv: [], workerData: this.#workerData });
    const pooled: PooledWorker = { worker, current: undefined, timer: undefined };
    this.#workers.add(pooled);
    worker.on('message', (reply: SpeechReply) => this.#settle(pooled, reply));
    worker.on('error', (error) => void this.#discard(pooled, `the speech thread crashed: ${error.message}`));
    worker.on('exit', (code) => void this.#discard(pooled, `the speech thread ended with exit code ${code}`));
    return pooled;
  }

  #assign(pooled: PooledWorker, pending: PendingJob): void {
    pooled.current = pending;
    pooled.worker.ref();
    pooled.timer = setTimeout(() => {
      void this.#discard(
        pooled,
        `speech took longer than ${this.#timeoutMs} ms for ${pending.job.text.length} characters`,
      );
    }, this.#timeoutMs);
    pooled.worker.postMessage(pending.job);
  }

  #settle(pooled: PooledWorker, reply: SpeechReply): void {
    const pending = pooled.current;
    if (pending === undefined || pending.job.id !== reply.id) return;
    this.#release(pooled);
    if ('samples' in reply) pending.resolve(pcmOf(reply.samples));
    else pending.reject(new SpeechError(reply.error));
    this.#dispatch();
  }

  #release(pooled: PooledWorker): void {
    clearTimeout(pooled.timer);
    pooled.current = undefined;
    pooled.worker.unref();
  }

  async #discard(pooled: PooledWorker, reason: string): Promise<void> {
    if (!this.#workers.delete(pooled)) return;
    const pending = pooled.current;
    this.#release(pooled);
    pending?.reject(new SpeechError(reason));
    if (!this.#closed) this.#dispatch();
    await pooled.worker.terminate();
  }
}
