import type { FastifyInstance } from 'fastify';
import type { Exchange } from '../../exchanges/exchange.ts';
import { rawRequest } from '../../exchanges/raw-request.ts';
import { choice, object, optional, string } from '../../json-schema/schema.ts';
import { ownTurns } from '../../threads/own-turn.ts';
import { plugs } from '../../plugs.ts';
import type { ControlParts } from '../control-parts.ts';
import { controlRoute } from '../control-route.ts';
import { found } from '../control-error.ts';
import { summarizeExchange, viewExchange } from '../views/exchange-view.ts';

const closed = { additionalProperties: false } as const;
const one = object({ id: string() }, closed);

/** What a list of exchanges can be narrowed to. */
const listQuery = object(
  {
    before: optional(string({ pattern: '^x[1-9][0-9]*$', description: 'Only those older than this one.' })),
    limit: optional(string({ pattern: '^([1-9][0-9]{0,2}|1000)$', description: '1 to 1000; 100.' })),
    provider: optional(choice([...plugs.map(({ name }) => name), 'none'])),
    outcome: optional(choice(['accepted', 'tolerated', 'refused'])),
    call: optional(string()),
  },
  closed,
);

/** `GET exchanges`, `GET exchanges/{id}`, `GET exchanges/{id}/raw`. */
export function exchangeRoutes(scope: FastifyInstance, { journal }: ControlParts): void {
  /** Showing long bodies takes a turn of the event loop each, however many are asked for at once. */
  const turnFor = (id: string): Promise<void> | undefined => {
    const exchange = journal.get(id);
    return exchange instanceof Object ? ownTurns.of(bodyBytesOf(exchange)) : undefined;
  };
  controlRoute(scope, {
    method: 'GET',
    path: '/exchanges',
    query: listQuery,
    handle: ({ query }) => {
      const limit = Number(query.limit ?? 100);
      const exchanges = journal.list({
        ...(query.before !== undefined && { before: query.before }),
        limit: limit + 1,
        where: ({ provider, authentication, call }) =>
          (query.provider === undefined || provider === query.provider) &&
          (query.outcome === undefined || authentication?.outcome === query.outcome) &&
          (query.call === undefined || call === query.call),
      });
      const page = exchanges.slice(0, limit);
      const next = exchanges.length > limit ? page.at(-1)?.id : undefined;
      return { exchanges: page.map(summarizeExchange), ...(next !== undefined && { next }) };
    },
  });
  controlRoute(scope, {
    method: 'GET',
    path: '/exchanges/:id',
    params: one,
    handle: async ({ params }) => {
      await turnFor(params.id);
      return viewExchange(found(journal.get(params.id), `exchange ${params.id}`));
    },
  });
  controlRoute(scope, {
    method: 'GET',
    path: '/exchanges/:id/raw',
    params: one,
    handle: async ({ params }, _request, reply) => {
      await turnFor(params.id);
      const exchange = found(journal.get(params.id), `exchange ${params.id}`);
      if (exchange.redacted) void reply.header('x-countersign-redacted', 'true');
      void reply.header('content-type', 'application/octet-stream');
      void reply.header('content-disposition', `attachment; filename="${params.id}.http"`);
      return reply.send(rawRequest(exchange));
    },
  });
}

function bodyBytesOf({ request: { body }, response }: Exchange): number {
  return (body instanceof Uint8Array ? body.length : 0) + (response?.body.length ?? 0);
}
