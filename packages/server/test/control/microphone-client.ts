import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A program that speaks into a phone. */
export interface MicrophoneClient {
  readonly socket: WebSocket;
  /** What the server has said so far. */
  readonly reports: { readonly call: string; readonly leg: string; readonly waitingMs: number }[];
  /** Sends samples, as a message of so many each, and waits until the server has taken them all. */
  speak(samples: Int16Array, perMessage?: number): Promise<void>;
  /** Waits until the server has taken everything that was sent. */
  taken(): Promise<void>;
  /** How the WebSocket was closed, once it is. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
}

/** Opens the microphone of a phone. */
export async function openMicrophone(serverUrl: string, number: string, query = ''): Promise<MicrophoneClient> {
  const address = `${serverUrl.replace('http', 'ws')}/_control/phones/${encodeURIComponent(number)}/microphone${query}`;
  const socket = new WebSocket(address);
  const reports: MicrophoneClient['reports'] = [];
  socket.on('message', (data: Buffer) => reports.push(JSON.parse(data.toString('utf8')) as never));
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString('utf8') }));
  });
  await once(socket, 'open');
  const taken = async (): Promise<void> => {
    const answered = once(socket, 'pong');
    socket.ping();
    await answered;
  };
  return {
    socket,
    reports,
    closed,
    taken,
    async speak(samples, perMessage = 320) {
      for (let at = 0; at < samples.length; at += perMessage) {
        const piece = samples.subarray(at, at + perMessage);
        socket.send(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
      }
      await taken();
    },
  };
}
