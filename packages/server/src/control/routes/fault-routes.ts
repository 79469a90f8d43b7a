import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { FaultSetting } from '../../providers/provider-context.ts';
import type { ControlParts } from '../control-parts.ts';
import { controlRoute } from '../control-route.ts';

const closed = { additionalProperties: false } as const;
const name = Type.String({
  pattern: '^[a-z][a-z0-9-]{0,63}$',
  description: '`callbacks`, `speech`, `media`, or a name that a provider documents.',
});
const body = Type.Object(
  {
    name,
    on: Type.Optional(Type.Boolean({ description: 'false switches it off. true.' })),
    status: Type.Optional(Type.Integer({ minimum: 100, maximum: 599 })),
    code: Type.Optional(Type.String({ maxLength: 100 })),
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
    params: Type.Object({ name }, closed),
    handle: ({ params }) => {
      faults.switchOff(params.name);
      feed.publish({ type: 'settings' });
    },
  });
}
