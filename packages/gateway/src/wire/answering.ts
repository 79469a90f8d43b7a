import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * The answer that is on its way on a connection, and what waits for its end. They stand at the connection itself: a table
 * from which each request is deleted again made the garbage collector carry along three times as much.
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
 * Takes the requests that a client sends in a row, without waiting for answers, one after the other, so that one connection
 * never asks more of an application than one request at a time.
 *
 * @param begin is called when the answers before are over; never when the connection is gone by then
 * @returns false where too many wait already; nobody answers this one
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

/** Whether an answer is on its way, which a second one would end up in. A request that is not whole has none yet. */
export function isAnswering(socket: AnsweringSocket): boolean {
  const answer = socket[answering];
  return answer !== undefined && (answer.headersSent || answer.req.complete);
}
