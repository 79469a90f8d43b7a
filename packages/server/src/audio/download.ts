import { type FileAnswer, getFile } from '../outbound/get-file.ts';
import { OutboundGuard } from '../outbound/outbound-guard.ts';
import { Askers } from '../threads/askers.ts';
import { FairGate } from '../threads/fair-gate.ts';
import { AudioThreadError, type DecodeOffThread } from './audio-threads.ts';
import type { MediaId } from './media-id.ts';
import { type Pcm, pcmOf } from './pcm.ts';

/**
 * What came of fetching a recording. `download`: it could not be had; `format`: it was had, but is no audio that
 * can be played. `detail` is for people and never contains the address's query, which may hold secrets.
 */
export type DownloadedAudio =
  /** Its length is a whole number of milliseconds; `media` is its name in the media store. */
  | { readonly ok: true; readonly pcm: Pcm; readonly media: MediaId }
  | { readonly ok: false; readonly reason: 'download' | 'format'; readonly detail: string };

/**
 * Fetches a recording; never throws.
 *
 * @param askers for whom: each call has its turn, and what nobody waits for any more is given up
 */
export type Download = (uri: string, askers?: Askers) => Promise<DownloadedAudio>;

/** Bounds on what is fetched. */
export interface DownloadLimits {
  /** Largest file in bytes. Default 10 MiB. */
  readonly maxBytes?: number;
  /** The longest that fetching may take in all, in wall-clock milliseconds. Default 10 000. */
  readonly timeoutMs?: number;
  /** Longest audio in seconds. Default 1800. */
  readonly maxSeconds?: number;
}

/** What a download works with. */
export interface DownloadParts {
  readonly decode: DecodeOffThread;
  /** Which hosts nothing is fetched from, whatever name or redirect leads there. */
  readonly guard?: OutboundGuard;
  /** The calls that wait for it. */
  readonly askers?: Askers;
}

/** Files that are fetched and decoded at a time: each is held in memory, as it came and as it sounds. */
const FILES_AT_ONCE = 8;

/** Makes the server's {@link Download}: so many files at a time, decoded off the main thread. */
export function createDownload(parts: Omit<DownloadParts, 'askers'>, limits: DownloadLimits = {}): Download {
  const gate = new FairGate(FILES_AT_ONCE);
  return async (uri, askers = new Askers({ line: '' })) =>
    (await gate.run(askers, () => downloadAudio(uri, { ...parts, askers }, limits))) ?? notWanted();
}

/**
 * Fetches a WAV or MP3 file over http or https and decodes it. Which of the two it is, its first bytes decide, not the
 * Content-Type, which is often wrong.
 *
 * @param uri absolute address; other schemes are refused (`file:` and `data:` would let a request read or smuggle)
 */
async function downloadAudio(
  uri: string,
  { decode, guard = new OutboundGuard(), askers }: DownloadParts,
  limits: DownloadLimits = {},
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
  if (askers?.isEmpty) return notWanted();
  try {
    const size = bytes.length;
    const decoded = await decode(bytes, maxSeconds, askers);
    if (decoded.ok) return { ok: true, pcm: pcmOf(decoded.samples), media: decoded.media };
    return failed('format', `${name}: ${decoded.problem} (${size} bytes, ${contentType})`);
  } catch (error) {
    if (error instanceof AudioThreadError) return failed('format', `${name}: ${error.message}`);
    throw error;
  }
}

function notWanted(): DownloadedAudio {
  return failed('download', 'nobody waits for the file any more');
}

function failed(reason: 'download' | 'format', detail: string): DownloadedAudio {
  return { ok: false, reason, detail };
}
