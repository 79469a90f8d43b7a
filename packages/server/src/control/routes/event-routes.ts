import type { FastifyInstance } from 'fastify';
import { headerValue } from '@countersign/core/message';
import { object, optional, string } from '../../json-schema/schema.ts';
import type { ControlParts } from '../control-parts.ts';
import { ControlError } from '../control-error.ts';
import { controlRoute } from '../control-route.ts';
import { EventStream } from '../event-stream.ts';
import { EventStreams } from '../event-streams.ts';

const query = object(
  { after: optional(string({ description: 'As Last-Event-ID, for clients that cannot set a header.' })) },
  { additionalProperties: false },
);

/**
 * `GET events`: server-sent events. Each has the id `{server}-{n}`; a client that reconnects with the last one that it
 * saw (`Last-Event-ID`) gets exactly what came after it, or a `reset` event when that is no longer kept or was another
 * server's: then it reads the state again. Without an id it gets what comes from now on.
 */
export function eventRoutes(scope: FastifyInstance, { feed, serverId, redaction }: ControlParts): void {
  const streams = new EventStreams();
  scope.addHook('preClose', async () => streams.end());
  controlRoute(scope, {
    method: 'GET',
    path: '/events',
    query,
    handle: (input, request, reply) => {
      if (!streams.hasRoom) {
        throw new ControlError(503, 'events/too-many', 'as many clients as there may be follow the events already');
      }
      const after = headerValue(request.message.headers, 'last-event-id') ?? input.query.after;
      reply.hijack();
      const stream = new EventStream(reply.raw, feed, serverId, after, redaction.allKeys, (one, bytes) =>
        streams.makeRoom(one, bytes),
      );
      streams.add(stream);
      reply.raw.once('close', () => {
        stream.end();
        streams.delete(stream);
      });
    },
  });
}
