import { clip } from '../../../audio/pcm.ts';

/** Samples from −1 to 1 as a stream carries them: 16 bits signed, little-endian. */
export function wireBytes(samples: Float32Array): Buffer {
  const bytes = Buffer.alloc(samples.length * 2);
  for (const [index, sample] of samples.entries()) bytes.writeInt16LE(clip(Math.round(sample * 32_767)), index * 2);
  return bytes;
}

/** Reads samples from the bytes of binary messages. An odd last byte is dropped. */
export function wireSamples(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = new Float32Array(Math.floor(bytes.length / 2));
  for (let index = 0; index < samples.length; index += 1) samples[index] = view.getInt16(index * 2, true) / 32_768;
  return samples;
}
