import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { MPEGDecodedAudio, MPEGDecoder } from 'mpg123-decoder';
import { type Pcm, SAMPLE_RATE, concat, pcmFromFloats } from './pcm.ts';
import { Resampler } from './resample.ts';

/** The bytes are no MP3 that can be read. */
export class Mp3FormatError extends Error {
  override readonly name = 'Mp3FormatError';
}

/** Compressed bytes decoded in one go: what is decoded of them fits into a few megabytes. */
const DECODE_CHUNK_BYTES = 32 * 1024;

/** Damaged frames that are passed over in one file. */
const MAX_DECODER_ERRORS = 100;

/** The rates that MPEG 1, 2 and 2.5 have. */
const SAMPLE_RATES: ReadonlySet<number> = new Set([
  8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000,
]);

/**
 * Reads an MP3 (MPEG 1, 2 or 2.5, layer III; ID3 tags are skipped; several channels are mixed to one). Seconds of work for
 * a long file: it is done in a thread, see `AudioThreads`.
 *
 * @param maxSeconds decoding stops with an error beyond this length
 * @throws Mp3FormatError if there is no MPEG audio in it, the decoder fails on it, or it is longer than allowed
 */
export async function decodeMp3(bytes: Uint8Array, maxSeconds = Number.POSITIVE_INFINITY): Promise<Pcm> {
  // Loaded when first needed: most servers never see an MP3.
  const mpg123 = await import('mpg123-decoder');
  const decoder = new mpg123.MPEGDecoder();
  await decoder.ready;
  const sound = new DecodedSound(maxSeconds);
  const errors = { count: 0 };
  try {
    for (let at = 0; at < bytes.length; at += DECODE_CHUNK_BYTES) {
      sound.add(decodeChunk(decoder, bytes.subarray(at, at + DECODE_CHUNK_BYTES), errors));
    }
  } finally {
    decoder.free();
  }
  return sound.end() ?? noAudio(bytes.length);
}

function noAudio(length: number): never {
  throw new Mp3FormatError(`no MPEG audio was found in the ${length} bytes`);
}

type Mp3Decoder = Pick<MPEGDecoder, 'decode'>;

/**
 * Decodes one chunk. The decoder prints what it stumbles over and tries again, for some bytes for ever: after so many
 * errors the file is given up.
 */
function decodeChunk(decoder: Mp3Decoder, chunk: Uint8Array, errors: { count: number }): MPEGDecodedAudio {
  const { error: print } = console;
  console.error = (message: unknown) => {
    errors.count++;
    if (errors.count > MAX_DECODER_ERRORS) throw new Mp3FormatError(`the MP3 is damaged: ${String(message)}`);
  };
  try {
    return decoder.decode(chunk);
  } catch (error) {
    if (error instanceof Mp3FormatError) throw error;
    throw new Mp3FormatError(`the MP3 decoder failed: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    console.error = print;
  }
}

/** What is decoded, at the server's rate: a long file is never held as it was decoded. */
class DecodedSound {
  readonly #maxSeconds: number;
  readonly #pieces: Pcm[] = [];
  #rateHz = 0;
  #length = 0;
  #resampler: Resampler | undefined;

  constructor(maxSeconds: number) {
    this.#maxSeconds = maxSeconds;
  }

  add({ channelData, samplesDecoded, sampleRate }: MPEGDecodedAudio): void {
    if (samplesDecoded <= 0) return;
    if (!SAMPLE_RATES.has(sampleRate)) throw new Mp3FormatError(`no MPEG audio has a sample rate of ${sampleRate} Hz`);
    if (this.#rateHz !== 0 && sampleRate !== this.#rateHz) {
      throw new Mp3FormatError(`the MP3 changes its sample rate from ${this.#rateHz} to ${sampleRate} Hz`);
    }
    this.#rateHz = sampleRate;
    this.#length += samplesDecoded;
    if (this.#length > this.#maxSeconds * sampleRate) {
      throw new Mp3FormatError(`the MP3 is longer than ${this.#maxSeconds} s`);
    }
    this.#resampler ??= new Resampler(sampleRate, SAMPLE_RATE);
    this.#pieces.push(pcmFromFloats(this.#resampler.push(mixToMono(channelData, samplesDecoded))));
  }

  /** All of it; `undefined` if there was nothing. */
  end(): Pcm | undefined {
    return this.#resampler && concat([...this.#pieces, pcmFromFloats(this.#resampler.end())]);
  }
}

/**
 * Writes an MP3: mono, 16 kHz, constant bit rate, as voice recordings are. It takes a hundredth of the audio's length: it
 * is done in a thread, see `AudioThreads`.
 *
 * @param audio all of it, or its pieces
 * @param kbps bit rate in kilobits per second
 */
export async function encodeMp3(audio: Pcm | AsyncIterable<Pcm>, kbps: Mp3Kbps = 32): Promise<Uint8Array<ArrayBuffer>> {
  const { createEncoder } = await import('wasm-media-encoders');
  // The package's default loads its program with fetch; reading the file needs neither network nor data: URLs.
  const program = await readFile(createRequire(import.meta.url).resolve('wasm-media-encoders/wasm/mp3'));
  const encoder = await createEncoder('audio/mpeg', program);
  encoder.configure({ sampleRate: SAMPLE_RATE, channels: 1, bitrate: kbps });
  const encoded: Uint8Array[] = [];
  for await (const { samples } of 'samples' in audio ? [audio] : audio) {
    for (let at = 0; at < samples.length; at += SAMPLE_RATE) {
      const floats = Float32Array.from(samples.subarray(at, at + SAMPLE_RATE), (sample) => sample / 32_768);
      // The encoder reuses its buffer.
      encoded.push(encoder.encode([floats]).slice());
    }
  }
  encoded.push(encoder.finalize().slice());
  return joinBytes(encoded);
}

/** The longest MP3 that is written: four hours, the longest that a provider lets a call last. It has up to 86 MB. */
const MAX_WRITTEN_SECONDS = 14_400;

/** Why audio of so many samples is not written as an MP3, in words; `undefined` when it is. */
export function tooLongForMp3(frames: number): string | undefined {
  const seconds = frames / SAMPLE_RATE;
  if (seconds <= MAX_WRITTEN_SECONDS) return undefined;
  return `the recording lasts ${Math.ceil(seconds)} s; as an MP3 at most ${MAX_WRITTEN_SECONDS} s are written, as a WAV all of it`;
}

/** Bit rates of MP3 files, in kilobits per second. */
export type Mp3Kbps = 32 | 48 | 64;

/** In a buffer of its own, which can move to another thread: those of `Buffer.concat` may be shared. */
function joinBytes(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

function mixToMono(channels: readonly Float32Array[], length: number): Float32Array {
  const mono = new Float32Array(length);
  for (const channel of channels) {
    for (let index = 0; index < length; index++)
      mono[index] = (mono[index] ?? 0) + (channel[index] ?? 0) / channels.length;
  }
  return mono;
}
