import { parentPort } from 'node:worker_threads';
import type { Job, Reply } from './worker-protocol.ts';

/** What came of a piece of work, and the buffers in it: they move to the other thread instead of being copied. */
export interface Served<Result> {
  readonly result: Result;
  readonly transfer?: readonly ArrayBuffer[];
}

/**
 * The worker's side of `WorkerPool`: answers every job that the pool sends to this thread.
 *
 * @param serve does the work, and keeps no hold of what it transfers; what it throws fails the job, not the thread
 */
export function serveJobs<Work, Result>(serve: (work: Work) => Promise<Served<Result>>): void {
  parentPort?.on('message', (job: Job<Work>) => {
    void answer(job, serve).then(([reply, transfer]) => parentPort?.postMessage(reply, transfer));
  });
}

async function answer<Work, Result>(
  { id, work }: Job<Work>,
  serve: (work: Work) => Promise<Served<Result>>,
): Promise<[reply: Reply<Result>, transfer: ArrayBuffer[]]> {
  try {
    const { result, transfer = [] } = await serve(work);
    return [{ id, result }, [...transfer]];
  } catch (error) {
    return [{ id, error: error instanceof Error ? error.message : String(error) }, []];
  }
}
