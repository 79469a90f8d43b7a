import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import type { HeldBody } from '../body/held-body.ts';
import { drained } from './drained.ts';
import { endTogether } from './end-together.ts';
import { Silence, UpstreamTimeout } from './silence.ts';
import { SecureAgent } from './secure-agent.ts';
import { HearingAgent } from './upstream-agent.ts';
import type { Upstream } from './upstream.ts';

/** A request as it goes out: what is not here is not sent. */
export interface SentHead {
  readonly method: string;
  readonly target: string;
  /** Names and values in turn, Host among them. */
  readonly headers: string[];
  /** Whether the headers say how long the body is. */
  readonly isFramed: boolean;
}

/** A request that is under way. */
export interface Asked {
  /** The head of the answer; rejects where none comes. */
  readonly answer: Promise<IncomingMessage>;
  /** How long the upstream may be silent; whoever reads the answer calls `broken()` on it. */
  readonly silence: Silence;
  /** Call this when the answer has been passed on. */
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
  const idle = { idleMs: 2000, mostIdle: 64 };
  const agents = { http: new HearingAgent(idle), https: new SecureAgent(idle) };
  return {
    ask({ secure, host, port }, { method, target, headers, isFramed }, body, trailers = none) {
      // Node would announce chunks for methods that usually have a body.
      if (!isFramed && !bodyless.has(method)) headers.push('Content-Length', '0');
      const send = secure ? httpsRequest : httpRequest;
      const agent = secure ? agents.https : agents.http;
      const upstreamRequest = send({ host, port, method, path: target, headers, setHost: false, agent });
      const silence = new Silence(timeoutMs, () => upstreamRequest.destroy(new UpstreamTimeout()));
      const answer = answerOf(upstreamRequest, silence);
      sendBody(upstreamRequest, body, trailers);
      return {
        answer,
        silence,
        done() {
          silence.end();
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

const none: readonly [string, string][] = [];

/** Methods for which Node announces no body unless told. */
const bodyless = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE']);

/** The status that stands for an answer that did not come. */
export function statusOfFailure(error: Error): 502 | 504 {
  return error instanceof UpstreamTimeout ? 504 : 502;
}

/** The head of the answer, which may come before all of the body is sent. */
function answerOf(upstreamRequest: ClientRequest, silence: Silence): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    upstreamRequest.on('response', (answer: IncomingMessage) => {
      silence.broken();
      resolve(answer);
    });
    // Also of a write that comes after the answer: the listener has to be there. What goes wrong with the connection from
    // then on shows in the answer, which is whole or not.
    upstreamRequest.on('error', (error) => {
      silence.end();
      reject(error);
    });
    // An upgrade that was not requested.
    upstreamRequest.on('upgrade', (_: IncomingMessage, socket: Duplex) => {
      socket.destroy();
      silence.end();
      reject(new Error('the upstream changed the protocol, unasked'));
    });
  });
}

/** A body in memory goes out with the head, in one write. */
function sendBody(upstreamRequest: ClientRequest, body: HeldBody, trailers: readonly [string, string][]): void {
  if (!(body.content instanceof Uint8Array)) return void sendChunks(upstreamRequest, body, trailers);
  if (trailers.length > 0) upstreamRequest.addTrailers(trailers);
  endTogether(upstreamRequest, body.content);
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
