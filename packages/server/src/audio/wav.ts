import { endianness } from 'node:os';
import { type Pcm, SAMPLE_RATE, concat, pcmFromFloats, pcmOf } from './pcm.ts';
import { Resampler } from './resample.ts';

/** The bytes are no WAV file that can be read; the message says what and where. */
export class WavFormatError extends Error {
  override readonly name = 'WavFormatError';
}

const FORMAT_PCM = 1;
const FORMAT_FLOAT = 3;
const FORMAT_EXTENSIBLE = 0xfffe;
/** What stands before the samples in the files that are written here. */
export const WAV_HEADER_BYTES = 44;
const MIN_RATE_HZ = 1000;
const MAX_RATE_HZ = 384_000;
/** More than any arrangement of loudspeakers has; a header can say 65 535. */
const MAX_CHANNELS = 64;
/** Frames that are converted in one go. */
const FRAMES_PER_BLOCK = 65_536;
const isLittleEndian = endianness() === 'LE';

/**
 * The 44 bytes before the samples of a 16 kHz, 16-bit WAV file. For writers that stream; {@link encodeWav} is simpler.
 *
 * @param frames samples per channel that will follow
 * @param channels how many samples a frame has
 * @throws RangeError if the file would pass the 4 GiB that a RIFF length can say
 */
export function wavHeader(frames: number, channels = 1): Uint8Array {
  const problem = tooLongForWav(frames, channels);
  if (problem !== undefined) throw new RangeError(problem);
  const dataBytes = frames * channels * 2;
  const bytes = new Uint8Array(WAV_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(ascii('RIFF'), 0);
  view.setUint32(4, dataBytes + WAV_HEADER_BYTES - 8, true);
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

/** Why audio of so many samples a channel fits into no WAV file, in words; `undefined` when it does. */
export function tooLongForWav(frames: number, channels = 1): string | undefined {
  const bytes = frames * channels * 2;
  if (bytes + WAV_HEADER_BYTES - 8 <= 0xffff_ffff) return undefined;
  const seconds = Math.ceil(frames / SAMPLE_RATE);
  return `a WAV file holds at most 4 GiB; ${seconds} s of ${channels} channels need ${bytes} bytes`;
}

/**
 * The sample bytes of a WAV file: little-endian, the channels interleaved. A shorter channel ends in silence.
 *
 * @param channels one {@link Pcm} a channel
 */
export function wavSamples(channels: readonly Pcm[]): Uint8Array {
  const frames = Math.max(0, ...channels.map((channel) => channel.samples.length));
  const bytes = new Uint8Array(frames * channels.length * 2);
  channels.forEach(({ samples }, channel) => {
    writeSamples(bytes, samples, { channel, channels: channels.length });
  });
  return bytes;
}

/**
 * Writes samples of one channel among the sample bytes of a WAV file.
 *
 * @param into the sample bytes, at an even place of their buffer
 * @param at which of how many channels it is
 */
function writeSamples(
  into: Uint8Array,
  samples: Int16Array,
  { channel, channels }: { readonly channel: number; readonly channels: number },
): void {
  if (!isLittleEndian) {
    const view = new DataView(into.buffer, into.byteOffset, into.byteLength);
    samples.forEach((sample, index) => view.setInt16((index * channels + channel) * 2, sample, true));
    return;
  }
  const words = new Int16Array(into.buffer, into.byteOffset, into.byteLength / 2);
  if (channels === 1) words.set(samples);
  else for (let index = 0; index < samples.length; index++) words[index * channels + channel] = samples[index] ?? 0;
}

/** A whole WAV file of one channel, or of several (unmixed recordings): 16 kHz, 16 bits. */
export function encodeWav(audio: Pcm | readonly Pcm[]): Uint8Array {
  const channels = 'samples' in audio ? [audio] : audio;
  const samples = wavSamples(channels);
  const bytes = new Uint8Array(WAV_HEADER_BYTES + samples.length);
  bytes.set(wavHeader(channels.length === 0 ? 0 : samples.length / channels.length / 2, channels.length));
  bytes.set(samples, WAV_HEADER_BYTES);
  return bytes;
}

/**
 * Reads a WAV file: PCM of 8, 16, 24 or 32 bits or 32-bit float, any number of channels (mixed to one), any rate
 * (resampled to 16 kHz). Chunks it does not need are skipped; a data chunk that is cut short, or whose length was never
 * filled in (as streaming writers leave it), is read as far as it goes. Seconds of work for a long file: it is done in a
 * thread, see `AudioThreads`.
 *
 * @param maxSeconds longer audio is refused
 * @throws WavFormatError naming what is wrong: no RIFF/WAVE head, no fmt or data chunk, an encoding it cannot read, numbers
 *   in the header that do not fit each other, too long
 * @see http://soundfile.sapp.org/doc/WaveFormat/
 */
export function decodeWav(bytes: Uint8Array, maxSeconds = Number.POSITIVE_INFINITY): Pcm {
  const { format, data } = findChunks(bytes);
  const seconds = data.byteLength / (format.rateHz * bytesPerFrame(format));
  if (seconds > maxSeconds) {
    throw new WavFormatError(`the WAV file lasts ${seconds.toFixed(1)} s; at most ${maxSeconds} s are read`);
  }
  if (isOwnForm(format)) return pcmOf(readSamples(data));
  return convert(format, data);
}

/** Whether nothing has to be converted: what {@link encodeWav} and the speech engine write. */
function isOwnForm({ encoding, channels, rateHz, bits }: WavFormat): boolean {
  return encoding === FORMAT_PCM && channels === 1 && rateHz === SAMPLE_RATE && bits === 16;
}

function bytesPerFrame({ channels, bits }: Pick<WavFormat, 'channels' | 'bits'>): number {
  return (channels * bits) / 8;
}

function readSamples(data: DataView): Int16Array {
  const length = Math.floor(data.byteLength / 2);
  const bytes = new Uint8Array(length * 2);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, bytes.length));
  if (!isLittleEndian) Buffer.from(bytes.buffer).swap16();
  return new Int16Array(bytes.buffer);
}

/** Mixes to one channel and changes the rate, block by block: the file is never held a second time as it is. */
function convert(format: WavFormat, data: DataView): Pcm {
  const frames = Math.floor(data.byteLength / bytesPerFrame(format));
  const read = sampleReader(format, data);
  const resampler = new Resampler(format.rateHz, SAMPLE_RATE);
  const pieces: Pcm[] = [];
  for (let at = 0; at < frames; at += FRAMES_PER_BLOCK) {
    const block = mixToMono(format, read, at, Math.min(at + FRAMES_PER_BLOCK, frames));
    pieces.push(pcmFromFloats(resampler.push(block)));
  }
  return concat([...pieces, pcmFromFloats(resampler.end())]);
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
  if (format.channels === 0 || format.channels > MAX_CHANNELS) {
    throw new WavFormatError(`the WAV file declares ${format.channels} channels; expected 1 to ${MAX_CHANNELS}`);
  }
  const blockAlign = chunk.getUint16(12, true);
  if (blockAlign !== bytesPerFrame(format)) {
    throw new WavFormatError(
      `the WAV file declares frames of ${blockAlign} bytes; ${format.channels} channels of ${format.bits} bits take ${bytesPerFrame(format)}`,
    );
  }
  if (format.rateHz < MIN_RATE_HZ || format.rateHz > MAX_RATE_HZ) {
    throw new WavFormatError(`the WAV file declares ${format.rateHz} Hz; expected ${MIN_RATE_HZ} to ${MAX_RATE_HZ}`);
  }
  return format;
}

function mixToMono(
  { channels, bits }: WavFormat,
  read: (offset: number) => number,
  from: number,
  to: number,
): Float32Array {
  const bytesPerSample = bits / 8;
  const mono = new Float32Array(to - from);
  for (let frame = from; frame < to; frame++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += read((frame * channels + channel) * bytesPerSample);
    mono[frame - from] = sum / channels;
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
