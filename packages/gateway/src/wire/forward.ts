import {
  request as httpRequest,
  Agent as HttpAgent,
  type ClientRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Header } from '@countersign/core/message';
import type { HeldBody } from '../body/held-body.ts';
import type { Outcome } from '../replay/replay-store.ts';
import { headersToClient, headersToUpstream, trailerPairs } from './forwarded-headers.ts';
import type { Upstream } from './upstream.ts';

/** What became of a request that was forwarded. */
export type Forwarded =
  /** All of the answer came. */
  | { readonly answered: true; readonly status: number; readonly outcome: Outcome | undefined }
  /** No answer came, or a part of one. */
  | { readonly answered: false; readonly status: number; readonly reason: string };

/** How requests are handed to applications. */
export interface Forwarder {
  /**
   * Sends a request on, and its answer back, unchanged.
   *
   * @param addedHeaders names and values in turn
   * @param beforeAnswer runs when the status is known, before the client is told: with 502 and 504 where there is no answer
   * @param beforeEnd runs when the whole answer is here, before the client has all of it
   */
  forward(
    request: IncomingMessage,
    body: HeldBody,
    response: ServerResponse,
    to: {
      readonly upstream: Upstream;
      readonly addedHeaders: readonly string[];
      readonly keepsOutcome: boolean;
      readonly beforeAnswer: (status: number) => Promise<void>;
      readonly beforeEnd: (outcome: Outcome | undefined) => Promise<void>;
    },
  ): Promise<Forwarded>;
  close(): void;
}

/** The longest answer that is kept for repeats, in bytes. */
const longestOutcome = 64 * 1024;

/**
 * Makes a forwarder.
 *
 * @param timeoutMs how long an application may take to begin its answer, and be silent within it
 */
export function makeForwarder(timeoutMs: number): Forwarder {
  const connections = makeConnections(timeoutMs);
  return {
    async forward(request, body, response, { upstream, addedHeaders, keepsOutcome, beforeAnswer, beforeEnd }) {
      const { method = '', url: target = '', rawHeaders, rawTrailers } = request;
      const headers = [...headersToUpstream(rawHeaders), ...addedHeaders];
      const isFramed = 'content-length' in request.headers || 'transfer-encoding' in request.headers;
      const asked = connections.ask(upstream, { method, target, headers, isFramed }, body, trailerPairs(rawTrailers));
      let answer: IncomingMessage;
      try {
        answer = await asked.answer;
      } catch (error) {
        const status = statusOfFailure(error as Error);
        await beforeAnswer(status);
        return { answered: false, status, reason: (error as Error).message };
      }
      const status = answer.statusCode ?? 502;
      await beforeAnswer(status);
      const result = await relay(answer, response, { keepsOutcome, beforeEnd });
      asked.done();
      return result;
    },
    close: () => connections.close(),
  };
}

/** A request as it goes out: what is not here is not sent. */
export interface SentHead {
  readonly method: string;
  readonly target: string;
  /** Names and values in turn, Host among them. */
  readonly headers: readonly string[];
  /** Whether the headers say how long the body is. */
  readonly isFramed: boolean;
}

/** A request that is under way. */
export interface Asked {
  /** The head of the answer; rejects where none comes. */
  readonly answer: Promise<IncomingMessage>;
  /** To be called when the answer was handed on. */
  done(): void;
}

/** Connections to upstreams, which are kept for a while. */
export interface Connections {
  /** Sends a request, byte for byte. */
  ask(upstream: Upstream, head: SentHead, body: HeldBody, trailers?: readonly [string, string][]): Asked;
  close(): void;
}

/**
 * Makes connections.
 *
 * @param timeoutMs how long an upstream may take to begin its answer, and be silent within it
 */
export function makeConnections(timeoutMs: number): Connections {
  // Applications close idle connections, many after five seconds. A request that meets that is lost, so ours go before.
  const idle = { keepAlive: true, timeout: 2000, maxFreeSockets: 64 };
  const agents = { http: new HttpAgent(idle), https: new HttpsAgent(idle) };
  return {
    ask({ secure, host, port }, { method, target, headers: given, isFramed }, body, trailers = []) {
      const headers = [...given];
      // Node would announce chunks for methods that usually have a body.
      if (!isFramed && !bodyless.has(method)) headers.push('Content-Length', '0');
      const send = secure ? httpsRequest : httpRequest;
      const agent = secure ? agents.https : agents.http;
      const upstreamRequest = send({ host, port, method, path: target, headers, setHost: false, agent });
      const answering = answerOf(upstreamRequest, timeoutMs);
      sendBody(upstreamRequest, body, trailers);
      const answer = answering.then((head) => {
        // What goes wrong with the connection from here on shows in the answer, which is whole or not.
        upstreamRequest.setTimeout(timeoutMs, () => upstreamRequest.destroy(new UpstreamTimeout()));
        return head;
      });
      return {
        answer,
        done() {
          if (!upstreamRequest.writableFinished) upstreamRequest.destroy();
        },
      };
    },
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

/** The status that stands for an answer that did not come. */
export function statusOfFailure(error: Error): 502 | 504 {
  return error instanceof UpstreamTimeout ? 504 : 502;
}

/** Methods for which Node announces no body unless told. */
const bodyless = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE']);

class UpstreamTimeout extends Error {
  override readonly message = 'the upstream was silent for too long';
}

/** The head of the answer, which may come before all of the body is sent. */
function answerOf(upstreamRequest: ClientRequest, timeoutMs: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => upstreamRequest.destroy(new UpstreamTimeout()), timeoutMs);
    upstreamRequest.once('response', (answer: IncomingMessage) => {
      clearTimeout(timer);
      resolve(answer);
    });
    // Also of a write that comes after the answer: the listener has to be there.
    upstreamRequest.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    // An answer to what nobody asked for.
    upstreamRequest.once('upgrade', (_, socket) => {
      socket.destroy();
      clearTimeout(timer);
      reject(new Error('the upstream changed the protocol, unasked'));
    });
  });
}

/** A body in memory goes out with the head, in one write. */
function sendBody(upstreamRequest: ClientRequest, body: HeldBody, trailers: readonly [string, string][]): void {
  if (!(body.content instanceof Uint8Array)) return void sendChunks(upstreamRequest, body, trailers);
  if (trailers.length > 0) upstreamRequest.addTrailers(trailers);
  upstreamRequest.end(body.content);
}

async function sendChunks(
  upstreamRequest: ClientRequest,
  body: HeldBody,
  trailers: readonly [string, string][],
): Promise<void> {
  try {
    for await (const chunk of body.chunks()) {
      if (upstreamRequest.destroyed) return;
      if (!upstreamRequest.write(chunk)) await drained(upstreamRequest);
    }
    if (trailers.length > 0) upstreamRequest.addTrailers(trailers);
    upstreamRequest.end();
  } catch (error) {
    upstreamRequest.destroy(error as Error);
  }
}

function drained(stream: ClientRequest | ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      stream.off('drain', go);
      stream.off('close', go);
      resolve();
    };
    stream.on('drain', go);
    stream.on('close', go);
  });
}

/** How an answer is handed on. */
export interface RelayOptions {
  /** Names and values in turn. */
  readonly addedHeaders?: readonly string[];
  readonly keepsOutcome?: boolean;
  readonly beforeEnd?: (outcome: Outcome | undefined) => Promise<void>;
}

/** Hands the answer back. Goes on reading when the client is gone: whether it is whole decides what becomes of the claim. */
export async function relay(
  answer: IncomingMessage,
  response: ServerResponse,
  { addedHeaders = [], keepsOutcome = false, beforeEnd }: RelayOptions,
): Promise<Forwarded> {
  const status = answer.statusCode ?? 502;
  const rawHeaders = [...headersToClient(answer.rawHeaders), ...addedHeaders];
  response.sendDate = false;
  if (!response.destroyed) response.writeHead(status, answer.statusMessage, rawHeaders);
  let read: Awaited<ReturnType<typeof readAnswer>>;
  try {
    read = await readAnswer(answer, response, keepsOutcome);
  } catch (error) {
    response.destroy();
    return { answered: false, status, reason: (error as Error).message };
  }
  const { kept, last, length } = read;
  const outcome = kept && { status, headers: outcomeHeaders(rawHeaders), body: Buffer.concat(kept, length) };
  await beforeEnd?.(outcome);
  const trailers = trailerPairs(answer.rawTrailers);
  if (trailers.length > 0 && !response.destroyed) response.addTrailers(trailers);
  response.end(last);
  return { answered: true, status, outcome };
}

/**
 * Reads an answer and writes it on as it comes, but for the chunk that completes its announced length: that goes out with
 * the end, so that a short answer is one write.
 */
function readAnswer(
  answer: IncomingMessage,
  response: ServerResponse,
  keepsOutcome: boolean,
): Promise<{ kept: Uint8Array[] | undefined; last: Uint8Array | undefined; length: number }> {
  const announced = Number(answer.headers['content-length']);
  let kept: Uint8Array[] | undefined = keepsOutcome ? [] : undefined;
  let last: Uint8Array | undefined;
  let length = 0;
  return new Promise((resolve, reject) => {
    answer.on('data', (chunk: Uint8Array) => {
      length += chunk.length;
      if (length > longestOutcome) kept = undefined;
      kept?.push(chunk);
      if (length === announced) return void (last = chunk);
      if (response.destroyed || response.write(chunk)) return;
      answer.pause();
      void drained(response).then(() => answer.resume());
    });
    answer.once('error', reject);
    answer.once('close', () => reject(new Error('the upstream cut its answer')));
    answer.once('end', () => {
      if (answer.complete) resolve({ kept, last, length });
      else reject(new Error('the upstream cut its answer'));
    });
  });
}

/** How the body was framed is said anew when it is repeated. */
function outcomeHeaders(rawHeaders: readonly string[]): Header[] {
  const headers: Header[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (!/^(?:content-length|transfer-encoding|trailer)$/i.test(name)) headers.push([name, rawHeaders[at + 1] ?? '']);
  }
  return headers;
}
