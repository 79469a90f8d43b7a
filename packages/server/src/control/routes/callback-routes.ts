import type { FastifyInstance } from 'fastify';
import { choice, object, optional, string } from '../../json-schema/schema.ts';
import type { ControlParts } from '../control-parts.ts';
import { controlRoute } from '../control-route.ts';
import { ControlError, found } from '../control-error.ts';
import { viewCallback } from '../views/callback-view.ts';

const closed = { additionalProperties: false } as const;
const one = object({ id: string() }, closed);
const listQuery = object(
  {
    call: optional(string()),
    state: optional(choice(['queued', 'delivering', 'delivered', 'undelivered'])),
    limit: optional(string({ pattern: '^([1-9][0-9]{0,2}|1000)$', description: '1 to 1000; 100.' })),
  },
  closed,
);

/** `GET callbacks`, `GET callbacks/{id}`, `POST callbacks/{id}/resend`. */
export function callbackRoutes(scope: FastifyInstance, { outbox }: ControlParts): void {
  controlRoute(scope, {
    method: 'GET',
    path: '/callbacks',
    query: listQuery,
    handle: ({ query }) => {
      const matching = outbox
        .list(({ call }) => query.call === undefined || call === query.call)
        .filter(({ state }) => query.state === undefined || state === query.state);
      return {
        callbacks: matching
          .toReversed()
          .slice(0, Number(query.limit ?? 100))
          .map(viewCallback),
      };
    },
  });
  controlRoute(scope, {
    method: 'GET',
    path: '/callbacks/:id',
    params: one,
    handle: ({ params }) => viewCallback(found(outbox.get(params.id), `callback ${params.id}`)),
  });
  controlRoute(scope, {
    method: 'POST',
    path: '/callbacks/:id/resend',
    params: one,
    handle: ({ params }, _request, reply) => {
      const result = outbox.resend(params.id);
      if (result === 'not-found') return found(undefined, `callback ${params.id}`);
      if (result === 'gone') return found('gone', `callback ${params.id}`);
      if (result === 'not-settled') {
        throw new ControlError(409, 'callback/not-settled', `callback ${params.id} is still being delivered`);
      }
      return reply.code(202).send(viewCallback(found(outbox.get(params.id), `callback ${params.id}`)));
    },
  });
}
