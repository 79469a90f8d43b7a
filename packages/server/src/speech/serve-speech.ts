import { type Pcm, SAMPLE_RATE, amplify, pcmFromFloats, trimSilence } from '../audio/pcm.ts';
import { resample } from '../audio/resample.ts';
import { serveJobs } from '../threads/serve-jobs.ts';
import type { SpeechWork } from './speech-work.ts';

/**
 * The thread's side of a speech engine: speaks each piece and finishes it, so that the main thread only puts pieces
 * together.
 *
 * @param speak does the work, and keeps no hold of the samples
 */
export function serveSpeech(speak: (work: SpeechWork) => Promise<Pcm>): void {
  serveJobs<SpeechWork, Int16Array>(async (work) => {
    const { shift, gain, marginMs } = work.finish;
    const { samples } = amplify(trimSilence(shiftPitch(await speak(work), shift), marginMs), gain);
    // A part of a larger buffer would take all of it along.
    const result = samples.byteLength === samples.buffer.byteLength ? samples : samples.slice();
    return { result, transfer: [result.buffer as ArrayBuffer] };
  });
}

/** Raises the pitch by playing faster; that it gets shorter is made up for by the stretch asked of the engine. */
function shiftPitch(pcm: Pcm, factor: number): Pcm {
  if (factor === 1) return pcm;
  const floats = Float32Array.from(pcm.samples, (sample) => sample / 32_767);
  return pcmFromFloats(resample(floats, Math.round(SAMPLE_RATE * factor), SAMPLE_RATE));
}
