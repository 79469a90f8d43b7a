/** Samples per second of all audio inside the server: wideband telephony. */
export const SAMPLE_RATE = 16_000;

/** Samples in one millisecond at {@link SAMPLE_RATE}. */
export const SAMPLES_PER_MS = SAMPLE_RATE / 1000;

/** Mono audio, 16 bits signed, 16 kHz: the only form of audio that passes between the parts of the server. */
export interface Pcm {
  readonly sampleRate: typeof SAMPLE_RATE;
  readonly samples: Int16Array;
}

/** Wraps samples taken at 16 kHz; they are not copied. */
export function pcmOf(samples: Int16Array): Pcm {
  return { sampleRate: SAMPLE_RATE, samples };
}

/** Converts samples in the range −1 to 1 (16 kHz) to PCM; what lies beyond the range is clipped. */
export function pcmFromFloats(floats: Float32Array): Pcm {
  const samples = new Int16Array(floats.length);
  for (let index = 0; index < floats.length; index++) samples[index] = clip(Math.round((floats[index] ?? 0) * 32_767));
  return pcmOf(samples);
}

/** Rounds sums of samples (16 kHz) to PCM; what lies beyond 16 bits is clipped. */
export function pcmFromMix(mix: Float32Array): Pcm {
  const samples = new Int16Array(mix.length);
  for (let index = 0; index < mix.length; index++) samples[index] = clip(Math.round(mix[index] ?? 0));
  return pcmOf(samples);
}

/** How long the audio lasts, in milliseconds (a whole number of samples, so possibly a fraction). */
export function durationMs(pcm: Pcm): number {
  return pcm.samples.length / SAMPLES_PER_MS;
}

/** The number of samples nearest to a length in milliseconds. */
export function samplesIn(ms: number): number {
  return Math.round(ms * SAMPLES_PER_MS);
}

/** Silence of the given length in milliseconds. */
export function silence(ms: number): Pcm {
  return pcmOf(new Int16Array(samplesIn(ms)));
}

/** Plays the parts one after the other. The samples of a single part are not copied. */
export function concat(parts: readonly Pcm[]): Pcm {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  const samples = new Int16Array(parts.reduce((sum, part) => sum + part.samples.length, 0));
  let at = 0;
  for (const part of parts) {
    samples.set(part.samples, at);
    at += part.samples.length;
  }
  return pcmOf(samples);
}

/** The same audio, ended by as much silence (under a millisecond) as makes it last a whole number of milliseconds. */
export function padToWholeMs(pcm: Pcm): Pcm {
  const missing = Math.ceil(durationMs(pcm)) * SAMPLES_PER_MS - pcm.samples.length;
  return missing === 0 ? pcm : concat([pcm, pcmOf(new Int16Array(missing))]);
}

/** The same audio, louder (factor above 1) or softer; clipped at full scale. */
export function amplify(pcm: Pcm, factor: number): Pcm {
  return factor === 1 ? pcm : pcmOf(pcm.samples.map((sample) => clip(Math.round(sample * factor))));
}

/**
 * Cuts the silence before and after the sound.
 *
 * @param keepMs silence left at either end, as far as there was that much
 * @param threshold the largest absolute sample value that counts as silence
 * @returns empty audio if nothing rises above the threshold
 */
export function trimSilence(pcm: Pcm, keepMs: number, threshold = 200): Pcm {
  const isSound = (sample: number): boolean => Math.abs(sample) > threshold;
  const first = pcm.samples.findIndex(isSound);
  if (first === -1) return silence(0);
  const end = pcm.samples.findLastIndex(isSound) + 1;
  return pcmOf(pcm.samples.slice(Math.max(0, first - samplesIn(keepMs)), end + samplesIn(keepMs)));
}

/** Limits a sample to the range of 16 bits. */
export function clip(sample: number): number {
  return sample > 32_767 ? 32_767 : sample < -32_768 ? -32_768 : sample;
}
