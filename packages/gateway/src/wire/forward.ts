import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HeldBody } from '../body/held-body.ts';
import type { Outcome } from '../replay/replay-store.ts';
import { makeConnections, statusOfFailure } from './connections.ts';
import { headersToUpstream, trailerPairs } from './forwarded-headers.ts';
import { relay, type Forwarded } from './relay.ts';
import type { Upstream } from './upstream.ts';

/** How requests are handed to applications. */
export interface Forwarder {
  /**
   * Sends a request on, and its answer back, unchanged.
   *
   * @param to.addedHeaders names and values in turn of headers that go with it
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
      readonly beforeAnswer: (status: number) => Promise<void> | void;
      readonly beforeEnd: (outcome: Outcome | undefined) => Promise<void> | void;
    },
  ): Promise<Forwarded>;
  close(): void;
}

/**
 * Makes a forwarder.
 *
 * @param timeoutMs how long an application may take to begin its answer, and be silent within it; and a client to take it
 */
export function makeForwarder(timeoutMs: number): Forwarder {
  const connections = makeConnections(timeoutMs);
  return {
    async forward(request, body, response, { upstream, addedHeaders, keepsOutcome, beforeAnswer, beforeEnd }) {
      const { method = '', url: target = '', rawHeaders, rawTrailers } = request;
      const headers = headersToUpstream(rawHeaders);
      headers.push(...addedHeaders);
      const isFramed = 'content-length' in request.headers || 'transfer-encoding' in request.headers;
      const trailers = rawTrailers.length > 0 ? trailerPairs(rawTrailers) : undefined;
      const asked = connections.ask(upstream, { method, target, headers, isFramed }, body, trailers);
      let answer: IncomingMessage;
      try {
        answer = await asked.answer;
      } catch (error) {
        const status = statusOfFailure(error as Error);
        await beforeAnswer(status);
        return { answered: false, status, reason: (error as Error).message };
      }
      const waiting = beforeAnswer(answer.statusCode ?? 502);
      if (waiting) await waiting;
      const result = await relay(answer, response, { silence: asked.silence, keepsOutcome, beforeEnd });
      asked.done();
      return result;
    },
    close: () => connections.close(),
  };
}
