import { headerValue, type Message } from '@countersign/core/message';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JournalEntry } from '../../../exchanges/journal.ts';
import { HttpError } from '../../../http/http-error.ts';
import { acsError, AcsError } from '../protocol/errors.ts';

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
  http.addHook('onSend', (request, reply, _payload, done) => {
    const { headers } = reply.statusCode < 400 ? request.message : asRecorded(request);
    const echoed = headerValue(headers, clientRequestId);
    if (echoed !== undefined) void reply.header(clientRequestId, echoed);
    if (freshChainId && !reply.hasHeader(freshChainId.header)) {
      void reply.header(freshChainId.header, freshChainId.newId());
    }
    done();
  });
  http.setErrorHandler((error: Error, _request, reply) => {
    const answered = inAcsShape(error, onProblem);
    return reply.code(answered.statusCode).send(answered.body);
  });
}

/** An error repeats a request as it is shown: without a key in it. */
function asRecorded({ exchange, message }: FastifyRequest): Message {
  return (exchange as Partial<JournalEntry>).exchange?.request ?? message;
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
