import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { CountersignError } from '@countersign/core/errors';
import { BodyTooLong, holdBody, type HeldBody } from '../body/held-body.ts';
import { answerAlsoUnread } from '../wire/answer-unread.ts';
import { inTurn, isAnswering } from '../wire/answering.ts';
import { makeConnections, statusOfFailure, type Connections } from '../wire/connections.ts';
import { framingProblem } from '../wire/framing.ts';
import { relay } from '../wire/relay.ts';
import { refusalNote } from './refusal-note.ts';
import { signedRequest } from './signed-request.ts';
import {
  ambiguousNames,
  destinationOf,
  makeTargets,
  type Destination,
  type Target,
  type TargetOptions,
} from './target.ts';
import { webPageProblem, type OwnPlace } from './web-pages.ts';

export type { TargetOptions } from './target.ts';

/** What a proxy takes, and how long it waits. */
export interface SigningProxyLimits {
  /** The longest body, in bytes. 64 MiB. It is held whole, because its hash is signed before it goes out. */
  readonly bodyBytes: number;
  /** A longer body goes to a file that nobody else sees. 1 MiB. */
  readonly spoolAboveBytes: number;
  /** How long a service may take to begin its answer, and be silent within it. 60 s. */
  readonly upstreamSeconds: number;
  /** How often a request is sent again that was surely not acted upon, or may be sent twice. 2. */
  readonly retries: number;
}

/** What a signing proxy is made of. */
export interface SigningProxyOptions {
  /** Where requests may go: nowhere else. */
  readonly targets: readonly TargetOptions[];
  /** Port 0 takes a free one. Host: 127.0.0.1, which only this machine reaches. */
  readonly listen: { readonly host?: string | undefined; readonly port: number };
  /** Names besides loopback ones under which clients know it. */
  readonly names?: readonly string[] | undefined;
  readonly limits?: Partial<SigningProxyLimits> | undefined;
  /** Told of each request when it is over. */
  readonly onRequest?: ((passed: PassedRequest) => void) | undefined;
  /** The clock that signatures carry. Defaults to the system's. */
  readonly now?: (() => Date) | undefined;
  /** Waits before a request is sent again. */
  readonly sleep?: ((milliseconds: number) => Promise<unknown>) | undefined;
}

/** A request, and what became of it. Holds no key, no query and no body. */
export interface PassedRequest {
  readonly method: string;
  readonly path: string;
  /** The authority of the target; `undefined` where the request went nowhere. */
  readonly to: string | undefined;
  readonly status: number;
  /** How often it was sent. */
  readonly attempts: number;
  readonly elapsedMs: number;
  /** Why it was refused here, or what can be said of the service's refusal. */
  readonly note?: string;
}

/** A proxy that listens. */
export interface RunningSigningProxy {
  readonly url: string;
  close(): Promise<void>;
}

const defaultLimits: SigningProxyLimits = {
  bodyBytes: 64 * 1024 * 1024,
  spoolAboveBytes: 1024 * 1024,
  upstreamSeconds: 60,
  retries: 2,
};

/** The header in which the proxy says what it has to say. */
const noteHeader = 'countersign-note';

/**
 * Starts a proxy that takes plain requests, signs them, and sends them to the targets that it was given.
 *
 * Whoever reaches it has its requests signed: it listens on loopback unless told otherwise, and refuses what a web page may
 * have sent.
 *
 * @throws TypeError naming what cannot be used; Error when the address cannot be listened at
 */
export async function startSigningProxy(options: SigningProxyOptions): Promise<RunningSigningProxy> {
  const { listen, now = () => new Date(), sleep = wait, onRequest, names = [] } = options;
  const { host = '127.0.0.1', port } = listen;
  const limits = { ...defaultLimits, ...options.limits };
  const connections = makeConnections(limits.upstreamSeconds * 1000);
  const targets = makeTargets(options.targets);
  const proxy: Proxy = { targets, own: { host, names }, limits, connections, now, sleep, onRequest };
  const server = createServer({ requireHostHeader: false, keepAliveTimeout: 75_000 });
  const handle = (request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean): void => {
    const begin = (): void => void pass(request, response, proxy, awaitsContinue);
    if (!inTurn(request.socket, response, begin)) request.socket.destroy();
  };
  server.on('request', (request, response) => handle(request, response, false));
  server.on('checkContinue', (request, response) => handle(request, response, true));
  server.on('connect', (_, socket) => {
    if (isAnswering(socket)) socket.destroy();
    else refuseSocket(socket, '405 Method Not Allowed', tunnel);
  });
  server.on('clientError', (error, socket) => {
    if (socket.writable && !isAnswering(socket)) refuseSocket(socket, '400 Bad Request', error.message);
    else socket.destroy();
  });
  const url = await listenAt(server, host, port);
  return {
    url,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      connections.close();
    },
  };
}

const tunnel =
  'nothing can be signed within a tunnel: ask this proxy for the http:// address, and it makes the TLS itself';

interface Proxy {
  readonly targets: readonly Target[];
  readonly own: OwnPlace;
  readonly limits: SigningProxyLimits;
  readonly connections: Connections;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  readonly onRequest: SigningProxyOptions['onRequest'];
}

/** What is said of a request when it is over. */
type Ending = Pick<PassedRequest, 'status' | 'attempts' | 'note'>;

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  proxy: Proxy,
  awaitsContinue: boolean,
): Promise<void> {
  const began = performance.now();
  response.on('error', () => undefined);
  const destination = destinationOf(request, proxy.targets);
  let ending: Ending;
  try {
    ending = await answered(request, response, destination, proxy, awaitsContinue);
  } catch (error) {
    // A client that went away within its request, or a fault of this proxy.
    if (request.destroyed && !request.complete) return;
    ending = refuse(request, response, 500, `this is a fault of the proxy itself: ${(error as Error).message}`);
  }
  const { method = '', url = '' } = request;
  const path = (destination?.path ?? url).split('?', 1)[0] ?? '';
  const to = ending.attempts > 0 ? destination?.target.authority : undefined;
  proxy.onRequest?.({ method, path, to, elapsedMs: Math.round(performance.now() - began), ...ending });
}

async function answered(
  request: IncomingMessage,
  response: ServerResponse,
  destination: Destination | undefined,
  proxy: Proxy,
  awaitsContinue: boolean,
): Promise<Ending> {
  const { limits, own, targets } = proxy;
  const page = webPageProblem(request, own);
  if (page !== undefined)
    return refuse(request, response, 403, `this proxy signs for programs, not for web pages: ${page}`);
  const framing = framingProblem(request);
  if (framing !== undefined) return refuse(request, response, 400, framing);
  if (/\bwebsocket\b/i.test(request.headers.upgrade ?? ''))
    return refuse(request, response, 501, 'this proxy signs requests, and opens no WebSockets');
  if (!destination) return refuse(request, response, 403, `this goes to none of the targets: ${listed(targets)}`);
  const names = ambiguousNames(request, targets);
  if (names.length > 0) {
    const paths = names.map((name) => `/${name}/`).join(' or ');
    return refuse(
      request,
      response,
      400,
      `several targets are at this host, each signed in its own way: ask for ${paths}`,
    );
  }
  if (/[^\x21-\x7e]/.test(destination.path))
    return refuse(request, response, 400, 'the target is not ASCII: percent-encode it, as it is signed');
  const tooLong = `the body has more than ${limits.bodyBytes} bytes`;
  if (Number(request.headers['content-length'] ?? 0) > limits.bodyBytes) return refuse(request, response, 413, tooLong);
  if (awaitsContinue) response.writeContinue();
  let body: HeldBody;
  try {
    body = await holdBody(request, destination.target.scheme, limits);
  } catch (error) {
    if (error instanceof BodyTooLong) return refuse(request, response, 413, tooLong);
    throw error;
  }
  try {
    return await sent(request, response, destination, body, proxy);
  } finally {
    await body.discard?.();
  }
}

async function sent(
  request: IncomingMessage,
  response: ServerResponse,
  destination: Destination,
  body: HeldBody,
  proxy: Proxy,
): Promise<Ending> {
  const { method = '', rawHeaders } = request;
  const { target } = destination;
  for (let attempts = 1; ; attempts++) {
    let signed: Awaited<ReturnType<typeof signedRequest>>;
    try {
      // Anew each time: a service may refuse the same signature twice.
      signed = await signedRequest(method, rawHeaders, destination, body, proxy.now());
    } catch (error) {
      if (error instanceof CountersignError)
        return refuse(request, response, 400, `it cannot be signed: ${error.message}`);
      throw error;
    }
    const asked = proxy.connections.ask(target.upstream, signed.head, signed.body);
    const mayRetry = attempts <= proxy.limits.retries && !response.destroyed;
    let answer: IncomingMessage;
    try {
      answer = await asked.answer;
    } catch (error) {
      if (mayRetry && isUnsent(error as Error, method)) {
        await proxy.sleep(pauseMs(attempts, undefined));
        continue;
      }
      const note = `${target.authority} did not answer: ${(error as Error).message}`;
      return { ...refuse(request, response, statusOfFailure(error as Error), note), attempts };
    }
    const { statusCode: status = 502, headers } = answer;
    if (mayRetry && status === 503 && idempotent.has(method)) {
      answer.resume();
      asked.done();
      await proxy.sleep(pauseMs(attempts, headers['retry-after']));
      continue;
    }
    const note = refusalNote(answer, signed, target, proxy.now());
    const addedHeaders = note === undefined ? [] : [noteHeader, note];
    const forwarded = await relay(answer, response, { silence: asked.silence, addedHeaders });
    asked.done();
    const broken = forwarded.answered ? undefined : `the answer broke off: ${forwarded.reason}`;
    const said = note ?? broken;
    return { status, attempts, ...(said !== undefined && { note: said }) };
  }
}

/** Methods that may be sent twice. */
const idempotent = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']);

/** Whether a request surely was not acted upon, or may be twice. */
function isUnsent(error: NodeJS.ErrnoException, method: string): boolean {
  const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
  return neverConnected.has(error.code ?? '') || (idempotent.has(method) && statusOfFailure(error) === 502);
}

/** As long as the service asks for, but no longer than a client waits. */
function pauseMs(attempts: number, retryAfter: string | undefined): number {
  const seconds = Number(retryAfter);
  return retryAfter !== undefined && seconds >= 0 ? Math.min(seconds * 1000, 10_000) : 200 * attempts;
}

function refuse(request: IncomingMessage, response: ServerResponse, status: number, note: string): Ending {
  if (response.headersSent) {
    response.destroy();
    return { status, attempts: 0, note };
  }
  const text = `${note}\n`;
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.setHeader('content-length', Buffer.byteLength(text));
  answerAlsoUnread(request, response, status, text);
  return { status, attempts: 0, note };
}

function refuseSocket(socket: Duplex, status: string, note: string): void {
  socket.on('error', () => undefined);
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(note)}\r\nConnection: close\r\n\r\n${note}`,
  );
}

function listed(targets: readonly Target[]): string {
  return targets
    .map(({ name, authority }) => (name === undefined ? authority : `/${name} for ${authority}`))
    .join(', ');
}

async function listenAt(server: Server, host: string, port: number): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening');
  const { address, port: taken, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`;
}
