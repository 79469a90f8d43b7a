import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Header } from '@countersign/core/message';
import type { Outcome } from '../replay/replay-store.ts';
import { drained } from './drained.ts';
import { endTogether } from './end-together.ts';
import { headersToClient, trailerPairs } from './forwarded-headers.ts';
import { firstValueOf } from './framing.ts';
import type { Silence } from './silence.ts';

/** What became of a request that was forwarded. */
export type Forwarded =
  /** All of the answer came. */
  | { readonly answered: true; readonly status: number; readonly outcome: Outcome | undefined }
  /** No answer came, or a part of one. */
  | { readonly answered: false; readonly status: number; readonly reason: string };

/** How an answer is passed on. */
export interface RelayOptions {
  /** Restarted by whatever comes; also limits how long a client may stop reading. */
  readonly silence: Silence;
  /** Names and values in turn. */
  readonly addedHeaders?: readonly string[];
  readonly keepsOutcome?: boolean;
  /** Runs when the whole answer is here, before the client has all of it. */
  readonly beforeEnd?: (outcome: Outcome | undefined) => Promise<void> | void;
}

/** The longest answer that is kept for repeats, in bytes. */
const longestOutcome = 64 * 1024;

/** Passes the answer back. Reads it to the end even if the client is gone: the claim is settled only if it is complete. */
export async function relay(
  answer: IncomingMessage,
  response: ServerResponse,
  { silence, addedHeaders, keepsOutcome = false, beforeEnd }: RelayOptions,
): Promise<Forwarded> {
  const status = answer.statusCode ?? 502;
  const rawHeaders = headersToClient(answer.rawHeaders);
  if (addedHeaders) rawHeaders.push(...addedHeaders);
  response.sendDate = false;
  if (!response.destroyed) response.writeHead(status, answer.statusMessage, rawHeaders);
  let read: ReadAnswer;
  try {
    read = await readAnswer(answer, response, keepsOutcome, silence);
  } catch (error) {
    response.destroy();
    return { answered: false, status, reason: (error as Error).message };
  }
  const { kept, last, length } = read;
  const outcome = kept && { status, headers: outcomeHeaders(rawHeaders), body: Buffer.concat(kept, length) };
  const waiting = beforeEnd?.(outcome);
  if (waiting) await waiting;
  if (answer.rawTrailers.length > 0 && !response.destroyed) response.addTrailers(trailerPairs(answer.rawTrailers));
  endTogether(response, last);
  return { answered: true, status, outcome };
}

interface ReadAnswer {
  readonly kept: Uint8Array[] | undefined;
  readonly last: Uint8Array | undefined;
  readonly length: number;
}

/**
 * Reads an answer and writes it on as it comes, but for the chunk that completes its announced length: that goes out with
 * the end, so that a short answer is one write.
 */
function readAnswer(
  answer: IncomingMessage,
  response: ServerResponse,
  keepsOutcome: boolean,
  silence: Silence,
): Promise<ReadAnswer> {
  const announced = Number(firstValueOf(answer.rawHeaders, 'content-length'));
  let kept: Uint8Array[] | undefined = keepsOutcome ? [] : undefined;
  let last: Uint8Array | undefined;
  let length = 0;
  let isEnded = false;
  return new Promise((resolve, reject) => {
    answer.on('data', (chunk: Uint8Array) => {
      silence.broken();
      length += chunk.length;
      if (length > longestOutcome) kept = undefined;
      kept?.push(chunk);
      if (length === announced) return void (last = chunk);
      if (response.destroyed || response.write(chunk)) return;
      answer.pause();
      silence.waitFor(() => response.destroy());
      void drained(response).then(() => {
        silence.broken();
        answer.resume();
      });
    });
    answer.on('error', reject);
    answer.on('close', () => {
      if (!isEnded) reject(new Error('the upstream cut its answer'));
    });
    answer.on('end', () => {
      isEnded = answer.complete;
      if (isEnded) resolve({ kept, last, length });
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
