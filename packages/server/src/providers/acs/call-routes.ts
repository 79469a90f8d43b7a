import { headerValue } from '@countersign/core/message';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerUnknownPaths } from '../../http/unknown-paths.ts';
import type { AcsContext } from './acs-context.ts';
import { authenticate } from './authenticate.ts';
import { correlationIdOf } from './derived-ids.ts';
import { AcsError } from './errors.ts';
import type { Operation, OperationAnswer } from './operation.ts';
import { RepeatableAnswers } from './repeatability.ts';
import { requestVersion } from './request-version.ts';
import { operations } from './route-table.ts';
import { routerPath } from './router-path.ts';

/** Carries the correlation id of a request's call; a fresh id where there is no call. */
export const chainIdHeader = 'X-Microsoft-Skype-Chain-ID';

/** Registers the Call Automation routes: each authenticated, judged by its own API version, and answered in ACS's shape. */
export function registerCallRoutes(http: FastifyInstance, acs: AcsContext): void {
  const repeatable = new RepeatableAnswers();
  for (const operation of operations) {
    http.route({
      method: operation.method,
      url: routerPath(operation.path),
      handler: async (request, reply) => {
        const account = await authenticate(request.message, request.exchange, 'calling', acs);
        const apiVersion = requestVersion(request.message, operation.since);
        const params = request.params as Readonly<Record<string, string>>;
        const answer = once(request, operation, account.resourceId, repeatable, reply, () =>
          operation.carryOut(request.message.body, { account, apiVersion, params }, acs),
        );
        if (answer.call !== undefined) request.exchange.call(answer.call);
        return send(reply, answer);
      },
    });
  }
  answerUnknownPaths(http, ['/calling'], async (request) => {
    await authenticate(request.message, request.exchange, 'calling', acs);
    const { method, target } = request.message;
    const [path = ''] = target.split('?', 1);
    const known = operations.filter((operation) => pathPattern(operation.path).test(path));
    if (known.length > 0) {
      const allowed = known.map((operation) => operation.method).join(', ');
      const message = `The requested resource does not support http method '${method}'.`;
      throw new AcsError(405, {
        error: {
          code: 'UnsupportedMethod',
          message,
          details: [{ code: 'UnsupportedMethod', message: `it supports ${allowed}` }],
        },
      });
    }
    const message = `No HTTP resource was found that matches the request URI '${path}'.`;
    throw new AcsError(404, { error: { code: 'NotFound', message } });
  });
}

/** Carries a request out, unless one with the same `Repeatability-Request-ID` was: then its answer is given again. */
function once(
  request: FastifyRequest,
  operation: Operation,
  account: string,
  answers: RepeatableAnswers,
  reply: FastifyReply,
  carryOut: () => OperationAnswer,
): OperationAnswer {
  const id = operation.repeatable ? headerValue(request.message.headers, 'repeatability-request-id') : undefined;
  if (id === undefined || id === '') return carryOut();
  const key = JSON.stringify([account, operation.operationId, request.params, id.toLowerCase()]);
  const answer = answers.get(key) ?? carryOut();
  answers.set(key, answer);
  void reply.header('Repeatability-Result', 'accepted');
  return answer;
}

function send(reply: FastifyReply, answer: OperationAnswer): FastifyReply {
  if (answer.connection !== undefined) void reply.header(chainIdHeader, correlationIdOf(answer.connection));
  void reply.code(answer.status);
  return answer.body === undefined ? reply.send() : reply.send(answer.body);
}

function pathPattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^:/]+')}$`);
}
