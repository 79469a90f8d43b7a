import type { Askers } from '../threads/askers.ts';
import { builtWorker } from '../threads/built-worker.ts';
import { WorkerPool } from '../threads/worker-pool.ts';
import type { AudioResult, AudioWork } from './audio-work.ts';
import type { DecodedAudio } from './decode.ts';
import type { Mp3Kbps } from './mp3.ts';
import { type Pcm, durationMs, pcmOf } from './pcm.ts';

/** Decodes a file of audio off the main thread. The bytes move there: they are empty afterwards. */
export type DecodeOffThread = (bytes: Uint8Array, maxSeconds: number, askers?: Askers) => Promise<DecodedAudio>;

/** Writes an MP3 off the main thread. The samples move there: they are empty afterwards. */
export type EncodeMp3OffThread = (pcm: Pcm, kbps: Mp3Kbps) => Promise<Uint8Array<ArrayBuffer>>;

/** The threads that decode and encode audio. */
export interface AudioThreads {
  readonly decode: DecodeOffThread;
  readonly encodeMp3: EncodeMp3OffThread;
  /** Stops the threads; what they do is given up. */
  close(): Promise<void>;
}

/** The work could not be done: a thread crashed, took too long or was stopped, or nobody wanted the result any more. */
export class AudioThreadError extends Error {
  override readonly name = 'AudioThreadError';
}

/**
 * Two threads, so that one long recording does not hold up everybody else's files. They start with the first work.
 *
 * @param timeoutMs the longest that one file may take, in milliseconds; one that is written has a tenth of its length more
 */
export function createAudioThreads({ threads = 2, timeoutMs = 60_000 } = {}): AudioThreads {
  const pool = new WorkerPool<AudioWork, AudioResult>({
    entry: builtWorker('./worker.js', import.meta.url),
    size: threads,
    timeoutMs: (work) => timeoutMs + (work.kind === 'encode-mp3' ? durationMs(pcmOf(work.samples)) / 10 : 0),
    name: 'audio',
    describe: (work) => (work.kind === 'decode' ? 'to decode a file' : 'to encode an MP3'),
    error: (problem) => new AudioThreadError(problem),
  });
  return {
    async decode(bytes, maxSeconds, askers) {
      const own = ownBuffer(bytes);
      return (await pool.run(
        { kind: 'decode', bytes: own, maxSeconds },
        { askers, transfer: [own.buffer] },
      )) as DecodedAudio;
    },
    async encodeMp3({ samples }, kbps) {
      const own = ownBuffer(samples);
      const work = { kind: 'encode-mp3', samples: own, kbps } as const;
      return (await pool.run(work, { transfer: [own.buffer] })) as Uint8Array<ArrayBuffer>;
    },
    close: () => pool.close(),
  };
}

/** Part of a larger buffer would take along what belongs to others. */
function ownBuffer(view: Uint8Array): Uint8Array<ArrayBuffer>;
function ownBuffer(view: Int16Array): Int16Array<ArrayBuffer>;
function ownBuffer(view: Uint8Array | Int16Array): Uint8Array | Int16Array {
  // Of a Buffer, `slice` would be another view of the same memory.
  if (view.byteLength === view.buffer.byteLength) return view;
  return view instanceof Int16Array ? view.slice() : new Uint8Array(view);
}
