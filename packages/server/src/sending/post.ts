import { request as requestHttp, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Header } from '@countersign/core/message';

/** What an endpoint answered, or why it did not. */
export type Answer =
  | {
      readonly status: number;
      readonly statusText: string;
      readonly headers: readonly Header[];
      /** As far as it is kept. */
      readonly body: Uint8Array;
      /** There was more of it, or it broke off. */
      readonly isCut: boolean;
    }
  | { readonly failure: string };

/** How much of an answer is kept, in bytes. */
const keptBytes = 64 * 1024;

/**
 * Sends a POST over a connection of its own. Never rejects for what an endpoint does; redirects are answers.
 *
 * @param timeoutMs for everything
 */
export function post(
  url: URL,
  headers: readonly Header[],
  body: Uint8Array,
  { lookup, timeoutMs }: { readonly lookup: LookupFunction; readonly timeoutMs: number },
): Promise<Answer> {
  return new Promise((resolve) => {
    let answer: IncomingMessage | undefined;
    const lines = headers.flatMap(([name, value]) => [name, Buffer.from(value, 'utf8').toString('latin1')]);
    const outgoing = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: 'POST',
      headers: lines as unknown as OutgoingHttpHeaders,
      setHost: false,
      agent: false,
      lookup,
    });
    const settle = (what: Answer): void => {
      clearTimeout(timer);
      outgoing.destroy();
      resolve(what);
    };
    const timer = setTimeout(() => {
      // Whoever has said its status has answered, though it may go on for ever.
      if (answer) answer.destroy();
      else settle({ failure: `no answer within ${timeoutMs / 1000} s` });
    }, timeoutMs);
    outgoing.on('response', (response) => {
      answer = response;
      void readAnswer(response).then(settle);
    });
    outgoing.on('upgrade', () => settle({ failure: 'it switched protocols' }));
    outgoing.on('error', (error) => {
      if (!answer) settle({ failure: reasonOf(error) });
    });
    outgoing.on('close', () => {
      if (!answer) settle({ failure: 'it closed the connection without an answer' });
    });
    outgoing.end(body);
  });
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let isCut = false;
  try {
    for await (const chunk of response as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      length += chunk.length;
      isCut = length > keptBytes;
      if (isCut) break;
    }
  } catch {
    isCut = true;
  }
  const { statusCode: status = 0, statusMessage: statusText = '', rawHeaders } = response;
  const headers = rawHeaders.flatMap((name, at): Header[] => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? '']] : []));
  return { status, statusText, headers, body: Buffer.concat(chunks).subarray(0, keptBytes), isCut };
}

function reasonOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED') return 'nothing listens there';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'it closed the connection without an answer';
  if (code === 'EPROTO') return 'it speaks no TLS, or another one';
  if (code?.startsWith('HPE_')) return 'its answer is no HTTP';
  return error.message || code || 'the connection failed';
}
