import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long a refused client may go on sending before the connection ends. */
const lingeringMs = 1000;

/**
 * Answers a request, even if not all of it was read. In that case the connection ends, because the rest would be taken for
 * the next request. It does not end at once: a connection that is closed with unread bytes is reset, and the client loses
 * the answer. The other headers of the answer are set before.
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
