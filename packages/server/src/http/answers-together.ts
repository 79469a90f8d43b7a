import type { Socket } from 'node:net';

/**
 * Writes the answers of one turn of the event loop together: a write wakes its client, which takes the system longer than
 * the write, unless the client is awake from the one before.
 */
export class AnswersTogether {
  readonly #held = new Set<Socket>();

  /** Holds back what is written to a connection until this turn has dealt with all that came. */
  hold(socket: Socket): void {
    if (this.#held.has(socket)) return;
    if (this.#held.size === 0) setImmediate(() => this.#release());
    this.#held.add(socket);
    socket.cork();
  }

  #release(): void {
    const sockets = [...this.#held];
    this.#held.clear();
    for (const socket of sockets) socket.uncork();
  }
}
