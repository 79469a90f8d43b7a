import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { type Pcm, pcmOf } from './pcm.ts';

/** What a thread gets when it has asked for the next piece; neither, when there is none. */
interface NextPiece {
  readonly samples?: Int16Array;
  readonly error?: string;
}

/**
 * Hands audio to another thread piece by piece, each when it is asked for: so nothing is rendered before the thread has
 * time for it, and never more than it works on.
 *
 * @returns the port for the thread, and a function that ends it all
 */
export function offerPieces(pieces: AsyncIterable<Pcm>): { readonly port: MessagePort; readonly end: () => void } {
  const { port1, port2 } = new MessageChannel();
  const iterator = pieces[Symbol.asyncIterator]();
  const next = async (): Promise<NextPiece> => {
    try {
      const piece = await iterator.next();
      return piece.done ? {} : { samples: piece.value.samples };
    } catch (error) {
      return { error: (error as Error).message };
    }
  };
  port1.on('message', () => void next().then((piece) => port1.postMessage(piece)));
  const end = (): void => {
    port1.close();
    void iterator.return?.();
  };
  return { port: port2, end };
}

/**
 * The thread's side of `offerPieces`.
 *
 * @throws Error when the other side could not make a piece
 */
export async function* askForPieces(port: MessagePort): AsyncGenerator<Pcm, void, undefined> {
  let receive: (piece: NextPiece) => void = () => {};
  port.on('message', (piece: NextPiece) => receive(piece));
  try {
    for (;;) {
      const asked = new Promise<NextPiece>((resolve) => (receive = resolve));
      port.postMessage('next');
      const { samples, error } = await asked;
      if (error !== undefined) throw new Error(error);
      if (samples === undefined) return;
      yield pcmOf(samples);
    }
  } finally {
    port.close();
  }
}
