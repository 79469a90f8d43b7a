import type { FastifyInstance, FastifyRequest } from 'fastify';
import { pathOf, serveOperations } from '../kit/router.ts';
import type { ProviderContext } from '../provider-context.ts';
import type { SinchAccount } from './accounts/account.ts';
import { sinchAuthenticator } from './authentication/authenticate.ts';
import { operations } from './operations/operations.ts';
import { SinchError } from './protocol/errors.ts';
import { serveRecordings } from './recordings/serve-recordings.ts';
import { answerError } from './requests/error-answer.ts';
import { throwFault } from './requests/faults.ts';
import { type OperationParts, sendReply } from './requests/operation.ts';
import '../../http/request.ts';

/** Registers the Voice API and the files of recordings: answered in Sinch's shape, each operation authenticated. */
export function registerRoutes(
  http: FastifyInstance,
  context: ProviderContext<SinchAccount>,
  parts: OperationParts,
): void {
  const { switchboard, newId, media, encodeMp3, fault, onProblem } = context;
  const authenticate = sinchAuthenticator(context, parts.applications, parts.settings);
  http.setErrorHandler((error: Error, _request, reply) => answerError(reply, error, newId(), onProblem));
  http.addHook('onRequest', async (request: FastifyRequest) => {
    request.exchange.provider('sinch');
    throwFault(fault);
  });
  serveOperations(http, {
    operations,
    prefixes: ['/calling/v1', '/v1'],
    // The PHP sample signs and sends a trailing slash.
    alsoAt: (path) => [`${path}/`],
    authenticate: ({ message, exchange }) => authenticate(message, exchange),
    answer: ({ carryOut }, asked, { message }, reply) => sendReply(reply, carryOut(message.body, asked, parts)),
    unknownPath: (request) => new SinchError(40400, `No operation at ${request.message.method} ${pathOf(request)}`),
  });
  if (media) serveRecordings(http, { switchboard, media, encodeMp3 });
}
