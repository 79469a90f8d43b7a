import { WebSocket } from 'ws';
import { guardedAgent } from '../../outbound/guarded-agent.ts';
import type { OutboundGuard } from '../../outbound/outbound-guard.ts';

/** A WebSocket to somebody's server, and what it may take. */
export interface SocketWish {
  readonly url: string;
  /** Says which hosts are not connected to. */
  readonly guard: OutboundGuard;
  readonly headers?: Readonly<Record<string, string>>;
  /** How long the server may take to accept it, in milliseconds of the wall clock; a name's lookup included. */
  readonly openTimeoutMs: number;
  /** The longest message that the server may send, in bytes. */
  readonly maxMessageBytes: number;
}

/**
 * Opens a WebSocket. To be loaded with the first one that is needed: with WebSockets, a start takes twenty milliseconds
 * longer.
 *
 * @throws SyntaxError for an address that no WebSocket can have: with a fragment, say
 */
export function openSocket({ url, guard, headers = {}, openTimeoutMs, maxMessageBytes }: SocketWish): WebSocket {
  const socket = new WebSocket(url, {
    agent: guardedAgent(new URL(url).protocol, guard),
    headers,
    handshakeTimeout: openTimeoutMs,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
  });
  // The handshake's own limit counts from the connection on, and not while a name is looked up.
  const lookup = setTimeout(() => socket.terminate(), openTimeoutMs);
  const stop = (): void => clearTimeout(lookup);
  socket.once('open', stop).once('close', stop);
  return socket;
}

/** Whether a message can be sent: the socket is open, and its receiver is not too far behind. */
export function canSend(socket: WebSocket, maxUnsentBytes: number): boolean {
  return socket.readyState === WebSocket.OPEN && socket.bufferedAmount <= maxUnsentBytes;
}
