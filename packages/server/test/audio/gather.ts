import { type Pcm, pcmOf } from '../../src/audio/pcm.ts';

/** Audio that is rendered piece by piece, as one. */
export async function gather(pieces: AsyncIterable<Pcm>, frames: number): Promise<Pcm> {
  const samples = new Int16Array(frames);
  let at = 0;
  for await (const piece of pieces) {
    samples.set(piece.samples, at);
    at += piece.samples.length;
  }
  return pcmOf(samples);
}
