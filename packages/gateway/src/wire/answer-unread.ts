import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long a client may go on sending what nobody wants, to find the answer when it is done. */
const lingeringMs = 1000;

/**
 * Answers a request, whose headers are set, also where not all of it was read: what is left would be taken for the next one,
 * so the connection ends. Not at once, because a connection that ends with unread bytes is reset, and the answer lost with it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-9.6
 */
export function answerAlsoUnread(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  text: string,
): void {
  if (request.complete) {
    response.writeHead(status).end(text);
    return;
  }
  response.setHeader('connection', 'close');
  response.writeHead(status);
  response.write(text, () => request.resume());
  // At once: what follows may be no HTTP, which ends the connection.
  request.socket.uncork();
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, lingeringMs);
  request.once('end', end);
  request.once('close', end);
}
