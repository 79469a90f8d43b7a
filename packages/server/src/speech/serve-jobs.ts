import { parentPort } from 'node:worker_threads';
import type { Pcm } from '../audio/pcm.ts';
import type { SpeechJob, SpeechReply } from './worker-protocol.ts';

/**
 * The worker's side of {@link SpeechWorkerPool}: answers every job that the pool sends to this thread.
 *
 * @param speak does the work, and keeps no hold of the samples; what it throws fails the job, not the thread
 */
export function serveSpeechJobs(speak: (job: SpeechJob) => Promise<Pcm>): void {
  parentPort?.on('message', (job: SpeechJob) => {
    // The samples move to the other thread; a copy would be left behind here until the garbage collector comes.
    void answer(job, speak).then((reply) =>
      parentPort?.postMessage(reply, 'samples' in reply ? [reply.samples.buffer as ArrayBuffer] : []),
    );
  });
}

async function answer(job: SpeechJob, speak: (job: SpeechJob) => Promise<Pcm>): Promise<SpeechReply> {
  try {
    return { id: job.id, samples: (await speak(job)).samples };
  } catch (error) {
    return { id: job.id, error: error instanceof Error ? error.message : String(error) };
  }
}
