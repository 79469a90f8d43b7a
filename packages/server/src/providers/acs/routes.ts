import { headerValue } from '@countersign/core/message';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerUnknownPaths } from '../../http/unknown-paths.ts';
import type { AcsContext } from './requests/context.ts';
import { authenticate } from './authentication/authenticate.ts';
import { correlationIdOf } from './protocol/derived-ids.ts';
import { AcsError } from './protocol/errors.ts';
import type { Operation, OperationAnswer } from './requests/operation.ts';
import { refuseByFault } from './requests/refusal-fault.ts';
import { RepeatableAnswers } from './requests/repeatability.ts';
import { requestVersion } from './requests/request-version.ts';
import { operations } from './operations/operations.ts';
import { pathPattern, routerPath } from './requests/router-path.ts';

/** Carries the correlation id of a request's call; a fresh id where there is no call. */
export const chainIdHeader = 'X-Microsoft-Skype-Chain-ID';

/** Registers the Call Automation routes: each authenticated, judged by its own API version, and answered in ACS's shape. */
export function registerCallRoutes(http: FastifyInstance, acs: AcsContext): void {
  const repeatable = new RepeatableAnswers();
  acs.onReset(() => repeatable.clear());
  for (const operation of operations) {
    const pattern = pathPattern(operation.path);
    http.route({
      method: operation.method,
      url: routerPath(operation.path),
      handler: async (request, reply) => {
        const account = await authenticate(request.message, request.exchange, 'calling', acs);
        if (!pattern.test(pathOf(request))) throw unknownPath(request);
        const apiVersion = requestVersion(request.message, operation.since);
        refuseByFault(acs);
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
    throw unknownPath(request);
  });
}

function pathOf(request: FastifyRequest): string {
  return request.message.target.split('?', 1)[0] ?? '';
}

/** The error for a path that no operation has, or none with this method. */
function unknownPath(request: FastifyRequest): AcsError {
  const path = pathOf(request);
  const allowed = operations.filter((operation) => pathPattern(operation.path).test(path)).map(({ method }) => method);
  if (allowed.length === 0) {
    const message = `No HTTP resource was found that matches the request URI '${path}'.`;
    return new AcsError(404, { error: { code: 'NotFound', message } });
  }
  const code = 'UnsupportedMethod';
  const message = `The requested resource does not support http method '${request.message.method}'.`;
  const details = [{ code, message: `it supports ${allowed.join(', ')}` }];
  return new AcsError(405, { error: { code, message, details } });
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
