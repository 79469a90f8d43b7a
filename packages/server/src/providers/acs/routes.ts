import { headerValue } from '@countersign/core/message';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pathOf, serveOperations } from '../kit/router.ts';
import type { AcsContext } from './requests/context.ts';
import { authenticatorFor } from './authentication/authenticate.ts';
import { correlationIdOf } from './protocol/derived-ids.ts';
import { AcsError } from './protocol/errors.ts';
import type { AcsOperation, OperationAnswer } from './requests/operation.ts';
import { refuseByFault } from './requests/refusal-fault.ts';
import { RepeatableAnswers } from './requests/repeatability.ts';
import { requestVersion } from './requests/request-version.ts';
import { operations } from './operations/operations.ts';

/** Carries the correlation id of a request's call; a fresh id where there is no call. */
export const chainIdHeader = 'X-Microsoft-Skype-Chain-ID';

/** Registers the Call Automation routes: each authenticated, judged by its own API version, and answered in ACS's shape. */
export function registerCallRoutes(http: FastifyInstance, acs: AcsContext): void {
  const authenticate = authenticatorFor('calling', acs);
  const repeatable = new RepeatableAnswers();
  acs.onReset(() => repeatable.clear());
  serveOperations(http, {
    operations,
    prefixes: ['/calling'],
    withColons: ['participantRawId'],
    authenticate: ({ message, exchange }) => authenticate(message, exchange),
    answer: (operation, asked, request, reply) => {
      const apiVersion = requestVersion(request.message, operation.since);
      refuseByFault(acs);
      const { account, params, headers, about } = asked;
      const answer = once(request, operation, account.resourceId, repeatable, reply, () =>
        operation.carryOut(request.message.body, { account, params, headers, about, apiVersion }, acs),
      );
      if (answer.call !== undefined) asked.about(answer.call);
      return send(reply, answer);
    },
    unknownPath,
  });
}

function unknownPath(request: FastifyRequest, allowed: readonly string[]): AcsError {
  if (allowed.length === 0) {
    const message = `No HTTP resource was found that matches the request URI '${pathOf(request)}'.`;
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
  operation: AcsOperation,
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
