import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import { guardedAgent } from '../outbound/guarded-agent.ts';
import type { OutboundGuard } from '../outbound/outbound-guard.ts';
import type { CallbackRequest } from '../contract/delivery-policy.ts';
import { HeaderLines } from './header-lines.ts';

/**
 * For how long a connection is kept for the next callback. Receivers wait longer before they close an idle one, so that
 * hardly a callback meets a connection that is being closed.
 */
const keptForMs = 1000;

/**
 * The connections to receivers, kept for callbacks to come. By `node:http`, because `fetch` takes several times the
 * processor time for a request of this size.
 */
export class CallbackConnections {
  readonly #guard: OutboundGuard;
  readonly #http;
  readonly #https;
  readonly #promised = new WeakSet<Socket>();
  /** Reads the header lines of all answers. */
  readonly headerLines = new HeaderLines();

  /** @param guard says which hosts are not connected to */
  constructor(guard: OutboundGuard) {
    this.#guard = guard;
    const kept = { keepAlive: true, timeout: keptForMs };
    this.#http = guardedAgent('http:', guard, kept);
    this.#https = guardedAgent('https:', guard, kept);
  }

  /**
   * Sends a callback over a connection that was kept, or over a new one.
   *
   * @param how `alone` for a new one that is used for nothing else
   * @throws TypeError for headers that HTTP cannot carry
   */
  send({ url, method, headers, body }: CallbackRequest, how?: 'alone'): ClientRequest {
    const { protocol, hostname, port, pathname, search, host } = new URL(url);
    const isHttps = protocol === 'https:';
    const agent = isHttps ? this.#https : this.#http;
    const request = isHttps ? requestHttps : requestHttp;
    return request({
      agent: how === 'alone' ? guardedAgent(protocol, this.#guard) : agent,
      host: hostname.replace(/^\[|\]$/g, ''),
      port,
      method,
      path: pathname + search,
      // As a list they are written as they stand here: each with its own case, and twice where it is there twice.
      headers: ['Host', host, ...headers.flat(), 'Content-Length', String(body.length)],
    }).end(body);
  }

  /** Whether the receiver says, with its answer, that it keeps the connection, too. */
  isPromised({ headers, socket }: IncomingMessage): boolean {
    const isPromised = headers['keep-alive'] !== undefined || /\bkeep-alive\b/i.test(headers.connection ?? '');
    if (isPromised) this.#promised.add(socket);
    return isPromised;
  }

  /**
   * Whether the receiver seems to have closed the connection after its last answer, without having said so, and before
   * it got this request. Of one that had promised to keep it this is not assumed: it has broken the connection off.
   *
   * @param error with which a request ended that got no answer
   */
  wasClosedBefore({ reusedSocket, socket }: ClientRequest, { code }: NodeJS.ErrnoException): boolean {
    return reusedSocket && (code === 'ECONNRESET' || code === 'EPIPE') && !(socket && this.#promised.has(socket));
  }

  /** Closes all of them, idle or not. */
  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }
}
