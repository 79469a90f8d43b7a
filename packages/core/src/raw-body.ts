import type { IncomingRequest } from './receive.ts';
import type { IncomingBody } from './received-body.ts';

/** The part of Node's `IncomingMessage` by which a body is read, and where platforms and parsers keep one. */
export interface UnreadRequest extends IncomingRequest, AsyncIterable<unknown> {
  /** Whether somebody has read of the stream. */
  readonly readableDidRead?: boolean;
  readonly iterator?: (options: { destroyOnReturn: boolean }) => AsyncIterator<unknown>;
  /** The bytes, where a platform keeps them beside what it parsed: Google Cloud Functions, Firebase. */
  readonly rawBody?: unknown;
  /** What a parser made of them: bytes with `express.raw`. */
  readonly body?: unknown;
}

/** What was read, or why nothing was. */
type RawBody =
  { readonly body: IncomingBody } | { readonly code: 'body/unreadable' | 'body/too-long'; readonly summary: string };

/** Reads a body that nobody may have read: one that was kept as bytes, else the stream, up to a limit. */
export async function readRawBody(request: UnreadRequest, limitBytes: number): Promise<RawBody> {
  for (const kept of [request.rawBody, request.body]) {
    if (kept instanceof Uint8Array) return kept.length > limitBytes ? tooLong(limitBytes) : { body: kept };
  }
  // What a parser left behind is no body that arrived; the verdict says what to do about it.
  const parsed = request.rawBody ?? request.body;
  if (request.readableDidRead === true || typeof request[Symbol.asyncIterator] !== 'function') {
    if (parsed !== undefined && parsed !== null) return { body: parsed as IncomingBody };
    const summary = 'the body was read before, and its bytes were not kept: receive the request before any parser';
    return { code: 'body/unreadable', summary };
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of unended(request)) {
      // With an encoding set, the stream gives text.
      if (!(chunk instanceof Uint8Array)) return { body: chunk as IncomingBody };
      length += chunk.length;
      if (length > limitBytes) return tooLong(limitBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    return { code: 'body/unreadable', summary: `the body cannot be read: ${(error as Error | undefined)?.message}` };
  }
  return { body: joined(chunks, length) };
}

/** The stream's chunks. Who stops in the middle leaves it open, so that the sender can still be answered. */
function unended(request: UnreadRequest): AsyncIterable<unknown> {
  const { iterator } = request;
  if (typeof iterator !== 'function') return request;
  return { [Symbol.asyncIterator]: () => iterator.call(request, { destroyOnReturn: false }) };
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

function tooLong(limitBytes: number): RawBody {
  return { code: 'body/too-long', summary: `the body is longer than ${limitBytes} bytes, which limitBytes allows` };
}
