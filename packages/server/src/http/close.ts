import type { FastifyInstance } from 'fastify';

/** How long answers under way may take before their connections are cut, in milliseconds. */
const graceMs = 2_000;

/**
 * Closes a server: takes nothing new, lets answers under way finish, and ends every connection, kept alive or not.
 * Event streams end in `preClose` hooks of those who opened them.
 */
export async function closeHttp(app: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), graceMs);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}
