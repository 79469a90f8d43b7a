import type { FastifyInstance } from 'fastify';
import { answerUnknownPaths } from '../http/unknown-paths.ts';
import { ControlError } from './control-error.ts';
import type { ControlParts } from './control-parts.ts';
import { guardBrowser } from './guard-browser.ts';
import { callRoutes } from './routes/call-routes.ts';
import { callbackRoutes } from './routes/callback-routes.ts';
import { clockRoutes } from './routes/clock-routes.ts';
import { hideKeys } from './hide-keys.ts';
import { eventRoutes } from './routes/event-routes.ts';
import { exchangeRoutes } from './routes/exchange-routes.ts';
import { faultRoutes } from './routes/fault-routes.ts';
import { microphoneRoutes } from './routes/microphone-routes.ts';
import { phoneRoutes } from './routes/phone-routes.ts';
import { sendingRoutes } from './routes/sending-routes.ts';
import { stateRoutes } from './routes/state-routes.ts';

/**
 * The control API below `/_control`: the one way in which console, command line and tests in other languages watch and
 * steer the server. JSON, server-sent events, and a WebSocket for those who speak.
 */
export function controlApi(app: FastifyInstance, parts: ControlParts): void {
  app.register(
    async (scope) => {
      scope.addHook('onRequest', async (request) => guardBrowser(request.message));
      scope.addHook('onSend', async (_request, reply) => {
        void reply.header('x-content-type-options', 'nosniff');
        if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
      });
      scope.setErrorHandler((error: Error, _request, reply) => {
        if (!(error instanceof ControlError)) throw error;
        const { code, message, problems } = error;
        return reply.code(error.statusCode).send({ error: { code, message, ...(problems && { problems }) } });
      });
      // The state tells how to reach the development account, with its keys.
      scope.register(async (state) => {
        hideKeys(state, parts.redaction.ownKeys);
        stateRoutes(state, parts);
      });
      scope.register(async (others) => {
        hideKeys(others, parts.redaction.allKeys);
        exchangeRoutes(others, parts);
        callRoutes(others, parts);
        callbackRoutes(others, parts);
        phoneRoutes(others, parts);
        microphoneRoutes(others, parts);
        clockRoutes(others, parts);
        faultRoutes(others, parts);
        sendingRoutes(others, parts);
        eventRoutes(others, parts);
      });
    },
    { prefix: '/_control' },
  );
  app.register(async (scope) => {
    scope.addHook('onRequest', async (request) => guardBrowser(request.message));
    hideKeys(scope, parts.redaction.allKeys);
    answerUnknownPaths(scope, ['/_control'], (request, reply) => {
      const message = `the control API has no ${request.message.method} ${request.message.target.replace(/\?.*$/s, '')}`;
      return reply.code(404).send({ error: { code: 'not-found', message } });
    });
  });
}
