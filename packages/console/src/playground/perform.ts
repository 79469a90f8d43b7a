import type { Answer, Outcome, Task } from './work.ts';

let worker: Worker | undefined;
let lastNumber = 0;

/** Starts the worker ahead of the first question, so that it is there even when the network is cut afterwards. */
export function readyWorker(): Worker {
  worker ??= new Worker(new URL('./playground-worker.ts', import.meta.url), { type: 'module' });
  return worker;
}

/**
 * Hands a task to the worker. It is never ended: to start another one would need the network. A task of which the
 * answer comes after the next question is answered all the same; the page shows the last one.
 */
export function perform(task: Omit<Task, 'number'>): Promise<Outcome> {
  const number = ++lastNumber;
  const hired = readyWorker();
  return new Promise((resolve) => {
    const finish = (outcome: Outcome): void => {
      hired.removeEventListener('message', onAnswer);
      hired.removeEventListener('error', onError);
      resolve(outcome);
    };
    const onAnswer = ({ data }: MessageEvent<Answer>): void => {
      if (data.number === number) finish(data.outcome);
    };
    const onError = ({ message }: ErrorEvent): void => {
      worker = undefined;
      finish({ kind: 'failed', message: message || 'The worker could not be loaded; reload the page.' });
    };
    hired.addEventListener('message', onAnswer);
    hired.addEventListener('error', onError);
    hired.postMessage({ ...task, number });
  });
}
