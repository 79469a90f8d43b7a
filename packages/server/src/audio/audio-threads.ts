import type { Askers } from '../threads/askers.ts';
import { builtWorker } from '../threads/built-worker.ts';
import { WorkerPool } from '../threads/worker-pool.ts';
import type { AudioResult, AudioWork } from './audio-work.ts';
import type { DecodedAudio } from './decode.ts';
import type { Mp3Kbps } from './mp3.ts';
import { type Pcm, SAMPLE_RATE } from './pcm.ts';
import { offerPieces } from './piece-port.ts';

/** Decodes a file of audio off the main thread. The bytes move there: they are empty afterwards. */
export type DecodeOffThread = (bytes: Uint8Array, maxSeconds: number, askers?: Askers) => Promise<DecodedAudio>;

/** Audio that is rendered when somebody takes it. */
export interface RenderedAudio {
  /** How many samples it has. */
  readonly frames: number;
  readonly pieces: AsyncIterable<Pcm>;
}

/** Encodes an MP3 off the main thread, from pieces that are rendered as they are needed. */
export type EncodeMp3OffThread = (audio: RenderedAudio, kbps: Mp3Kbps) => Promise<Uint8Array<ArrayBuffer>>;

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
 * @param timeoutMs the longest that one file may take, in milliseconds; one that is written has a fifth of its length more
 */
export function createAudioThreads({ threads = 2, timeoutMs = 60_000 } = {}): AudioThreads {
  const pool = new WorkerPool<AudioWork, AudioResult>({
    entry: builtWorker('./worker.js', import.meta.url),
    size: threads,
    timeoutMs: (work) => timeoutMs + (work.kind === 'encode-mp3' ? (work.seconds * 1000) / 5 : 0),
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
    async encodeMp3({ frames, pieces }, kbps) {
      const { port, end } = offerPieces(pieces);
      const work = { kind: 'encode-mp3', port, seconds: frames / SAMPLE_RATE, kbps } as const;
      try {
        return (await pool.run(work, { transfer: [port] })) as Uint8Array<ArrayBuffer>;
      } finally {
        end();
      }
    },
    close: () => pool.close(),
  };
}

/** Copied first if it is a view: transferring it would move the whole underlying buffer. */
function ownBuffer(view: Uint8Array): Uint8Array<ArrayBuffer> {
  // Not `slice`: on a Buffer that gives another view of the same memory.
  return view.byteLength === view.buffer.byteLength ? (view as Uint8Array<ArrayBuffer>) : new Uint8Array(view);
}
