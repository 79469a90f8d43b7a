import { type Pcm, pcmOf } from './pcm.ts';
import { WAV_HEADER_BYTES, wavHeader, writeSamples } from './wav.ts';

/**
 * A WAV file of audio that is rendered piece by piece: 16 kHz, 16 bits.
 *
 * @param channels the pieces of each channel
 * @param frames how many samples each channel has
 * @throws RangeError if the file would pass the 4 GiB that a RIFF length can say
 */
export async function wavFile(
  channels: readonly AsyncIterable<Pcm>[],
  frames: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const header = wavHeader(frames, channels.length);
  const bytes = new Uint8Array(WAV_HEADER_BYTES + frames * channels.length * 2);
  bytes.set(header);
  const data = bytes.subarray(WAV_HEADER_BYTES);
  for (const [number, pieces] of channels.entries()) {
    let frame = 0;
    for await (const { samples } of pieces) {
      writeSamples(data, samples, { frame, channel: number, channels: channels.length });
      frame += samples.length;
    }
  }
  return bytes;
}

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
