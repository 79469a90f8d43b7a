import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { valuesOf } from './framing.ts';
import { headersToClient, headersToUpstream } from './forwarded-headers.ts';
import type { Upstream } from './upstream.ts';

/** Why a request for another protocol is none for WebSocket; `undefined` when it is one. Others would hide what follows. */
export function upgradeProblem({ method, rawHeaders }: IncomingMessage): string | undefined {
  const protocols = valuesOf(rawHeaders, 'upgrade');
  if (protocols.length !== 1 || protocols[0]?.trim().toLowerCase() !== 'websocket')
    return 'the only protocol to upgrade to is websocket';
  if (method !== 'GET') return 'a WebSocket begins with GET';
  const lengths = valuesOf(rawHeaders, 'content-length');
  if (valuesOf(rawHeaders, 'transfer-encoding').length > 0 || lengths.some((length) => length !== '0'))
    return 'a WebSocket begins without a body';
  return undefined;
}

/**
 * Hands a handshake on and, when the application takes it, joins the two connections. Nothing that the client sends behind
 * the handshake reaches the application before it has.
 *
 * @param beforeAnswer runs when the status is known, before the client is told
 * @returns the status; the sockets go on
 */
export function forwardUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  to: {
    readonly upstream: Upstream;
    readonly addedHeaders: readonly string[];
    readonly timeoutMs: number;
    readonly beforeAnswer: (status: number) => Promise<void>;
  },
): Promise<number> {
  const { upstream, addedHeaders, timeoutMs, beforeAnswer } = to;
  return new Promise((resolve, reject) => {
    const send = upstream.secure ? httpsRequest : httpRequest;
    const upstreamRequest = send({
      host: upstream.host,
      port: upstream.port,
      method: request.method,
      path: request.url,
      headers: [...headersToUpstream(request.rawHeaders, true), ...addedHeaders],
      setHost: false,
      agent: false,
    });
    const timer = setTimeout(
      () => upstreamRequest.destroy(new Error('the upstream was silent for too long')),
      timeoutMs,
    );
    let isAnswered = false;
    const answered = (status: number, tell: () => void): void => {
      if (isAnswered) return;
      isAnswered = true;
      clearTimeout(timer);
      beforeAnswer(status).then(() => {
        tell();
        resolve(status);
      }, reject);
    };
    upstreamRequest.once('upgrade', (answer: IncomingMessage, upstreamSocket: Duplex, upstreamHead: Buffer) => {
      // It may go before the two are joined.
      upstreamSocket.on('error', () => socket.destroy());
      answered(101, () => {
        socket.write(headText(answer, headersToSwitch(answer)));
        join(socket, head, upstreamSocket, upstreamHead);
      });
    });
    upstreamRequest.once('response', (answer: IncomingMessage) => {
      answered(answer.statusCode ?? 502, () => {
        const headers = headersToClient(answer.rawHeaders).filter((_, at, all) => {
          return all[at - (at % 2)]?.toLowerCase() !== 'transfer-encoding';
        });
        socket.write(headText(answer, [...headers, 'Connection', 'close']));
        answer.on('error', () => socket.destroy());
        // The rest of the answer gets as much time as its beginning.
        answer.setTimeout(timeoutMs, () => socket.destroy());
        answer.pipe(socket);
      });
    });
    upstreamRequest.on('error', () => {
      answered(502, () => socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'));
    });
    socket.once('close', () => upstreamRequest.destroy());
    upstreamRequest.end();
  });
}

/** With the headers of the connection: they are what is agreed upon. */
function headersToSwitch({ rawHeaders }: IncomingMessage): readonly string[] {
  return rawHeaders;
}

function headText({ statusCode, statusMessage }: IncomingMessage, rawHeaders: readonly string[]): Buffer {
  let head = `HTTP/1.1 ${statusCode} ${statusMessage}\r\n`;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) head += `${rawHeaders[at]}: ${rawHeaders[at + 1]}\r\n`;
  return Buffer.from(`${head}\r\n`, 'latin1');
}

function join(client: Duplex, clientHead: Buffer, upstream: Duplex, upstreamHead: Buffer): void {
  if (client.destroyed || upstream.destroyed) {
    client.destroy();
    upstream.destroy();
    return;
  }
  if (clientHead.length > 0) upstream.write(clientHead);
  if (upstreamHead.length > 0) client.write(upstreamHead);
  for (const [from, to] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
    from.pipe(to);
  }
}
