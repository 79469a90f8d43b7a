import { signal } from '@preact/signals';
import type { WorkerAnswer, OfferedScheme, Question, Result, Task } from './work.ts';

/** The schemes that the worker knows; none until it has started. */
export const offeredSchemes = signal<readonly OfferedScheme[]>([]);

/** A question that the worker has not answered yet. */
interface Open {
  readonly question: Question;
  readonly finish: (result: Result | undefined) => void;
}

let worker: Worker | undefined;
let lastNumber = 0;
const open = new Map<number, Open>();

/** Starts the worker ahead of the first question, so that it is there even when the network is cut afterwards. */
export function readyWorker(): Worker {
  if (worker) return worker;
  const hired = new Worker(new URL('./playground-worker.ts', import.meta.url), { type: 'module' });
  hired.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer>) => {
    if ('schemes' in data) offeredSchemes.value = data.schemes;
    else answer(data.number, data.result);
  });
  hired.addEventListener('error', ({ message }: ErrorEvent) => {
    if (worker !== hired) return;
    // The next question starts another one.
    worker = undefined;
    hired.terminate();
    const told = message || 'The worker could not be loaded; reload the page.';
    for (const number of open.keys())
      answer(number, { requests: [], chosen: 0, outcome: { kind: 'failed', message: told } });
  });
  worker = hired;
  return hired;
}

/**
 * Hands a task to the worker.
 *
 * @param stop ends the work on it. The worker hears nothing while it searches, so it is ended, and another one takes over
 *   what else was asked.
 * @returns what came of it; `undefined` when it was stopped
 */
export function askWorker(task: Task): Promise<Result>;
export function askWorker(task: Task, stop: AbortSignal): Promise<Result | undefined>;
export function askWorker(task: Task, stop?: AbortSignal): Promise<Result | undefined> {
  const number = ++lastNumber;
  const question: Question = { number, task };
  return new Promise((finish) => {
    if (stop?.aborted) return finish(undefined);
    open.set(number, { question, finish });
    readyWorker().postMessage(question);
    stop?.addEventListener('abort', () => giveUp(number), { once: true });
  });
}

function answer(number: number, result: Result | undefined): void {
  const asked = open.get(number);
  open.delete(number);
  asked?.finish(result);
}

function giveUp(number: number): void {
  if (!open.has(number)) return;
  answer(number, undefined);
  worker?.terminate();
  worker = undefined;
  const next = readyWorker();
  for (const { question } of open.values()) next.postMessage(question);
}
