import type { ClientRequest } from 'node:http';
import { Agent } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { IdleLimits } from './upstream-agent.ts';

type Written = (error?: Error | null) => void;

/** What Node's streams call, and each kind of them has its own of. */
interface HearingSocket extends TLSSocket {
  _write(chunk: unknown, encoding: BufferEncoding, done: Written): void;
  _writev(chunks: { chunk: unknown; encoding: BufferEncoding }[], done: Written): void;
  /** Whether the other side takes nothing any more. */
  isDeaf?: boolean;
  /** Whether no request is on it. */
  isIdle?: boolean;
}

/** Connections with TLS that hear an early answer out, as those without do, and end with bytes that nobody asked for. */
export class SecureAgent extends Agent {
  constructor({ idleMs, mostIdle }: IdleLimits) {
    super({ keepAlive: true, timeout: idleMs, maxFreeSockets: mostIdle });
  }

  override createConnection(...given: Parameters<Agent['createConnection']>): HearingSocket {
    const socket = hearing(super.createConnection(...given) as TLSSocket);
    socket.on('data', () => {
      if (socket.isIdle) socket.destroy();
    });
    return socket;
  }

  override keepSocketAlive(socket: HearingSocket): void {
    socket.isIdle = true;
    // It says whether it is kept; the types do not know that.
    return (!socket.isDeaf && super.keepSocketAlive(socket)) as unknown as void;
  }

  override reuseSocket(socket: HearingSocket, request: ClientRequest): void {
    socket.isIdle = false;
    super.reuseSocket(socket, request);
  }
}

/** A write that fails does not end the connection: what became of it is said by what is read. */
function hearing(plain: TLSSocket): HearingSocket {
  const socket = plain as HearingSocket;
  const { _write: write, _writev: writeAll } = socket;
  const written =
    (done: Written): Written =>
    (error) => {
      if (error) socket.isDeaf = true;
      done();
    };
  socket._write = (chunk, encoding, done) => {
    if (socket.isDeaf) done();
    else write.call(socket, chunk, encoding, written(done));
  };
  socket._writev = (chunks, done) => {
    if (socket.isDeaf) done();
    else writeAll.call(socket, chunks, written(done));
  };
  return socket;
}
