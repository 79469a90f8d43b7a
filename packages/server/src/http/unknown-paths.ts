import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/**
 * Gives a provider the answer to every path under its prefixes that no route serves. Call it in the provider's scope:
 * its hooks (authentication) and its error handler hold for these requests too.
 */
export function answerUnknownPaths(
  scope: FastifyInstance,
  prefixes: readonly string[],
  handler: (request: FastifyRequest, reply: FastifyReply) => unknown,
): void {
  for (const prefix of prefixes) {
    scope.register(
      async (paths) => {
        paths.setNotFoundHandler(handler);
      },
      { prefix },
    );
  }
}
