import { headerValue } from '@countersign/core/message';
import type { FastifyInstance } from 'fastify';
import { HttpError } from '../../http/http-error.ts';
import { acsError, AcsError } from './errors.ts';

/** Headers of every answer: an echo of the client's request id, as the gateway in front of the service gives it. */
const clientRequestId = 'x-ms-client-request-id';

/**
 * Answers everything that goes wrong in a scope in the shape of Communication Services, and echoes what its gateway
 * echoes.
 *
 * @param onProblem told of what is the server's own fault
 * @param freshChainId header name and source of ids for answers that are about no call; none for other services
 */
export function answerInAcsShape(
  http: FastifyInstance,
  onProblem: (problem: string) => void,
  freshChainId?: { readonly header: string; readonly newId: () => string },
): void {
  http.addHook('onSend', async (request, reply) => {
    const echoed = headerValue(request.message.headers, clientRequestId);
    if (echoed !== undefined) void reply.header(clientRequestId, echoed);
    if (freshChainId && !reply.hasHeader(freshChainId.header)) {
      void reply.header(freshChainId.header, freshChainId.newId());
    }
  });
  http.setErrorHandler((error: Error, _request, reply) => {
    const answered = inAcsShape(error, onProblem);
    return reply.code(answered.statusCode).send(answered.body);
  });
}

function inAcsShape(error: Error, onProblem: (problem: string) => void): AcsError {
  if (error instanceof AcsError) return error;
  if (error instanceof HttpError) {
    if (error.statusCode === 413) return acsError('body-too-large', { explanations: [error.message] });
    return new AcsError(error.statusCode, { error: { code: error.code, message: error.message } });
  }
  onProblem(error.stack ?? error.message);
  return acsError('internal-error', { explanations: ['the server failed to answer; its log says why'] });
}
