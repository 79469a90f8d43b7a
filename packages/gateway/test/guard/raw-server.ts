import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';

/** An application that keeps every byte it gets, and answers as it is told. */
export interface RawServer {
  readonly url: string;
  /** What each connection sent, byte for byte, as Latin-1. */
  readonly received: string[];
  close(): Promise<void>;
}

/**
 * @param respond is called with all that a connection has sent so far, whenever there is more of it
 * @param tls a key and its certificate, as PEM
 */
export async function rawServer(
  respond: (received: string, socket: Socket) => void,
  tls?: { readonly key: string; readonly cert: string },
): Promise<RawServer> {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const onConnection = (socket: Socket): void => {
    const at = received.push('') - 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      received[at] += chunk.toString('latin1');
      respond(received[at] ?? '', socket);
    });
  };
  const server = tls ? createSecureServer(tls, onConnection) : createServer(onConnection);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Answers a whole request, once. */
export function answerWith(answer: string, isWhole = (text: string): boolean => hasBody(text)) {
  return (received: string, socket: Socket): void => {
    if (isWhole(received)) socket.write(answer, 'latin1');
  };
}

/** Whether a request is there to its end: by its length, its last chunk, or its head alone. */
export function hasBody(text: string): boolean {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  if (rest.length === 0) return false;
  const body = rest.join('\r\n\r\n');
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (/^transfer-encoding: *chunked/im.test(head)) return /(?:^|\r\n)0\r\n(?:[^\r\n]+\r\n)*\r\n$/.test(text);
  return body.length >= Number(length ?? 0);
}

export const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** Sends bytes and returns all that comes back until the other side ends, or for as long as `until` says. */
export async function exchange(
  url: string,
  bytes: string | Uint8Array,
  until: (text: string) => boolean = hasAnswer,
): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  let text = '';
  for await (const chunk of socket) {
    text += (chunk as Buffer).toString('latin1');
    if (until(text)) break;
  }
  socket.destroy();
  return text;
}

function hasAnswer(text: string): boolean {
  return hasBody(text.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, ''));
}

/** A request as bytes. */
export function requestText(line: string, headers: readonly (readonly [string, string])[], body = ''): string {
  return `${line} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}
