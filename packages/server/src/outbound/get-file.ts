import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { pipeline, type Duplex, type Readable } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { guardedAgent } from './guarded-agent.ts';
import { DestinationRefusedError, type OutboundGuard } from './outbound-guard.ts';

/** What came back. */
export interface FileAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  /** Of an answer other than 2xx, none; `too-large` as soon as there are more than allowed. */
  readonly bytes: Uint8Array | 'too-large';
}

/** The limit that browsers have. */
const maxRedirects = 20;
/** In practice a file has one coding; each further one takes memory. */
const maxCodings = 3;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Gets a file over http or https. Redirects are followed, each of them checked again; a content coding is undone.
 *
 * @param limits.maxBytes of the file, decoded
 * @param limits.timeoutMs for everything, from the look-up of the name to the last byte, redirects included
 * @throws Error that says in one sentence why the file cannot be had; never with a URL's query, which may hold a secret
 */
export async function getFile(
  url: URL,
  limits: { readonly maxBytes: number; readonly timeoutMs: number },
  guard: OutboundGuard,
): Promise<FileAnswer> {
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  try {
    let at = url;
    for (let followed = 0; followed <= maxRedirects; followed += 1) {
      const response = await send(at, timeout, guard);
      const next = nextAddress(response, at);
      if (!next) return await readAnswer(response, limits.maxBytes);
      response.destroy();
      at = next;
    }
    throw new Error('redirect count exceeded');
  } catch (error) {
    throw new Error(timeout.aborted ? `no complete answer within ${limits.timeoutMs} ms` : reasonOf(error as Error), {
      cause: error,
    });
  }
}

/** Waits for the head of an answer. Never longer than the signal lets it, even while a name is looked up. */
function send(url: URL, signal: AbortSignal, guard: OutboundGuard): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', stop);
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    request(url, {
      agent: guardedAgent(url.protocol, guard),
      headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'countersign' },
      signal,
    })
      .on('response', (response) => {
        signal.removeEventListener('abort', stop);
        resolve(response);
      })
      .on('upgrade', (_response, socket) => {
        socket.destroy();
        reject(new Error('it answered with 101 Switching Protocols'));
      })
      .on('error', reject)
      .end();
  });
}

/** Where a redirect leads; `undefined` for every other answer. */
function nextAddress({ statusCode = 0, headers: { location } }: IncomingMessage, from: URL): URL | undefined {
  if (location === undefined || !redirects.has(statusCode)) return undefined;
  if (!URL.canParse(location, from.href)) throw new Error('it redirects to an address that is no URL');
  const next = new URL(location, from);
  if (next.protocol !== 'http:' && next.protocol !== 'https:') {
    throw new Error(`it redirects to an address with the scheme ${next.protocol}`);
  }
  if (next.username !== '' || next.password !== '') {
    throw new Error('it redirects to an address with a user name or password');
  }
  return next;
}

async function readAnswer(response: IncomingMessage, maxBytes: number): Promise<FileAnswer> {
  const { statusCode: status = 0, headers } = response;
  const contentType = headers['content-type'];
  if (status < 200 || status > 299) {
    response.destroy();
    return { status, contentType, bytes: new Uint8Array(0) };
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop ends the transfer.
  for await (const chunk of decoded(response)) {
    length += (chunk as Uint8Array).byteLength;
    if (length > maxBytes) return { status, contentType, bytes: 'too-large' };
    chunks.push(chunk as Uint8Array);
  }
  return { status, contentType, bytes: Buffer.concat(chunks) };
}

const flush = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
const decoders: Readonly<Record<string, () => Duplex>> = {
  gzip: () => createGunzip(flush),
  'x-gzip': () => createGunzip(flush),
  deflate: () => createInflate(flush),
  br: () => createBrotliDecompress(),
};

/** The file behind its content codings, which some stores apply whether or not one asks for them. */
function decoded(response: IncomingMessage): Readable {
  const codings = (response.headers['content-encoding'] ?? '').toLowerCase().split(',', maxCodings + 1);
  const named = codings.map((coding) => coding.trim()).filter((coding) => coding !== '' && coding !== 'identity');
  const steps = named
    .toReversed()
    .flatMap((coding) => (Object.hasOwn(decoders, coding) ? (decoders[coding]?.() ?? []) : []));
  if (steps.length < named.length || named.length > maxCodings) throw new Error('its content coding is not known');
  if (steps.length === 0) return response;
  // Errors surface where the last stream is read.
  return pipeline([response, ...steps], () => {}) as unknown as Readable;
}

function reasonOf(error: Error): string {
  if (error instanceof DestinationRefusedError) return error.message;
  return ('code' in error && typeof error.code === 'string' && error.code) || error.message;
}
