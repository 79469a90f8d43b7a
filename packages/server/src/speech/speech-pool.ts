import { WorkerPool } from '../threads/worker-pool.ts';
import { SpeechError } from './engine.ts';
import type { SpeechWork } from './speech-work.ts';

/** The threads of a speech engine. */
export function speechPool(
  entry: URL,
  { threads = 1, timeoutMs = 20_000 }: { readonly threads?: number; readonly timeoutMs?: number },
  workerData?: unknown,
): WorkerPool<SpeechWork, Int16Array> {
  return new WorkerPool({
    entry,
    size: threads,
    timeoutMs,
    name: 'speech',
    describe: ({ text }) => `for ${text.length} characters`,
    error: (problem) => new SpeechError(problem),
    workerData,
  });
}
