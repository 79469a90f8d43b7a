import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { adminServer } from '../admin/admin-server.ts';
import { makeMetrics } from '../admin/metrics.ts';
import { SpoolRoom } from '../body/held-body.ts';
import { safeLog, type Log } from '../log/log.ts';
import { within } from '../replay/deadline.ts';
import { makeForwarder } from '../wire/forward.ts';
import { inTurn, isAnswering } from '../wire/answering.ts';
import { defaultLimits, type GuardLimits } from './guard-limits.ts';
import { handleRequest } from './handle-request.ts';
import { handleUpgrade } from './handle-upgrade.ts';
import type { Handling } from './handling.ts';
import { KeptRefusals } from './kept-refusals.ts';
import { idAnswer } from './refuse.ts';
import { makeRoute, orderedRoutes, type RouteCredential, type RouteOptions } from './route.ts';

/** An address to listen at. */
export interface ListenAddress {
  /** 127.0.0.1. */
  readonly host?: string | undefined;
  /** 0 takes a free one. */
  readonly port: number;
}

/** A certificate and its key, as PEM. */
export interface Certificate {
  readonly cert: string | Uint8Array;
  readonly key: string | Uint8Array;
}

/** What a guard is made of. */
export interface GuardOptions {
  readonly routes: readonly RouteOptions[];
  readonly listen: ListenAddress;
  readonly tls?: Certificate | undefined;
  /** Off unless given. Other than loopback it shows health, readiness and metrics, and no requests. */
  readonly admin?: ListenAddress | undefined;
  readonly limits?: Partial<GuardLimits> | undefined;
  /** Takes what happens; it never holds a key. */
  readonly log?: Log | undefined;
  /** The clock by which signatures are fresh. Defaults to the system's. */
  readonly now?: (() => Date) | undefined;
}

/** A guard that listens. */
export interface RunningGuard {
  /** Scheme, host and port. */
  readonly url: string;
  readonly adminUrl: string | undefined;
  /**
   * Replaces the keys of a route, without a restart.
   *
   * @throws whatever is wrong with them; the keys stay what they were then
   */
  replaceKeys(route: string, credentials: readonly RouteCredential[]): void;
  /** Replaces the certificate, without a restart. */
  replaceCertificate(certificate: Certificate): void;
  /** Takes no more requests, ends when those that are there are answered, or when their time is over. */
  close(): Promise<void>;
}

/**
 * Starts a verifying reverse proxy. Stores stay the caller's, to be closed after the guard.
 *
 * @throws TypeError naming what cannot be used; Error when an address cannot be listened at
 */
export async function startGuard(options: GuardOptions): Promise<RunningGuard> {
  const { listen, tls, admin, now = () => new Date(), log = () => undefined } = options;
  const given = { ...defaultLimits, ...options.limits };
  const limits = { ...given, room: new SpoolRoom(given.spoolBytes) };
  const routes = orderedRoutes(options.routes.map((route) => makeRoute(route, now)));
  const metrics = makeMetrics();
  const refusals = new KeptRefusals();
  const forwarder = makeForwarder(limits.upstreamSeconds * 1000);
  const sockets = new Set<Duplex>();
  let isDraining = false;
  let keys = routes.flatMap(({ credentials }) => credentials);
  const handling: Handling = {
    routes,
    limits,
    metrics,
    forwarder,
    sockets,
    now,
    refusals: admin && refusals,
    log: safeLog(log, () => keys),
    newId: randomUUID,
    isDraining: () => isDraining,
  };
  const server = listening(tls, handling);
  const host = await listenAt(server, listen);

  let adminAt: Server | undefined;
  let adminUrl: string | undefined;
  if (admin) {
    const ready = async (): Promise<void> => {
      if (isDraining) throw new Error('draining');
      for (const { store } of routes) await within(1000, store?.ready?.());
    };
    adminAt = adminServer({ metrics, refusals, isLoopback: isLoopback(admin.host), ready });
    try {
      adminUrl = `http://${await listenAt(adminAt, admin)}`;
    } catch (error) {
      server.close();
      throw error;
    }
  }

  let closing: Promise<void> | undefined;
  const drain = async (): Promise<void> => {
    isDraining = true;
    handling.log({ level: 'info', event: 'draining' });
    const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
    // A connection whose request ended after that is idle only later.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    const timer = setTimeout(() => {
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
    }, limits.drainSeconds * 1000);
    await closed;
    clearInterval(idle);
    clearTimeout(timer);
    forwarder.close();
    adminAt?.closeAllConnections();
    adminAt?.close();
  };
  return {
    url: `${tls ? 'https' : 'http'}://${host}`,
    adminUrl,
    replaceKeys(name, credentials) {
      const route = routes.find((candidate) => candidate.name === name);
      if (!route) throw new TypeError(`there is no route ${JSON.stringify(name)}`);
      route.replaceCredentials(credentials);
      keys = routes.flatMap((each) => each.credentials);
    },
    replaceCertificate(certificate) {
      if (!('setSecureContext' in server)) throw new TypeError('the guard listens without TLS');
      server.setSecureContext(contextOf(certificate));
    },
    close: () => (closing ??= drain()),
  };
}

function listening(tls: Certificate | undefined, handling: Handling): Server | SecureServer {
  const { limits } = handling;
  const options = {
    requestTimeout: limits.requestSeconds * 1000,
    headersTimeout: Math.min(limits.requestSeconds, 60) * 1000,
    // Longer than load balancers keep theirs: else one would send a request into a connection that is being closed.
    keepAliveTimeout: 75_000,
    connectionsCheckingInterval: 1000,
    // Refused as everything else that is no request, with a word in the log.
    requireHostHeader: false,
  };
  const server = tls ? createSecureServer({ ...options, ...contextOf(tls) }) : createServer(options);
  server.maxConnections = limits.connections;
  // A connection on which nothing moves for longer than both sides may take is one whose client takes nothing of its answer.
  server.timeout = (limits.requestSeconds + limits.upstreamSeconds) * 1000;
  // What goes wrong while something that went wrong is being answered ends that connection, and nothing else.
  const fault = (request: IncomingMessage) => (error: Error) => {
    request.socket.destroy();
    handling.log({ level: 'error', event: 'fault', reason: error.message });
  };
  const handle = (request: IncomingMessage, response: ServerResponse, waitsForContinue: boolean): void => {
    const begin = (): void => void handleRequest(request, response, handling, waitsForContinue).catch(fault(request));
    if (!inTurn(request.socket, response, begin)) endCrowded(request.socket, handling);
  };
  server.on('request', (request: IncomingMessage, response: ServerResponse) => handle(request, response, false));
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => handle(request, response, true));
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // What is agreed upon for the connection would end up in the answer before.
    if (isAnswering(socket)) return void socket.destroy();
    handleUpgrade(request, socket, head, handling).catch(fault(request));
  });
  server.on('connect', (_: IncomingMessage, socket: Duplex) => {
    if (isAnswering(socket)) return void socket.destroy();
    refuseSocket(socket, handling, 'CONNECT is for proxies');
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (goneCodes.has(error.code ?? '') || !socket.writable || isAnswering(socket)) return void socket.destroy();
    refuseSocket(socket, handling, error.message, statusOfParser[error.code ?? '']);
  });
  return server;
}

/** The client went away, or said that it sends no more, within a request. */
const goneCodes = new Set(['ECONNRESET', 'EPIPE', 'HPE_INVALID_EOF_STATE']);

const statusOfParser: Readonly<Record<string, readonly [status: number, phrase: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
};

function refuseSocket(
  socket: Duplex,
  { log, newId, metrics }: Handling,
  reason: string,
  [status, phrase]: readonly [status: number, phrase: string] = [400, 'Bad Request'],
): void {
  const id = newId();
  metrics.refused.inc({ route: '', code: 'framing/ambiguous' });
  log({ level: 'warn', event: 'refused', id, code: 'framing/ambiguous', reason, status });
  socket.on('error', () => undefined);
  socket.end(idAnswer(status, phrase, id));
}

/** Ends a connection whose client sends request after request and does not wait for the answers. */
function endCrowded(socket: Duplex, { log, newId, metrics }: Handling): void {
  // What is left of the bytes that were read already may hold many more.
  if (socket.destroyed) return;
  socket.destroy();
  const reason = 'too many requests in a row, sent without waiting for an answer';
  metrics.refused.inc({ route: '', code: 'framing/crowded' });
  log({ level: 'warn', event: 'refused', id: newId(), code: 'framing/crowded', reason });
}

/** What `tls` would take from elsewhere is said here. */
function contextOf({ cert, key }: Certificate): { cert: Buffer; key: Buffer; minVersion: 'TLSv1.2' } {
  return { cert: Buffer.from(cert), key: Buffer.from(key), minVersion: 'TLSv1.2' };
}

/** Host and port, as in a URL. */
async function listenAt(server: Server | SecureServer, { host = '127.0.0.1', port }: ListenAddress): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening');
  const { address, port: taken, family } = server.address() as AddressInfo;
  return `${family === 'IPv6' ? `[${address}]` : address}:${taken}`;
}

function isLoopback(host = '127.0.0.1'): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
