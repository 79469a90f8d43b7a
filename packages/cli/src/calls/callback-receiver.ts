import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Message } from '@countersign/core/message';
import { messageFromIncoming } from '@countersign/core/receive';
import { CommandFailure, exitCode } from '../failure.ts';

/** A callback of a provider, judged. */
export interface ReceivedCallback {
  /** The provider's name of the event, for example `CallConnected` or `dice`. */
  readonly event: string;
  /** The provider's id of the call. */
  readonly callId: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Whether its token or signature holds, and in a few words why. */
  readonly verification: { readonly ok: boolean; readonly summary: string };
}

/** Reads the callbacks out of one request, and says what to answer. */
export type CallbackReader = (
  message: Message & { readonly body: Uint8Array },
) => Promise<{ readonly callbacks: readonly ReceivedCallback[]; readonly status: number; readonly answer?: unknown }>;

/** Receives callbacks over HTTP, each path by its own reader. */
export interface CallbackReceiver {
  /** Scheme and authority under which it listens. */
  readonly origin: string;
  /**
   * The first callback, received already or yet to come, that fits.
   *
   * @throws CommandFailure `call/no-event` with exit code 1 when none comes in time
   */
  waitFor(fits: (callback: ReceivedCallback) => boolean, timeoutMs: number, what: string): Promise<ReceivedCallback>;
  close(): Promise<void>;
}

/** Starts a receiver on this machine. Port 0 takes a free one. */
export async function startCallbackReceiver(options: {
  readonly port?: number;
  readonly readers: Readonly<Record<string, CallbackReader>>;
  readonly onCallback: (callback: ReceivedCallback) => void;
}): Promise<CallbackReceiver> {
  const received: ReceivedCallback[] = [];
  const waiting = new Set<(callback: ReceivedCallback) => void>();
  const accept = (callback: ReceivedCallback): void => {
    received.push(callback);
    options.onCallback(callback);
    for (const notify of waiting) notify(callback);
  };

  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const reader = options.readers[path];
    if (!reader) return void response.writeHead(404).end();
    readMessage(request)
      .then(reader)
      .then(({ callbacks, status, answer }) => {
        response.writeHead(status, answer === undefined ? {} : { 'content-type': 'application/json' });
        response.end(answer === undefined ? undefined : JSON.stringify(answer));
        for (const callback of callbacks) accept(callback);
      })
      .catch((error: unknown) => {
        // What is no JSON is the sender's fault; keys that cannot be fetched are not.
        if (!response.headersSent) response.writeHead(error instanceof SyntaxError ? 400 : 503).end();
      });
  });
  const port = await listen(server, options.port ?? 0);

  return {
    origin: `http://127.0.0.1:${port}`,
    waitFor: (fits, timeoutMs, what) => {
      const known = received.find(fits);
      if (known) return Promise.resolve(known);
      return new Promise((resolve, reject) => {
        const stop = (): void => {
          clearTimeout(timer);
          waiting.delete(notify);
        };
        const notify = (callback: ReceivedCallback): void => {
          if (!fits(callback)) return;
          stop();
          resolve(callback);
        };
        const timer = setTimeout(() => {
          stop();
          reject(new CommandFailure('call/no-event', `${what} did not come within ${timeoutMs / 1000} s`, exitCode.no));
        }, timeoutMs);
        waiting.add(notify);
      });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = error.code === 'EADDRINUSE';
      const reason = inUse ? `port ${port} is in use; give another with --listen` : error.message;
      reject(new CommandFailure('call/listen', `cannot listen for callbacks: ${reason}`));
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

async function readMessage(request: IncomingMessage): Promise<Message & { body: Uint8Array }> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  const body = Buffer.concat(chunks);
  return { ...messageFromIncoming(request, body), body };
}
