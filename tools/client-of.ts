import type { Server } from 'node:http';
import { Duplex } from 'node:stream';

/** A client of an HTTP server without a network between them, which would decide what comes in one turn of the event loop. */
export interface Client {
  /** It is there when this returns. */
  send(bytes: string): void;
  /** What comes back at first. */
  readonly answer: Promise<string>;
}

/** Connects one to a server that need not listen. */
export function clientOf(server: Server): Client {
  let answered: (bytes: string) => void;
  const answer = new Promise<string>((resolve) => (answered = resolve));
  const connection = new Duplex({
    read() {},
    write(bytes: Buffer, _encoding, done) {
      answered(bytes.toString());
      done();
    },
    writev(pieces: { chunk: Buffer }[], done) {
      answered(Buffer.concat(pieces.map(({ chunk }) => Buffer.from(chunk))).toString());
      done();
    },
  });
  server.emit('connection', connection);
  return { send: (bytes) => void connection.push(bytes), answer };
}
