import { Agent as HttpAgent, type AgentOptions, type ClientRequestArgs } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Socket, type TcpNetConnectOpts } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * A connection on which an answer is read to its end although nothing more can be sent: who answers before the body is there
 * often closes as well, and a failed write must not take the place of the answer. (TLS ends with what closes it.)
 */
class HearingSocket extends Socket {
  /** Whether the other side takes nothing any more. */
  isDeaf = false;

  override _write(chunk: unknown, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.isDeaf) return done();
    super._write(chunk, encoding, (error) => this.#written(error, done));
  }

  override _writev(chunks: { chunk: unknown; encoding: BufferEncoding }[], done: (error?: Error | null) => void): void {
    if (this.isDeaf) return done();
    super._writev?.(chunks, (error) => this.#written(error, done));
  }

  /** What became of the connection is said by what is read from it: the answer, its end, or the same error. */
  #written(error: Error | null | undefined, done: (error?: Error | null) => void): void {
    this.isDeaf = error !== undefined && error !== null;
    done();
  }
}

class HearingAgent extends HttpAgent {
  override createConnection(options: ClientRequestArgs): Duplex {
    const socket = new HearingSocket();
    if (options.timeout !== undefined) socket.setTimeout(options.timeout);
    return socket.connect(options as TcpNetConnectOpts);
  }

  /** @see https://nodejs.org/api/http.html#agentkeepsocketalivesocket */
  override keepSocketAlive(socket: Duplex): boolean {
    return !(socket as HearingSocket).isDeaf && (super.keepSocketAlive(socket) as unknown as boolean);
  }
}

/** Makes what keeps connections, without and with TLS. */
export function upstreamAgents(options: AgentOptions): { readonly http: HttpAgent; readonly https: HttpsAgent } {
  return { http: new HearingAgent(options), https: new HttpsAgent(options) };
}
