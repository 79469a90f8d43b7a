import { Agent as HttpAgent, type ClientRequest, type ClientRequestArgs } from 'node:http';
import { Socket } from 'node:net';
import { firstValueOf } from './framing.ts';
import { oneText } from './one-text.ts';

/** How long connections are kept that nothing is sent on, and how many of them to one upstream. */
export interface IdleLimits {
  readonly idleMs: number;
  readonly mostIdle: number;
}

/**
 * A connection on which an answer is read to its end even if nothing more can be sent. An upstream that answers before it
 * has the whole body often closes the connection too, and the failed write must not replace the answer.
 */
class HearingSocket extends Socket {
  /** Whether the other side takes nothing any more. */
  isDeaf = false;
  /** When it is given up; 0 while a request is on it. */
  idleUntilMs = 0;

  override _write(chunk: unknown, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.isDeaf) return done();
    super._write(chunk, encoding, (error) => this.#written(error, done));
  }

  override _writev(chunks: { chunk: unknown; encoding: BufferEncoding }[], done: (error?: Error | null) => void): void {
    if (this.isDeaf) return done();
    const text = oneText(chunks);
    const written = (error?: Error | null): void => this.#written(error, done);
    if (text === undefined) super._writev?.(chunks, written);
    else super._write(text, 'latin1', written);
  }

  /** Reading tells how the connection ended: with an answer, its end, or the same error. */
  #written(error: Error | null | undefined, done: (error?: Error | null) => void): void {
    if (error) this.isDeaf = true;
    done();
  }
}

/**
 * Keeps connections, as Node's agent does, whose bookkeeping (names, copied options, a timer for each connection) costs as
 * much as verifying a request. Bytes that come without having been asked for end their connection: they would be taken for
 * the answer to the next request.
 */
export class HearingAgent extends HttpAgent {
  readonly #limits: IdleLimits;
  readonly #open = new Set<HearingSocket>();
  /** By upstream, the one that was used last at the end. */
  readonly #idle = new Map<string, HearingSocket[]>();
  readonly #sweeping: NodeJS.Timeout;

  constructor(limits: IdleLimits) {
    super({ keepAlive: true });
    this.#limits = limits;
    this.#sweeping = setInterval(() => this.#sweep(), Math.ceil(limits.idleMs / 4));
    this.#sweeping.unref();
  }

  /** Called by Node's requests: gives them a connection. */
  addRequest(request: ClientRequest, { host, port }: ClientRequestArgs): void {
    const name = `${host}:${port}`;
    const idle = this.#idle.get(name);
    for (let socket = idle?.pop(); socket; socket = idle?.pop()) {
      if (socket.destroyed || !socket.writable) continue;
      socket.idleUntilMs = 0;
      this.reuseSocket(socket, request);
      return request.onSocket(socket);
    }
    request.onSocket(this.#connect(name, String(host), Number(port)));
  }

  override destroy(): void {
    clearInterval(this.#sweeping);
    for (const socket of this.#open) socket.destroy();
    super.destroy();
  }

  #connect(name: string, host: string, port: number): HearingSocket {
    const socket = new HearingSocket();
    this.#open.add(socket);
    socket.on('free', () => this.#keep(name, socket));
    socket.on('close', () => this.#open.delete(socket));
    socket.on('data', () => {
      if (socket.idleUntilMs !== 0) socket.destroy();
    });
    socket.setNoDelay(true);
    return socket.connect({ host, port });
  }

  /** A request is over, and its connection may be used again. */
  #keep(name: string, socket: HearingSocket): void {
    let idle = this.#idle.get(name);
    if (!idle) this.#idle.set(name, (idle = []));
    const keptMs = Math.min(this.#limits.idleMs, announcedMs(socket));
    if (socket.isDeaf || !socket.writable || keptMs <= 0 || idle.length >= this.#limits.mostIdle)
      return void socket.destroy();
    socket.idleUntilMs = Date.now() + keptMs;
    socket.unref();
    idle.push(socket);
  }

  #sweep(): void {
    const now = Date.now();
    for (const [name, idle] of this.#idle) {
      for (const socket of idle) if (socket.idleUntilMs <= now) socket.destroy();
      this.#idle.set(
        name,
        idle.filter(({ destroyed }) => !destroyed),
      );
    }
  }
}

/** For how long the upstream says that it keeps the connection, less a second for what is on its way. */
function announcedMs(socket: Socket): number {
  const { _httpMessage: request } = socket as Socket & { _httpMessage?: { res?: { rawHeaders?: readonly string[] } } };
  const announced = firstValueOf(request?.res?.rawHeaders ?? [], 'keep-alive');
  const seconds = announced && /\btimeout=(\d{1,6})/.exec(announced)?.[1];
  return seconds === undefined ? Infinity : (Number(seconds) - 1) * 1000;
}
