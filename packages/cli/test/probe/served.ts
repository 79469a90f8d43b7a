import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a receiver written by hand sees it. */
export interface Received {
  readonly method: string;
  /** The target as sent. */
  readonly url: string;
  /** Every value of a header, in the order sent. */
  readonly values: (name: string) => readonly string[];
  readonly body: Buffer;
}

/** Which part of the body is read: all of it, unless a receiver is wrong in that. */
export type ReadBody = 'whole' | 'first-chunk' | 'by-content-length' | 'none-when-large';

/** What a receiver answers: its status. One that throws has ended. */
export type Judge = (received: Received) => number;

export interface Served extends AsyncDisposable {
  readonly url: string;
}

const largeBytes = 1024 * 1024;

/** Serves `/hook`, in whatever spelling a lenient router takes for it. */
export async function serveJudge(judge: Judge, read: ReadBody = 'whole'): Promise<Served> {
  const server = createServer((request, response) => {
    const { method = '', url = '', rawHeaders } = request;
    const values = (name: string): string[] =>
      rawHeaders.flatMap((key, at) => (at % 2 === 0 && key.toLowerCase() === name ? [rawHeaders[at + 1] ?? ''] : []));
    let isAnswered = false;
    const answer = (body: Buffer): void => {
      if (isAnswered) return;
      isAnswered = true;
      const path = decodeURIComponent(url.split('?', 1)[0] ?? '').toLowerCase();
      const isHook = path.replaceAll('/.', '').replaceAll('//', '/').replace(/\/$/, '') === '/hook';
      try {
        response.writeHead(isHook ? judge({ method, url, values, body }) : 404).end();
      } catch {
        // The end of a process is the end of its connections.
        request.socket.destroy();
      }
    };
    const chunks: Buffer[] = [];
    request.on('error', () => {});
    request.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (read === 'first-chunk') answer(chunk);
    });
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const isUnread = read === 'by-content-length' && values('content-length').length === 0;
      answer(isUnread || (read === 'none-when-large' && body.length > largeBytes) ? Buffer.alloc(0) : body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
