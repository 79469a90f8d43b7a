import { signal } from '@preact/signals';
import type { WorkerAnswer, OfferedScheme, Question, Result, Task } from './work.ts';

/** The schemes that the worker knows; none until it has started. */
export const offeredSchemes = signal<readonly OfferedScheme[]>([]);

let worker: Worker | undefined;
let lastNumber = 0;

/** Starts the worker ahead of the first question, so that it is there even when the network is cut afterwards. */
export function readyWorker(): Worker {
  if (worker) return worker;
  worker = new Worker(new URL('./playground-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer>) => {
    if ('schemes' in data) offeredSchemes.value = data.schemes;
  });
  return worker;
}

/**
 * Hands a task to the worker. It is never ended: to start another one would need the network. A task of which the
 * answer comes after the next question is answered all the same; the page shows the last one.
 */
export function askWorker(task: Task): Promise<Result> {
  const number = ++lastNumber;
  const hired = readyWorker();
  return new Promise((resolve) => {
    const finish = (result: Result): void => {
      hired.removeEventListener('message', onAnswer);
      hired.removeEventListener('error', onError);
      resolve(result);
    };
    const onAnswer = ({ data }: MessageEvent<WorkerAnswer>): void => {
      if ('number' in data && data.number === number) finish(data.result);
    };
    const onError = ({ message }: ErrorEvent): void => {
      worker = undefined;
      const outcome = {
        kind: 'failed',
        message: message || 'The worker could not be loaded; reload the page.',
      } as const;
      finish({ requests: [], chosen: 0, outcome });
    };
    hired.addEventListener('message', onAnswer);
    hired.addEventListener('error', onError);
    hired.postMessage({ number, task } satisfies Question);
  });
}
