import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One callback as a receiver got it. */
export interface ReceivedCallback {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A receiver of callbacks. */
export interface Receiver {
  readonly url: string;
  readonly received: ReceivedCallback[];
  /** Requests that are open now. */
  open(): number;
  close(): Promise<void>;
}

/** Starts a receiver on a free port. `answer` decides what becomes of a request; it may leave it hanging. */
export async function startReceiver(
  answer: (callback: ReceivedCallback, response: ServerResponse) => void = (_callback, response) => response.end(),
): Promise<Receiver> {
  const received: ReceivedCallback[] = [];
  let open = 0;
  const server = createServer((request, response) => {
    open += 1;
    response.once('close', () => (open -= 1));
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const callback = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() };
      received.push(callback);
      answer(callback, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    open: () => open,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
