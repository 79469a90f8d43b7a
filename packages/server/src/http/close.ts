import type { FastifyInstance } from 'fastify';

/** How long answers under way may take before their connections are cut, in milliseconds. */
const graceMs = 2_000;

/**
 * Prepares the closing of a server: from here on it knows which requests are under way.
 *
 * The function that is returned takes nothing new, lets answers under way finish, and then ends every connection: kept
 * alive, or opened in advance and never used, as browsers do, which Node does not count as idle. Event streams end in
 * `preClose` hooks of those who opened them.
 *
 * @param cutOthers ends connections that the server does not count as its own
 */
export function gracefulClose(app: FastifyInstance, cutOthers: () => void): () => Promise<void> {
  let underWay = 0;
  let whenDone: () => void = () => {};
  app.server.prependListener('request', (_request, response) => {
    underWay += 1;
    response.once('close', () => {
      underWay -= 1;
      if (underWay === 0) whenDone();
    });
  });
  return async () => {
    const cut = (): void => {
      app.server.closeAllConnections();
      cutOthers();
    };
    const timer = setTimeout(cut, graceMs);
    const closed = app.close();
    whenDone = () => setImmediate(cut);
    if (underWay === 0) whenDone();
    try {
      await closed;
    } finally {
      clearTimeout(timer);
    }
  };
}
