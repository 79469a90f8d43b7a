import { createServer, type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';

/** What a client gave with a request for a WebSocket. */
interface Upgrade {
  readonly response: ServerResponse;
  readonly socket: Socket;
  /** What the client has sent behind the request already. */
  readonly head: Buffer;
}

const upgrades = new WeakMap<IncomingMessage, Upgrade>();

/**
 * Lets a server take WebSockets. They come in as ordinary requests, so that routes and hooks judge them and may refuse them
 * like any other; a route takes one with `webSockets`.
 *
 * Node hands every request that asks for another protocol to whoever listens for WebSockets, and reads no body of it.
 * Some clients ask with each request, for HTTP/2 say (RFC 9110: a server may ignore that). What asks for no WebSocket below
 * `prefix` is therefore put back as it came, and read by a second server that listens for no such thing.
 *
 * @returns what cuts the connections of the second server
 */
export function takeUpgrades(server: Server, prefix: string): () => void {
  const connections = new Set<Socket>();
  const others = createServer({ requireHostHeader: false, keepAliveTimeout: server.keepAliveTimeout });
  others.timeout = idleMs;
  for (const name of ['request', 'clientError', 'checkExpectation'] as const) {
    others.on(name, (...args: unknown[]) => void server.emit(name, ...args));
  }
  server.on('upgrade', (request: IncomingMessage, stream, head: Buffer) => {
    const socket = stream as Socket;
    // Nobody else listens for errors of the connection until it is somebody's again.
    socket.once('error', () => socket.destroy());
    if (asksForWebSocket(request) && request.url?.startsWith(prefix)) {
      const response = new ServerResponse(request);
      response.assignSocket(socket);
      response.shouldKeepAlive = false;
      response.once('finish', () => socket.destroySoon());
      upgrades.set(request, { response, socket, head });
      server.emit('request', request, response);
      return;
    }
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    socket.unshift(Buffer.concat([headOf(request), head]));
    others.emit('connection', socket);
    socket.resume();
  });
  return () => {
    for (const socket of connections) socket.destroy();
  };
}

/** Whether a request asks for a WebSocket that nobody has accepted yet. */
export function isUpgrade(request: IncomingMessage): boolean {
  return upgrades.has(request);
}

/** Accepts a WebSocket. */
type AcceptWebSocket = (
  /** One for which `isUpgrade` holds. */
  request: FastifyRequest,
  reply: FastifyReply,
  options: {
    /** Longer messages end it (1009). */
    readonly maxMessageBytes: number;
    /** Called at once, unless the handshake is none: that is answered with 400. */
    readonly onOpen: (socket: WebSocket) => void;
  },
) => void;

/**
 * What accepts WebSockets; as far as HTTP is concerned, the request is over then. It is loaded with the first one, because a
 * start takes twenty milliseconds longer with it.
 */
export async function webSockets(): Promise<AcceptWebSocket> {
  const { WebSocketServer } = await import('ws');
  return (request, reply, { maxMessageBytes, onOpen }) => {
    const { response, socket, head } = upgrades.get(request.raw) as Upgrade;
    upgrades.delete(request.raw);
    reply.hijack();
    response.detachSocket(socket);
    response.emit('close');
    const accepting = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: maxMessageBytes,
    });
    accepting.handleUpgrade(request.raw, socket, head, onOpen);
  };
}

/** How long a connection that was put back may be silent, in milliseconds. */
const idleMs = 60_000;

function asksForWebSocket({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket';
}

/** The request's head as it came, byte for byte but for spaces around values. */
function headOf({ method, url, httpVersion, rawHeaders }: IncomingMessage): Buffer {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let at = 0; at < rawHeaders.length; at += 2) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}
