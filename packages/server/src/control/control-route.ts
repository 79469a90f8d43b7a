import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { shapeOf } from '../http/json-shape.ts';
import { parseJson } from '../http/json-syntax.ts';
import { object, type Schema } from '../json-schema/schema.ts';
import { ControlError } from './control-error.ts';
import './hide-keys.ts';
import { sendJson } from './send-json.ts';

const nothing = object({}, { additionalProperties: false });
type Nothing = Readonly<Record<string, never>>;

/** A route of the control API: what it takes, as schemas, and what it does with it. */
export interface ControlRoute<Params = Nothing, Query = Nothing, Body = Nothing> {
  readonly method: HTTPMethods;
  /** Below `/_control`. */
  readonly path: string;
  readonly params?: Schema<Params>;
  /** Values are strings. */
  readonly query?: Schema<Query>;
  /** Of POST and PUT; without it the body may be `{}` or empty. */
  readonly body?: Schema<Body>;
  /** What it returns is sent as JSON, unless it sent the answer itself. */
  readonly handle: (
    input: { readonly params: Params; readonly query: Query; readonly body: Body },
    request: FastifyRequest,
    reply: FastifyReply,
  ) => unknown;
}

/** Adds a route whose parameters, query and body are checked before it runs. */
export function controlRoute<Params = Nothing, Query = Nothing, Body = Nothing>(
  scope: FastifyInstance,
  route: ControlRoute<Params, Query, Body>,
): void {
  const checkParams = checker('path', (route.params ?? nothing) as Schema<Params>);
  const checkQuery = checker('query', (route.query ?? nothing) as Schema<Query>);
  const checkBody = checker('body', (route.body ?? nothing) as Schema<Body>);
  const takesBody = route.method === 'POST' || route.method === 'PUT';
  scope.route({
    method: route.method,
    url: route.path,
    handler: async (request, reply) => {
      const params = checkParams({ ...(request.params as object) });
      const query = checkQuery({ ...(request.query as object) });
      const body = checkBody(takesBody ? jsonOf(request) : {});
      const answer = await route.handle({ params, query, body }, request, reply);
      // A client that leaves a stream early ends it unsent.
      if (reply.sent || reply.raw.headersSent) return reply;
      return answer === undefined ? reply.code(204).send() : sendJson(reply, answer, scope.hiddenKeys);
    },
  });
}

function checker<T>(part: string, schema: Schema<T>): (value: unknown) => T {
  const check = shapeOf(schema);
  return (value) => {
    const checked = check(value);
    if (checked.ok) return checked.value;
    const list = checked.problems.map(({ pointer, message }) => `${pointer || part} ${message}`).join('; ');
    throw new ControlError(400, `${part}/invalid`, `the ${part} is not as expected: ${list}`, checked.problems);
  };
}

function jsonOf({ message }: FastifyRequest): unknown {
  if (message.body.length === 0) return {};
  const parsed = parseJson(message.body);
  if (parsed.ok) return parsed.value;
  throw new ControlError(400, 'body/malformed', parsed.problem.message);
}
