import { Askers } from '../threads/askers.ts';
import { FairGate } from '../threads/fair-gate.ts';
import { AudioThreadError, type DecodeOffThread } from './audio-threads.ts';
import type { MediaId } from './media-id.ts';
import { type Pcm, pcmOf } from './pcm.ts';

/**
 * What came of fetching a recording. `download`: it could not be had (ACS 8536); `format`: it was had, but is no audio
 * that can be played (ACS 8535). `detail` is for people and never contains the address's query, which may hold secrets.
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
  /** For whom. */
  readonly askers?: Askers;
}

/** Files that are fetched and decoded at a time: each is held in memory, as it came and as it sounds. */
const FILES_AT_ONCE = 8;

/** Makes the server's {@link Download}: so many files at a time, decoded off the main thread. */
export function createDownload(decode: DecodeOffThread, limits: DownloadLimits = {}): Download {
  const gate = new FairGate(FILES_AT_ONCE);
  return async (uri, askers = new Askers({ line: '' })) =>
    (await gate.run(askers, () => downloadAudio(uri, { decode, askers }, limits))) ?? notWanted();
}

/**
 * Fetches a WAV or MP3 file over http or https and decodes it. Which of the two it is, its first bytes decide, not the
 * Content-Type, which is often wrong.
 *
 * @param uri absolute address; other schemes are refused (`file:` and `data:` would let a request read or smuggle)
 */
export async function downloadAudio(
  uri: string,
  { decode, askers }: DownloadParts,
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
  let bytes: Uint8Array<ArrayBuffer>;
  let contentType: string;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    contentType = response.headers.get('content-type') ?? 'no Content-Type';
    if (!response.ok) {
      await response.body?.cancel();
      return failed('download', `${name} answered with status ${response.status}`);
    }
    const body = await readLimited(response, maxBytes);
    if (body === undefined) return failed('download', `${name} is larger than ${maxBytes} bytes`);
    bytes = body;
  } catch (error) {
    return failed('download', `${name} could not be fetched: ${reasonOf(error, timeoutMs)}`);
  }
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

/** The body's bytes; undefined as soon as there are more than allowed. */
async function readLimited(response: Response, maxBytes: number): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop cancels the rest of the transfer.
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no complete answer within ${timeoutMs} ms`;
  const cause = error.cause instanceof Error ? error.cause : undefined;
  const code = cause !== undefined && 'code' in cause ? String(cause.code) : undefined;
  return code ?? cause?.message ?? error.message;
}

function failed(reason: 'download' | 'format', detail: string): DownloadedAudio {
  return { ok: false, reason, detail };
}
