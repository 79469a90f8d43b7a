import { parentPort } from 'node:worker_threads';
import type { Pcm } from '../audio/pcm.ts';
import type { SpeechJob, SpeechReply } from './worker-protocol.ts';

/**
 * The worker's side of {@link SpeechWorkerPool}: answers every job that the pool sends to this thread.
 *
 * @param speak does the work; what it throws fails the job, not the thread
 */
export function serveSpeechJobs(speak: (job: SpeechJob) => Promise<Pcm>): void {
  parentPort?.on('message', (job: SpeechJob) => {
    void answer(job, speak).then((reply) => parentPort?.postMessage(reply));
  });
}

async function answer(job: SpeechJob, speak: (job: SpeechJob) => Promise<Pcm>): Promise<SpeechReply> {
  try {
    return { id: job.id, samples: (await speak(job)).samples };
  } catch (error) {
    return { id: job.id, error: error instanceof Error ? error.message : String(error) };
  }
}
