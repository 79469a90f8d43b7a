import { type FileAnswer, getFile } from '../outbound/get-file.ts';
import { OutboundGuard } from '../outbound/outbound-guard.ts';
import { Mp3FormatError, decodeMp3 } from './mp3.ts';
import { type Pcm, padToWholeMs } from './pcm.ts';
import { WavFormatError, decodeWav } from './wav.ts';

/**
 * What came of fetching a recording. `download`: it could not be had (ACS 8536); `format`: it was had, but is no audio
 * that can be played (ACS 8535). `detail` is for people and never contains the address's query, which may hold secrets.
 */
export type DownloadedAudio =
  /** Its length is a whole number of milliseconds. */
  | { readonly ok: true; readonly pcm: Pcm }
  | { readonly ok: false; readonly reason: 'download' | 'format'; readonly detail: string };

/** Fetches a recording; never throws. */
export type Download = (uri: string) => Promise<DownloadedAudio>;

/** Bounds on what is fetched. */
export interface DownloadLimits {
  /** Largest file in bytes. Default 10 MiB. */
  readonly maxBytes?: number;
  /** The longest that fetching may take in all, in wall-clock milliseconds. Default 10 000. */
  readonly timeoutMs?: number;
  /** Longest audio in seconds. Default 1800. */
  readonly maxSeconds?: number;
}

/**
 * Fetches a WAV or MP3 file over http or https and decodes it. Which of the two it is, its first bytes decide, not the
 * Content-Type, which is often wrong.
 *
 * @param uri absolute address; other schemes are refused (`file:` and `data:` would let a request read or smuggle)
 * @param guard says which hosts are not asked, whether the address or a redirect names them
 */
export async function downloadAudio(
  uri: string,
  limits: DownloadLimits = {},
  guard: OutboundGuard = new OutboundGuard(),
): Promise<DownloadedAudio> {
  const { maxBytes = 10 * 1024 * 1024, timeoutMs = 10_000, maxSeconds = 1800 } = limits;
  if (!URL.canParse(uri)) return failed('download', 'the address is not an absolute URL');
  const url = new URL(uri);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return failed('download', `the address has the scheme ${url.protocol} but only http: and https: are fetched`);
  }
  if (url.username !== '' || url.password !== '') {
    return failed('download', 'the address contains a user name or password, which is not supported');
  }
  const name = `${url.origin}${url.pathname}`;
  let answer: FileAnswer;
  try {
    answer = await getFile(url, { maxBytes, timeoutMs }, guard);
  } catch (error) {
    return failed('download', `${name} could not be fetched: ${(error as Error).message}`);
  }
  const { status, contentType = 'no Content-Type', bytes } = answer;
  if (status < 200 || status > 299) return failed('download', `${name} answered with status ${status}`);
  if (bytes === 'too-large') return failed('download', `${name} is larger than ${maxBytes} bytes`);
  return decode(bytes, contentType, name, maxSeconds);
}

async function decode(
  bytes: Uint8Array,
  contentType: string,
  name: string,
  maxSeconds: number,
): Promise<DownloadedAudio> {
  try {
    const kind = sniffAudio(bytes);
    if (kind === undefined)
      return failed('format', `${name} is neither WAV nor MP3 (${bytes.length} bytes, ${contentType})`);
    const pcm = kind === 'wav' ? decodeWav(bytes, maxSeconds) : await decodeMp3(bytes, maxSeconds);
    return { ok: true, pcm: padToWholeMs(pcm) };
  } catch (error) {
    if (error instanceof WavFormatError || error instanceof Mp3FormatError) {
      return failed('format', `${name}: ${error.message}`);
    }
    throw error;
  }
}

/** Tells by its first bytes what a file is; undefined if it is neither WAV nor MP3. */
export function sniffAudio(bytes: Uint8Array): 'wav' | 'mp3' | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  if (start.startsWith('RIFF') && start.endsWith('WAVE')) return 'wav';
  if (start.startsWith('ID3')) return 'mp3';
  const [first = 0, second = 0] = bytes;
  // The frame's 11 sync bits, a version that is not reserved, layer III.
  const isFrame = first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x18) !== 0x08 && (second & 0x06) === 0x02;
  return isFrame ? 'mp3' : undefined;
}

function failed(reason: 'download' | 'format', detail: string): DownloadedAudio {
  return { ok: false, reason, detail };
}
