import { request as httpRequest, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Header, Message } from '@countersign/core/message';

/** A request as it is to arrive at an endpoint, byte for byte. */
export interface EndpointRequest {
  /** `http:` or `https:`. */
  readonly protocol: string;
  /** Where to connect to; the message has a Host header of its own. */
  readonly authority: string;
  readonly message: Message & { readonly body: Uint8Array };
  /** How the body goes out: with its length (unless said), or in chunks. */
  readonly framing?: 'length' | 'chunks';
  /** In how many pieces, and how long to wait between them. */
  readonly pauses?: { readonly at: readonly number[]; readonly milliseconds: number };
}

/** What an endpoint answered. */
export interface EndpointAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Header[];
  /** As far as it is kept. */
  readonly body: Uint8Array;
  /** There was more of it than is kept, or it broke off. */
  readonly isCut: boolean;
}

/** What came of a request: an answer, or why there is none. */
export type EndpointOutcome = EndpointAnswer | { readonly failure: string };

/** How long, and whom, to ask. */
export interface AskOptions {
  /** For everything, from the look-up of the name to the end of the answer, in milliseconds. */
  readonly timeoutMs: number;
  /** Looks names up, in place of the system's resolver. */
  readonly lookup?: RequestOptions['lookup'];
  /** Waits between the pieces of a body. */
  readonly sleep?: (milliseconds: number) => Promise<void>;
}

/** How much of an answer's body is kept, in bytes. */
const keptBytes = 64 * 1024;

/**
 * Sends one request over a connection of its own, and reads the answer. Never rejects for what an endpoint does: one that
 * closes the connection, answers in the middle of a body or never, has an outcome, too. Redirects are answers.
 */
export function askEndpoint(request: EndpointRequest, options: AskOptions): Promise<EndpointOutcome> {
  return new Promise((resolve) => {
    let outgoing: ClientRequest;
    try {
      outgoing = open(request, options);
    } catch (error) {
      // What Node refuses to write: a port beyond 65535, a control character.
      resolve({ failure: `it cannot be sent: ${(error as Error).message.replace(/\.$/, '')}` });
      return;
    }
    let answer: IncomingMessage | undefined;
    const settle = (outcome: EndpointOutcome): void => {
      clearTimeout(timer);
      outgoing.destroy();
      resolve(outcome);
    };
    const { timeoutMs } = options;
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
      // An endpoint that has answered need not read the rest of the body.
      if (!answer) settle({ failure: reasonOf(error) });
    });
    outgoing.on('close', () => {
      if (!answer) settle({ failure: 'it closed the connection without an answer' });
    });
    void writeBody(outgoing, request, options);
  });
}

function open({ protocol, authority, message, framing }: EndpointRequest, { lookup }: AskOptions): ClientRequest {
  const { hostname, port } = splitAuthority(authority);
  const headers = message.headers.filter(([name]) => !framingHeaders.has(name.toLowerCase()));
  if (framing === 'chunks') headers.push(['Transfer-Encoding', 'chunked']);
  else if (needsLength(message)) headers.push(['Content-Length', String(message.body.length)]);
  return (protocol === 'https:' ? httpsRequest : httpRequest)({
    host: hostname,
    ...(port !== undefined && { port }),
    method: message.method,
    path: message.target,
    // Node writes a character as one byte, or not at all; what was signed is UTF-8.
    headers: headers.flatMap(([name, value]) => [name, Buffer.from(value, 'utf8').toString('latin1')]),
    setHost: false,
    agent: false,
    ...(lookup && { lookup }),
  });
}

/** What says how long a body is: as long as it is, whatever was given. */
const framingHeaders = new Set(['content-length', 'transfer-encoding']);

function needsLength({ method, body }: EndpointRequest['message']): boolean {
  return body.length > 0 || !['GET', 'HEAD', 'DELETE', 'OPTIONS'].includes(method);
}

async function writeBody(
  outgoing: ClientRequest,
  { message: { body }, pauses }: EndpointRequest,
  { sleep }: AskOptions,
): Promise<void> {
  if (!pauses || !sleep) {
    outgoing.end(body);
    return;
  }
  const { at, milliseconds } = pauses;
  let start = 0;
  for (const end of at) {
    outgoing.write(body.subarray(start, end));
    start = end;
    await sleep(milliseconds);
    if (outgoing.destroyed) return;
  }
  outgoing.end(body.subarray(start));
}

async function readAnswer(response: IncomingMessage): Promise<EndpointAnswer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let isCut = false;
  try {
    for await (const chunk of response as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length <= keptBytes) continue;
      isCut = true;
      break;
    }
  } catch {
    isCut = true;
  }
  return {
    status: response.statusCode ?? 0,
    statusText: response.statusMessage ?? '',
    headers: pairs(response.rawHeaders),
    body: Buffer.concat(chunks).subarray(0, keptBytes),
    isCut,
  };
}

/** The host and port that an authority leads to; an IPv6 address without its brackets. */
export function splitAuthority(authority: string): { hostname: string; port: number | undefined } {
  const [, hostname = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(authority) ?? [];
  return { hostname: hostname.replace(/^\[|\]$/g, ''), port: port ? Number(port) : undefined };
}

function pairs(raw: readonly string[]): Header[] {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as const] : []));
}

function reasonOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED') return 'nothing listens there';
  if (code === 'ENOTFOUND') return 'the host is not known';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'it closed the connection without an answer';
  if (code === 'EPROTO') return 'it speaks no TLS, or another one';
  if (code?.startsWith('HPE_')) return 'its answer is no HTTP';
  return error.message || code || 'the connection failed';
}
