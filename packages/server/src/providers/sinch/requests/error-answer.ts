import type { FastifyReply } from 'fastify';
import { errorBody, SinchError } from '../protocol/errors.ts';

/**
 * Answers an error in Sinch's shape. What is not this provider's own error comes from the HTTP set-up, before a handler
 * runs (413 for a body that is too large, say), or is a fault of this server, which hears of it.
 *
 * @param reference a fresh id, which the answer carries
 * @param onProblem told of faults of this server
 */
export function answerError(
  reply: FastifyReply,
  error: Error & { statusCode?: number },
  reference: string,
  onProblem: (problem: string) => void,
): FastifyReply {
  const { statusCode, body } = inSinchShape(error, reference, onProblem);
  return reply.code(statusCode).header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(body));
}

function inSinchShape(
  error: Error & { statusCode?: number },
  reference: string,
  onProblem: (problem: string) => void,
): { readonly statusCode: number; readonly body: object } {
  if (error instanceof SinchError) return { statusCode: error.statusCode, body: errorBody(error, reference) };
  const { statusCode = 500, message } = error;
  if (statusCode < 500) return { statusCode, body: { errorCode: statusCode * 100, message, reference } };
  onProblem(`reference ${reference}: ${error.stack ?? message}`);
  return { statusCode: 500, body: errorBody(new SinchError(50000), reference) };
}
