import type { Outcome, Task } from './work.ts';

let worker: Worker | undefined;

/** Hands a task to the worker. A task that is under way is dropped: only the last question is still of interest. */
export function perform(task: Task): Promise<Outcome> {
  worker?.terminate();
  const next = new Worker(new URL('./playground-worker.ts', import.meta.url), { type: 'module' });
  worker = next;
  return new Promise((resolve) => {
    next.addEventListener('message', ({ data }: MessageEvent<Outcome>) => resolve(data), { once: true });
    next.addEventListener(
      'error',
      ({ message }) => resolve({ kind: 'failed', message: message || 'the worker failed' }),
      {
        once: true,
      },
    );
    next.postMessage(task);
  });
}
