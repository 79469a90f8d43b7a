import { type MediaId, mediaIdOf } from './media-id.ts';
import { Mp3FormatError, decodeMp3 } from './mp3.ts';
import { padToWholeMs } from './pcm.ts';
import { WavFormatError, decodeWav } from './wav.ts';

/** The result of decoding an audio file. */
export type DecodedAudio =
  /** Samples at 16 kHz for a whole number of milliseconds, and their name in the media store. */
  | { readonly ok: true; readonly samples: Int16Array<ArrayBuffer>; readonly media: MediaId }
  /** It is no audio that can be played; for people. */
  | { readonly ok: false; readonly problem: string };

/**
 * Decodes a WAV or MP3 file. Which of the two it is, its first bytes decide. It holds the thread it runs in for seconds;
 * see `AudioThreads`.
 *
 * @param maxSeconds longer audio is refused, before it is decoded as far as its header tells
 */
export async function decodeAudio(bytes: Uint8Array, maxSeconds: number): Promise<DecodedAudio> {
  try {
    const kind = sniffAudio(bytes);
    if (kind === undefined) return { ok: false, problem: 'neither WAV nor MP3' };
    const pcm = kind === 'wav' ? decodeWav(bytes, maxSeconds) : await decodeMp3(bytes, maxSeconds);
    const padded = padToWholeMs(pcm);
    return { ok: true, samples: padded.samples as Int16Array<ArrayBuffer>, media: mediaIdOf(padded) };
  } catch (error) {
    if (error instanceof WavFormatError || error instanceof Mp3FormatError)
      return { ok: false, problem: error.message };
    throw error;
  }
}

/** Tells by its first bytes what a file is; undefined if it is neither WAV nor MP3. */
function sniffAudio(bytes: Uint8Array): 'wav' | 'mp3' | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  if (start.startsWith('RIFF') && start.endsWith('WAVE')) return 'wav';
  if (start.startsWith('ID3')) return 'mp3';
  const [first = 0, second = 0] = bytes;
  // The frame's 11 sync bits, a version that is not reserved, layer III.
  const isFrame = first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x18) !== 0x08 && (second & 0x06) === 0x02;
  return isFrame ? 'mp3' : undefined;
}
