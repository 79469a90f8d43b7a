import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * The answer that is being sent on a connection, and what waits for its end. Both are properties of the socket: with a map
 * from which each request was deleted again, three times as much garbage survived.
 */
const answering = Symbol('answering');
const waiting = Symbol('waiting');

interface AnsweringSocket extends Duplex {
  [answering]?: ServerResponse | undefined;
  [waiting]?: (() => void)[];
}

/** How many requests a client may send before their turn comes. */
const mostWaiting = 100;

/**
 * Takes pipelined requests (sent in a row, without waiting for answers) one at a time, so that one connection never puts
 * more than one request on the application.
 *
 * @param begin is called when all answers before are sent; never if the connection is closed by then
 * @returns false if too many requests wait already: this one is not taken
 */
export function inTurn(socket: AnsweringSocket, response: ServerResponse, begin: () => void): boolean {
  const take = (): void => {
    socket[answering] = response;
    response.once('close', () => {
      socket[answering] = undefined;
      if (!socket.destroyed) socket[waiting]?.shift()?.();
    });
    begin();
  };
  if (!socket[answering]) take();
  else if ((socket[waiting] ??= []).length < mostWaiting) socket[waiting].push(take);
  else return false;
  return true;
}

/** Whether an answer is being sent, so that a second one would end up inside it. An incomplete request has none yet. */
export function isAnswering(socket: AnsweringSocket): boolean {
  const answer = socket[answering];
  return answer !== undefined && (answer.headersSent || answer.req.complete);
}
