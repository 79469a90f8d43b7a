import type { ClientRequest } from 'node:http';
import { Agent } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { IdleLimits } from './upstream-agent.ts';

type Written = (error?: Error | null) => void;

/** With the methods that Node's streams call to write. */
interface HearingSocket extends TLSSocket {
  _write(chunk: unknown, encoding: BufferEncoding, done: Written): void;
  _writev(chunks: { chunk: unknown; encoding: BufferEncoding }[], done: Written): void;
  /** Whether the other side takes nothing any more. */
  isDeaf?: boolean;
  /** Whether no request is on it. */
  isIdle?: boolean;
}

/** TLS connections that behave like `HearingAgent`'s: an early answer is read to its end, and unrequested bytes end them. */
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

/** A failed write does not end the connection: the answer is still read, and reading tells how the connection ended. */
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
