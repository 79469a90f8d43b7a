import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Header } from '@countersign/core/message';
import { badInput, CommandFailure, exitCode } from '../failure.ts';
import { wireHeaders, type PreparedRequest } from './prepare-request.ts';

/** What came back. */
export interface ExactResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

/**
 * Sends a request byte for byte as it was signed. `fetch` would not do: it rewrites the target (`/a/../b`, `%7e`), the
 * Host header and the method's case, and so breaks signatures that it should carry. Redirects are not followed, because a
 * signature does not hold elsewhere.
 *
 * @param timeoutMs how long the server may stay silent
 * @throws CommandFailure `send/…` with exit code 1 when no answer comes
 */
export async function sendExactly(
  { protocol, authority, message }: Pick<PreparedRequest, 'protocol' | 'authority' | 'message'>,
  timeoutMs = 30_000,
): Promise<ExactResponse> {
  if (/[^\x21-\x7e]/.test(message.target)) {
    throw badInput('usage/url', `the target ${message.target} is not ASCII; percent-encode it to send it`);
  }
  if (message.method !== message.method.toUpperCase()) {
    throw badInput('usage/method', `the method "${message.method}" can be signed, but it is always sent in upper case`);
  }
  const { hostname, port } = splitAuthority(authority);
  const open = protocol === 'https:' ? httpsRequest : httpRequest;
  // Node writes a character as one byte, or not at all; what was signed is UTF-8.
  const headers = wireHeaders(message).flatMap(([name, value]) => [
    name,
    Buffer.from(value, 'utf8').toString('latin1'),
  ]);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = opened(() =>
      open(
        {
          host: hostname,
          ...(port !== undefined && { port }),
          method: message.method,
          path: message.target,
          headers,
          timeout: timeoutMs,
        },
        resolve,
      ),
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)));
    outgoing.on('error', (error) => reject(unanswered(authority, error)));
    outgoing.end(message.body);
  });
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of response) chunks.push(chunk as Uint8Array);
  } catch (error) {
    throw unanswered(authority, error as Error);
  }
  return {
    status: response.statusCode ?? 0,
    statusText: response.statusMessage ?? '',
    headers: pairs(response.rawHeaders),
    body: Buffer.concat(chunks),
  };
}

/** What Node refuses to send (a port beyond 65535, a control character in a header) is no fault of ours. */
function opened(open: () => ClientRequest): ClientRequest {
  try {
    return open();
  } catch (error) {
    throw badInput('usage/request', `this request cannot be sent: ${(error as Error).message}`);
  }
}

function splitAuthority(authority: string): { hostname: string; port: number | undefined } {
  const [, hostname = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(authority) ?? [];
  return { hostname: hostname.replace(/^\[|\]$/g, ''), port: port ? Number(port) : undefined };
}

function pairs(raw: readonly string[]): Header[] {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as const] : []));
}

/** A server that did not answer: exit code 1, and in words why. */
export function unanswered(authority: string, error: Error): CommandFailure {
  const { code } = error as NodeJS.ErrnoException;
  const reason =
    code === 'ECONNREFUSED'
      ? `nothing listens at ${authority}; the local server is started with: countersign serve`
      : code === 'ENOTFOUND'
        ? `the host of ${authority} is not known`
        : `no answer from ${authority}: ${error.message || code || 'the connection failed'}`;
  return new CommandFailure('send/no-answer', reason, exitCode.no);
}
