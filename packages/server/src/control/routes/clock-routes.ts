import type { FastifyInstance } from 'fastify';
import { integer, object } from '../../json-schema/schema.ts';
import type { ControlParts } from '../control-parts.ts';
import { controlRoute } from '../control-route.ts';
import { advanceClock } from '../advance-clock.ts';

const body = object(
  { ms: integer({ minimum: 0, maximum: 366 * 86_400_000, description: 'How far, in milliseconds.' }) },
  { additionalProperties: false },
);

/** `POST clock/advance`. */
export function clockRoutes(scope: FastifyInstance, parts: ControlParts): void {
  controlRoute(scope, {
    method: 'POST',
    path: '/clock/advance',
    body,
    handle: async ({ body: { ms } }) => {
      await advanceClock(parts, ms);
      return { nowMs: parts.clock.now() };
    },
  });
}
