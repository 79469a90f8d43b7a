import type { Pcm } from '../../src/audio/pcm.ts';

/** Root mean square of the samples, 0 to 32 767. */
export function loudness({ samples }: Pcm): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length));
}

/** Amplitude of one frequency in 16 kHz audio, 0 to 32 767, by the algorithm of Goertzel. */
export function amplitudeAt({ samples }: Pcm, hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / 16_000);
  let [previous, beforeThat] = [0, 0];
  for (const sample of samples) {
    [previous, beforeThat] = [sample + coefficient * previous - beforeThat, previous];
  }
  const power = previous * previous + beforeThat * beforeThat - coefficient * previous * beforeThat;
  return (2 * Math.sqrt(power)) / samples.length;
}

/** Pitch of a voice: the median, over the loud stretches, of the lag at which the sound repeats itself best. */
export function pitchHz({ samples }: Pcm): number {
  const pitches: number[] = [];
  for (let start = 0; start + 1024 < samples.length; start += 512) {
    const frame = samples.subarray(start, start + 1024);
    if (frame.reduce((sum, sample) => sum + sample * sample, 0) / 1024 < 1_000_000) continue;
    let [best, bestLag] = [0, 0];
    for (let lag = 40; lag < 250; lag++) {
      let [both, left, right] = [0, 1, 1];
      for (let index = 0; index + lag < 1024; index++) {
        const [a, b] = [frame[index] ?? 0, frame[index + lag] ?? 0];
        both += a * b;
        left += a * a;
        right += b * b;
      }
      const likeness = both / Math.sqrt(left * right);
      // A longer lag must be clearly better: twice the period repeats as well as one.
      if (likeness > best + 0.05) [best, bestLag] = [likeness, lag];
    }
    if (best > 0.6) pitches.push(16_000 / bestLag);
  }
  return pitches.toSorted((a, b) => a - b)[Math.floor(pitches.length / 2)] ?? 0;
}
