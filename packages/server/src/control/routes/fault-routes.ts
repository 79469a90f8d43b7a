import type { FastifyInstance } from 'fastify';
import { boolean, integer, object, optional, string } from '../../json-schema/schema.ts';
import type { FaultSetting } from '../../contract/fault.ts';
import type { ControlParts } from '../control-parts.ts';
import { controlRoute } from '../control-route.ts';

const closed = { additionalProperties: false } as const;
const name = string({
  pattern: '^[a-z][a-z0-9-]{0,63}$',
  description: '`callbacks`, `speech`, `media`, or a name that a provider documents.',
});
const body = object(
  {
    name,
    on: optional(boolean({ description: 'false switches it off. true.' })),
    status: optional(integer({ minimum: 100, maximum: 599 })),
    code: optional(string({ maxLength: 100 })),
  },
  closed,
);

/** `GET faults`, `POST faults`, `DELETE faults/{name}`. */
export function faultRoutes(scope: FastifyInstance, { faults, feed }: ControlParts): void {
  const answer = (): { faults: FaultSetting[] } => ({ faults: faults.list() });
  controlRoute(scope, { method: 'GET', path: '/faults', handle: answer });
  controlRoute(scope, {
    method: 'POST',
    path: '/faults',
    body,
    handle: ({ body: { on = true, ...fault } }) => {
      if (on) faults.switchOn(fault);
      else faults.switchOff(fault.name);
      feed.publish({ type: 'settings' });
      return answer();
    },
  });
  controlRoute(scope, {
    method: 'DELETE',
    path: '/faults/:name',
    params: object({ name }, closed),
    handle: ({ params }) => {
      faults.switchOff(params.name);
      feed.publish({ type: 'settings' });
    },
  });
}
