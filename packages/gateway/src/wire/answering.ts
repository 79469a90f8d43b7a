import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * The answer that is on its way on a connection. It stands at the connection itself: a table from which each request is
 * deleted again made the garbage collector carry along three times as much.
 */
const answering = Symbol('answering');

interface AnsweringSocket extends Duplex {
  [answering]?: ServerResponse | undefined;
}

/** Knows the answer until it is over. */
export function beginAnswer(socket: AnsweringSocket, response: ServerResponse): void {
  socket[answering] = response;
}

/** On the same connection the next one may have begun. */
export function endAnswer(socket: AnsweringSocket, response: ServerResponse): void {
  if (socket[answering] === response) socket[answering] = undefined;
}

/** Whether an answer is on its way, which a second one would end up in. A request that is not whole has none yet. */
export function isAnswering(socket: AnsweringSocket): boolean {
  const answer = socket[answering];
  return answer !== undefined && (answer.headersSent || answer.req.complete);
}
