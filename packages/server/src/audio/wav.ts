import { type Pcm, SAMPLE_RATE, pcmFromFloats, pcmOf } from './pcm.ts';
import { resample } from './resample.ts';

/** The bytes are no WAV file that can be read; the message says what and where. */
export class WavFormatError extends Error {
  override readonly name = 'WavFormatError';
}

const FORMAT_PCM = 1;
const FORMAT_FLOAT = 3;
const FORMAT_EXTENSIBLE = 0xfffe;
const HEADER_BYTES = 44;
const MIN_RATE_HZ = 1000;
const MAX_RATE_HZ = 384_000;

/**
 * The 44 bytes before the samples of a 16 kHz, 16-bit WAV file. For writers that stream; {@link encodeWav} is simpler.
 *
 * @param frames samples per channel that will follow
 * @param channels how many samples a frame has
 * @throws RangeError if the file would pass the 4 GiB that a RIFF length can say
 */
export function wavHeader(frames: number, channels = 1): Uint8Array {
  const dataBytes = frames * channels * 2;
  if (dataBytes + HEADER_BYTES - 8 > 0xffff_ffff) {
    throw new RangeError(`a WAV file holds at most 4 GiB; ${frames} frames of ${channels} channels need ${dataBytes}`);
  }
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(ascii('RIFF'), 0);
  view.setUint32(4, dataBytes + HEADER_BYTES - 8, true);
  bytes.set(ascii('WAVEfmt '), 8);
  view.setUint32(16, 16, true);
  view.setUint16(20, FORMAT_PCM, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, SAMPLE_RATE, true);
  view.setUint32(28, SAMPLE_RATE * channels * 2, true);
  view.setUint16(32, channels * 2, true);
  view.setUint16(34, 16, true);
  bytes.set(ascii('data'), 36);
  view.setUint32(40, dataBytes, true);
  return bytes;
}

/**
 * The sample bytes of a WAV file: little-endian, the channels interleaved. A shorter channel ends in silence.
 *
 * @param channels one {@link Pcm} a channel
 */
export function wavSamples(channels: readonly Pcm[]): Uint8Array {
  const frames = Math.max(0, ...channels.map((channel) => channel.samples.length));
  const bytes = new Uint8Array(frames * channels.length * 2);
  const view = new DataView(bytes.buffer);
  channels.forEach((channel, number) => {
    channel.samples.forEach((sample, frame) => view.setInt16((frame * channels.length + number) * 2, sample, true));
  });
  return bytes;
}

/** A whole WAV file of one channel, or of several (unmixed recordings): 16 kHz, 16 bits. */
export function encodeWav(audio: Pcm | readonly Pcm[]): Uint8Array {
  const channels = 'samples' in audio ? [audio] : audio;
  const samples = wavSamples(channels);
  const bytes = new Uint8Array(HEADER_BYTES + samples.length);
  bytes.set(wavHeader(channels.length === 0 ? 0 : samples.length / channels.length / 2, channels.length));
  bytes.set(samples, HEADER_BYTES);
  return bytes;
}

/**
 * Reads a WAV file: PCM of 8, 16, 24 or 32 bits or 32-bit float, any number of channels (mixed to one), any rate
 * (resampled to 16 kHz). Chunks it does not need are skipped; a data chunk that is cut short, or whose length was never
 * filled in (as streaming writers leave it), is read as far as it goes.
 *
 * @param maxSeconds longer audio is refused
 * @throws WavFormatError naming what is wrong: no RIFF/WAVE head, no fmt or data chunk, an encoding it cannot read, too
 *   long
 * @see http://soundfile.sapp.org/doc/WaveFormat/
 */
export function decodeWav(bytes: Uint8Array, maxSeconds = Number.POSITIVE_INFINITY): Pcm {
  const { format, data } = findChunks(bytes);
  const seconds = data.byteLength / (format.rateHz * format.channels * (format.bits / 8));
  if (seconds > maxSeconds) {
    throw new WavFormatError(`the WAV file lasts ${seconds.toFixed(1)} s; at most ${maxSeconds} s are read`);
  }
  if (isOwnForm(format)) return pcmOf(readSamples(data));
  return pcmFromFloats(resample(mixToMono(format, data), format.rateHz, SAMPLE_RATE));
}

/** Whether nothing has to be converted: what {@link encodeWav} and the speech engine write. */
function isOwnForm({ encoding, channels, rateHz, bits }: WavFormat): boolean {
  return encoding === FORMAT_PCM && channels === 1 && rateHz === SAMPLE_RATE && bits === 16;
}

function readSamples(data: DataView): Int16Array {
  const samples = new Int16Array(Math.floor(data.byteLength / 2));
  for (let index = 0; index < samples.length; index++) samples[index] = data.getInt16(index * 2, true);
  return samples;
}

interface WavFormat {
  readonly encoding: number;
  readonly channels: number;
  readonly rateHz: number;
  readonly bits: number;
}

function findChunks(bytes: Uint8Array): { format: WavFormat; data: DataView } {
  if (textAt(bytes, 0) !== 'RIFF' || textAt(bytes, 8) !== 'WAVE') {
    throw new WavFormatError('not a WAV file: it does not begin with "RIFF", a length and "WAVE"');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: WavFormat | undefined;
  let at = 12;
  while (at + 8 <= bytes.length) {
    const id = textAt(bytes, at);
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    const available = Math.min(size, bytes.length - body);
    if (id === 'fmt ') format = readFormat(new DataView(bytes.buffer, bytes.byteOffset + body, available), at);
    if (id === 'data') {
      if (format === undefined) throw new WavFormatError(`the data chunk at byte ${at} comes before any fmt chunk`);
      return { format, data: new DataView(bytes.buffer, bytes.byteOffset + body, available) };
    }
    // Chunks are padded to an even length.
    at = body + size + (size % 2);
  }
  throw new WavFormatError(format === undefined ? 'the WAV file has no fmt chunk' : 'the WAV file has no data chunk');
}

function readFormat(chunk: DataView, at: number): WavFormat {
  if (chunk.byteLength < 16) {
    throw new WavFormatError(`the fmt chunk at byte ${at} has ${chunk.byteLength} bytes, expected at least 16`);
  }
  const declared = chunk.getUint16(0, true);
  const encoding = declared === FORMAT_EXTENSIBLE && chunk.byteLength >= 26 ? chunk.getUint16(24, true) : declared;
  const format = {
    encoding,
    channels: chunk.getUint16(2, true),
    rateHz: chunk.getUint32(4, true),
    bits: chunk.getUint16(14, true),
  };
  const readable =
    (encoding === FORMAT_PCM && [8, 16, 24, 32].includes(format.bits)) ||
    (encoding === FORMAT_FLOAT && format.bits === 32);
  if (!readable) {
    throw new WavFormatError(
      `the WAV encoding is format ${encoding} with ${format.bits} bits; expected PCM (1) of 8, 16, 24 or 32 bits or float (3) of 32 bits`,
    );
  }
  if (format.channels === 0) throw new WavFormatError('the WAV file declares 0 channels');
  if (format.rateHz < MIN_RATE_HZ || format.rateHz > MAX_RATE_HZ) {
    throw new WavFormatError(`the WAV file declares ${format.rateHz} Hz; expected ${MIN_RATE_HZ} to ${MAX_RATE_HZ}`);
  }
  return format;
}

function mixToMono(format: WavFormat, data: DataView): Float32Array {
  const { channels } = format;
  const bytesPerSample = format.bits / 8;
  const read = sampleReader(format, data);
  const mono = new Float32Array(Math.floor(data.byteLength / (bytesPerSample * channels)));
  for (let frame = 0; frame < mono.length; frame++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += read((frame * channels + channel) * bytesPerSample);
    mono[frame] = sum / channels;
  }
  return mono;
}

/** Reads the sample at a byte offset as a number from −1 to 1. */
function sampleReader(format: WavFormat, data: DataView): (offset: number) => number {
  if (format.encoding === FORMAT_FLOAT) return finiteFloat(data);
  switch (format.bits) {
    case 8:
      return (offset) => (data.getUint8(offset) - 128) / 128;
    case 16:
      return (offset) => data.getInt16(offset, true) / 32_767;
    case 24:
      return (offset) => (data.getUint16(offset, true) + data.getInt8(offset + 2) * 65_536) / 8_388_607;
    default:
      return (offset) => data.getInt32(offset, true) / 2_147_483_647;
  }
}

function finiteFloat(data: DataView): (offset: number) => number {
  return (offset) => {
    const value = data.getFloat32(offset, true);
    return Number.isFinite(value) ? value : 0;
  };
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function textAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
