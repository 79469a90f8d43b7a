import { type Pcm, pcmOf } from './pcm.ts';
import { WAV_HEADER_BYTES, wavHeader, wavSamples } from './wav.ts';

/** A file that is made while it is read. */
export interface StreamedFile {
  /** How many bytes it has. */
  readonly bytes: number;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/**
 * A WAV file of audio that is rendered piece by piece, in little memory however long it is: 16 kHz, 16 bits.
 *
 * @param channels the pieces of each channel
 * @param frames how many samples each channel has
 * @throws RangeError if the file would pass the 4 GiB that a RIFF length can say
 */
export function wavFile(channels: readonly AsyncIterable<Pcm>[], frames: number): StreamedFile {
  const header = wavHeader(frames, channels.length);
  return { bytes: WAV_HEADER_BYTES + frames * channels.length * 2, chunks: wavChunks(header, channels) };
}

async function* wavChunks(header: Uint8Array, channels: readonly AsyncIterable<Pcm>[]): AsyncGenerator<Uint8Array> {
  yield header;
  const readers = channels.map((pieces) => new SampleReader(pieces));
  try {
    for (;;) {
      // One after the other: each renders in turns of its own.
      const waiting: number[] = [];
      for (const reader of readers) waiting.push(await reader.fill());
      // Pieces need not be as long in all channels.
      const length = Math.min(...waiting);
      if (readers.length === 0 || length === 0) return;
      yield wavSamples(readers.map((reader) => reader.take(length)));
    }
  } finally {
    await Promise.all(readers.map((reader) => reader.close()));
  }
}

/** The samples of one channel, as many at a time as all channels have. */
class SampleReader {
  readonly #pieces: AsyncIterator<Pcm>;
  #waiting = new Int16Array(0);

  constructor(pieces: AsyncIterable<Pcm>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** How many samples are there; 0 at the end. */
  async fill(): Promise<number> {
    while (this.#waiting.length === 0) {
      const next = await this.#pieces.next();
      if (next.done) return 0;
      this.#waiting = next.value.samples as Int16Array<ArrayBuffer>;
    }
    return this.#waiting.length;
  }

  take(length: number): Pcm {
    const taken = this.#waiting.subarray(0, length);
    this.#waiting = this.#waiting.subarray(length);
    return pcmOf(taken);
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}

/** A part of a file that is made while it is read: what comes before it is made, and left out. */
export async function* partOf(
  { chunks }: StreamedFile,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let at = 0;
  for await (const chunk of chunks) {
    const part = chunk.subarray(Math.max(0, from - at), Math.max(0, to - at));
    at += chunk.length;
    if (part.length > 0) yield part;
    if (at >= to) return;
  }
}

/** All of a file at once. */
export async function wholeFile({ bytes, chunks }: StreamedFile): Promise<Uint8Array<ArrayBuffer>> {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for await (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
