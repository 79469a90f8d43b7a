import type { OutboundGuard } from '../../../outbound/outbound-guard.ts';
import { acsBounds } from '../protocol/bounds.ts';

/** How long an application may take to accept a stream, in milliseconds of real time. */
const openTimeoutMs = 5000;

/** How long it may take to say goodbye before the connection is cut, in milliseconds of real time. */
const closeTimeoutMs = 1000;

/** The longest message that an application may send: fifteen seconds of audio and more. */
const maxMessageBytes = 1_000_000;

/** How much may wait to be sent before a stream counts as broken: twenty seconds of audio and more. */
const maxBufferedBytes = acsBounds['stream-sockets'].bytes;

/** A WebSocket to an application, over which the service sends JSON. */
export interface StreamSocket {
  /** Sends one message; false when the socket is broken, or hopelessly behind. */
  send(message: unknown): boolean;
  /** Closes it, and resolves when the application has everything. */
  close(): Promise<void>;
}

/**
 * Connects to an application's stream address.
 *
 * @param headers what the service says about itself (`Authorization`) and the call: `x-ms-call-connection-id`, …
 * @param on.message told what the application sends, as text
 * @param on.lost told when the application closes the stream, or it breaks
 * @param guard says which hosts are not connected to
 * @throws Error when the application does not accept it
 */
export async function openStream(
  url: string,
  headers: Readonly<Record<string, string>>,
  on: { readonly message: (text: string) => void; readonly lost: () => void },
  guard: OutboundGuard,
): Promise<StreamSocket> {
  const { canSend, openSocket } = await import('../../kit/socket.ts');
  const socket = openSocket({ url, guard, headers, openTimeoutMs, maxMessageBytes });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  let isClosing = false;
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('message', (data: Buffer) => on.message(data.toString('utf8')));
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    if (!isClosing) on.lost();
  });
  return {
    send(message) {
      if (!canSend(socket, maxBufferedBytes)) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    close() {
      isClosing = true;
      socket.close(1000);
      const cut = setTimeout(() => socket.terminate(), closeTimeoutMs);
      return closed.finally(() => clearTimeout(cut));
    },
  };
}
