import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Pcm, SAMPLE_RATE, pcmFromFloats } from './pcm.ts';
import { resample } from './resample.ts';

/** The bytes are no MP3 that can be read. */
export class Mp3FormatError extends Error {
  override readonly name = 'Mp3FormatError';
}

/** Compressed bytes decoded in one go, before others get their turn: a few milliseconds' work. */
const DECODE_CHUNK_BYTES = 32 * 1024;

/**
 * Reads an MP3 (MPEG 1, 2 or 2.5, layer III; ID3 tags are skipped; several channels are mixed to one).
 *
 * @param maxSeconds decoding stops with an error beyond this length
 * @throws Mp3FormatError if there is no MPEG audio in it, or it is longer than allowed
 */
export async function decodeMp3(bytes: Uint8Array, maxSeconds = Number.POSITIVE_INFINITY): Promise<Pcm> {
  // Loaded when first needed: most servers never see an MP3.
  const { MPEGDecoder } = await import('mpg123-decoder');
  const decoder = new MPEGDecoder();
  await decoder.ready;
  try {
    const pieces: Float32Array[] = [];
    let rateHz = 0;
    let length = 0;
    for (let at = 0; at < bytes.length; at += DECODE_CHUNK_BYTES) {
      const decoded = decoder.decode(bytes.subarray(at, at + DECODE_CHUNK_BYTES));
      if (decoded.samplesDecoded > 0) {
        if (rateHz !== 0 && decoded.sampleRate !== rateHz) {
          throw new Mp3FormatError(`the MP3 changes its sample rate from ${rateHz} to ${decoded.sampleRate} Hz`);
        }
        rateHz = decoded.sampleRate;
        pieces.push(mixToMono(decoded.channelData, decoded.samplesDecoded));
        length += decoded.samplesDecoded;
      }
      if (length > maxSeconds * rateHz) throw new Mp3FormatError(`the MP3 is longer than ${maxSeconds} s`);
      await nextTurn();
    }
    if (length === 0) throw new Mp3FormatError(`no MPEG audio was found in the ${bytes.length} bytes`);
    return pcmFromFloats(resample(join(pieces, length), rateHz, SAMPLE_RATE));
  } finally {
    decoder.free();
  }
}

/**
 * Writes an MP3: mono, 16 kHz, constant bit rate, as voice recordings are.
 *
 * @param chunks the audio, in one piece or many (so that a long recording needs no giant allocation)
 * @param kbps bit rate in kilobits per second
 */
export async function encodeMp3(chunks: Iterable<Pcm>, kbps: 32 | 48 | 64 = 32): Promise<Uint8Array> {
  const { createEncoder } = await import('wasm-media-encoders');
  // The package's default loads its program with fetch; reading the file needs neither network nor data: URLs.
  const program = await readFile(createRequire(import.meta.url).resolve('wasm-media-encoders/wasm/mp3'));
  const encoder = await createEncoder('audio/mpeg', program);
  encoder.configure({ sampleRate: SAMPLE_RATE, channels: 1, bitrate: kbps });
  const encoded: Uint8Array[] = [];
  for (const { samples } of chunks) {
    for (let at = 0; at < samples.length; at += SAMPLE_RATE) {
      const floats = Float32Array.from(samples.subarray(at, at + SAMPLE_RATE), (sample) => sample / 32_768);
      // The encoder reuses its buffer.
      encoded.push(encoder.encode([floats]).slice());
      await nextTurn();
    }
  }
  encoded.push(encoder.finalize().slice());
  return Buffer.concat(encoded);
}

function mixToMono(channels: readonly Float32Array[], length: number): Float32Array {
  const mono = new Float32Array(length);
  for (const channel of channels) {
    for (let index = 0; index < length; index++)
      mono[index] = (mono[index] ?? 0) + (channel[index] ?? 0) / channels.length;
  }
  return mono;
}

function join(pieces: readonly Float32Array[], length: number): Float32Array {
  const joined = new Float32Array(length);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
