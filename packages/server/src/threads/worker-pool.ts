import { type MessagePort, Worker } from 'node:worker_threads';
import { Askers } from './askers.ts';
import { FairQueue } from './fair-queue.ts';
import type { Job, Reply } from './worker-protocol.ts';

/** What a {@link WorkerPool} runs, and how. */
export interface WorkerPoolOptions<Work> {
  /** The worker's script, runnable by Node as it is; see `builtWorker` and `serveJobs`. */
  readonly entry: URL;
  /** The most threads at a time. */
  readonly size: number;
  /** The longest one job may take, in wall-clock milliseconds. */
  readonly timeoutMs: number | ((work: Work) => number);
  /** What the threads do, for messages: `speech`. */
  readonly name: string;
  /** The size of a job, for messages: `for 12 characters`. */
  readonly describe: (work: Work) => string;
  /** The error that a job is refused with. */
  readonly error: (problem: string) => Error;
  /** What every thread is given at its start. */
  readonly workerData?: unknown;
}

/** How one job is run. */
export interface RunOptions {
  /** For whom: in whose lines it waits, and for how long it is worth doing. */
  readonly askers?: Askers | undefined;
  /** Buffers and ports of the work that move to the thread instead of being copied. */
  readonly transfer?: readonly (ArrayBuffer | MessagePort)[];
}

interface PendingJob<Work, Result> {
  readonly job: Job<Work>;
  readonly transfer: readonly (ArrayBuffer | MessagePort)[];
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
  /** Called when it does not wait any more. */
  unfollow: () => void;
}

interface PooledWorker<Work, Result> {
  readonly worker: Worker;
  current: PendingJob<Work, Result> | undefined;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Runs work in threads: one job a thread at a time, the rest wait in a queue that is fair between those who ask. Threads
 * start when there is work, hold the process open only while they work, and are replaced when they crash or exceed the
 * time limit.
 */
export class WorkerPool<Work, Result> {
  readonly #options: WorkerPoolOptions<Work>;
  readonly #workers = new Set<PooledWorker<Work, Result>>();
  readonly #waiting = new FairQueue<PendingJob<Work, Result>>();
  #nextId = 1;
  #closed = false;

  constructor(options: WorkerPoolOptions<Work>) {
    this.#options = options;
  }

  /** How many jobs wait for a thread. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Runs one job.
   *
   * @throws the pool's error if the work fails or takes too long, the thread dies, the pool is closed, or nobody asks any
   *   more before its turn has come
   */
  run(work: Work, { askers = new Askers({ line: '' }), transfer = [] }: RunOptions = {}): Promise<Result> {
    const { name, error } = this.#options;
    if (this.#closed) return Promise.reject(error(`the ${name} threads are closed`));
    if (askers.isEmpty) return Promise.reject(error(`the ${name} is not asked for any more`));
    return new Promise((resolve, reject) => {
      const pending: PendingJob<Work, Result> = {
        job: { id: this.#nextId++, work },
        transfer,
        resolve,
        reject,
        unfollow: () => {},
      };
      const place = this.#waiting.add(pending, askers.lines);
      pending.unfollow = askers.follow({
        joined: ({ line }) => this.#waiting.join(place, line),
        left: ({ line }) => {
          if (askers.lines.has(line) || !this.#waiting.leave(place, line)) return;
          pending.unfollow();
          reject(error(`the ${name} is not asked for any more`));
        },
      });
      this.#dispatch();
    });
  }

  /** Stops all threads; what waits or runs is refused. */
  async close(): Promise<void> {
    this.#closed = true;
    const reason = `the ${this.#options.name} threads were closed`;
    for (let pending = this.#take(); pending !== undefined; pending = this.#take()) {
      pending.reject(this.#options.error(reason));
    }
    await Promise.all([...this.#workers].map((pooled) => this.#discard(pooled, reason)));
  }

  #take(): PendingJob<Work, Result> | undefined {
    const pending = this.#waiting.take();
    pending?.unfollow();
    return pending;
  }

  #dispatch(): void {
    while (this.#waiting.size > 0) {
      const idle = [...this.#workers].find((pooled) => pooled.current === undefined);
      const pooled = idle ?? (this.#workers.size < this.#options.size ? this.#start() : undefined);
      const pending = pooled && this.#take();
      if (pooled === undefined || pending === undefined) return;
      this.#assign(pooled, pending);
    }
  }

  #start(): PooledWorker<Work, Result> {
    const { entry, name, workerData } = this.#options;
    // Without the flags of this process, such as those of a test runner or a debugger.
    const worker = new Worker(entry, { execArgv: [], workerData });
    const pooled: PooledWorker<Work, Result> = { worker, current: undefined, timer: undefined };
    this.#workers.add(pooled);
    worker.on('message', (reply: Reply<Result>) => this.#settle(pooled, reply));
    worker.on('error', (error) => void this.#discard(pooled, `the ${name} thread crashed: ${error.message}`));
    worker.on('exit', (code) => void this.#discard(pooled, `the ${name} thread ended with exit code ${code}`));
    return pooled;
  }

  #assign(pooled: PooledWorker<Work, Result>, pending: PendingJob<Work, Result>): void {
    const { name, describe } = this.#options;
    const { work } = pending.job;
    const timeoutMs =
      typeof this.#options.timeoutMs === 'number' ? this.#options.timeoutMs : this.#options.timeoutMs(work);
    pooled.current = pending;
    pooled.worker.ref();
    const problem = `${name} took longer than ${timeoutMs} ms ${describe(work)}`;
    pooled.timer = setTimeout(() => void this.#discard(pooled, problem), timeoutMs);
    pooled.worker.postMessage(pending.job, pending.transfer);
  }

  #settle(pooled: PooledWorker<Work, Result>, reply: Reply<Result>): void {
    const pending = pooled.current;
    if (pending === undefined || pending.job.id !== reply.id) return;
    this.#release(pooled);
    if ('result' in reply) pending.resolve(reply.result);
    else pending.reject(this.#options.error(reply.error));
    this.#dispatch();
  }

  #release(pooled: PooledWorker<Work, Result>): void {
    clearTimeout(pooled.timer);
    pooled.current = undefined;
    pooled.worker.unref();
  }

  async #discard(pooled: PooledWorker<Work, Result>, reason: string): Promise<void> {
    if (!this.#workers.delete(pooled)) return;
    const pending = pooled.current;
    this.#release(pooled);
    pending?.reject(this.#options.error(reason));
    if (!this.#closed) this.#dispatch();
    await pooled.worker.terminate();
  }
}
