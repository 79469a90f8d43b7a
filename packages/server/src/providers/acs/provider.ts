import type { FastifyInstance } from 'fastify';
import { type AcsAccount, isDevelopmentResource } from './accounts/account.ts';
import type { AcsOptions } from './accounts/options.ts';
import type { ProviderContext } from '../provider-context.ts';
import type { Provider } from '../../contract/provider.ts';
import type { AcsContext } from './requests/context.ts';
import { BearerTokens } from './authentication/bearer-token.ts';
import { chainIdHeader, registerCallRoutes } from './routes.ts';
import { initialState, type AcsCallState } from './state/call-state.ts';
import { perAccount } from '../kit/per-account.ts';
import { gridPolicy } from './event-grid/grid-subscription.ts';
import { eventPolicy } from './events/delivery.ts';
import { answerInAcsShape } from './requests/error-answer.ts';
import { Endpoints } from './event-grid/endpoints.ts';
import { EventGrid } from './event-grid/event-grid.ts';
import { evolveState } from './state/evolve.ts';
import { indexOf } from './state/index-of.ts';
import { registerOpenId } from './authentication/openid.ts';
import { reactTo } from './reactions/react.ts';
import type { ReactionParts } from './reactions/step.ts';
import { recordingUrl, registerRecordingFiles } from './recordings/recording-files.ts';
import { registerIdentityRoutes } from './resource/identity-routes.ts';
import { registerRoomRoutes } from './resource/room-routes.ts';
import { registerSmsRoutes } from './resource/sms-routes.ts';
import { Streams } from './streaming/streams.ts';
import { takeIncomingCall } from './incoming.ts';
import { takeIncomingText } from './resource/text-arrival.ts';

/** Makes the provider that behaves like Azure Communication Services. */
export function createAcsProvider(
  context: ProviderContext<AcsAccount>,
  options: AcsOptions = {},
): Provider<AcsCallState> {
  const accounts = context.accounts.map((account) =>
    isDevelopmentResource(account) ? { ...options, ...account } : account,
  );
  const resets: (() => void)[] = [];
  const eventGrid = new EventGrid(
    accounts,
    (draft) => context.enqueue?.(draft),
    ({ call, event, urls: [url = ''] }) => {
      const summary = `${event} is not delivered: ${url.replace(/[?#].*$/s, '')} has not answered the validation of its Event Grid subscription`;
      // What happens outside calls, as text messages do, has no timeline.
      if (call === undefined) context.onProblem(summary);
      else context.switchboard.dispatch(call, { type: 'explain-refusal', code: 'event-grid/not-validated', summary });
    },
  );
  resets.push(() => eventGrid.reset());
  const acs: AcsContext = {
    ...context,
    accounts,
    bearerTokens: new BearerTokens(accounts),
    eventGrid,
    endpoints: new Endpoints(accounts, eventGrid),
    recordingUrl: () => recordingUrl(context.serverUrl(), options.recordingHost),
    onReset: (action) => void resets.push(action),
  };
  const { endpoints } = acs;
  const parts: ReactionParts = { eventGrid, endpoints, recordingUrl: acs.recordingUrl };
  const streams = new Streams(acs);
  return {
    name: 'acs',
    routes: (http) => registerRoutes(http, acs),
    initial: initialState,
    evolve: evolveState,
    indexOf,
    react: (event, state, call) => reactTo(event, state, call, parts),
    deliveries: {
      events: perAccount((resourceId) => eventPolicy(resourceId, context.wallNow)),
      'event-grid': () => gridPolicy,
    },
    admit: (draft, atMs) => eventGrid.admit(draft, atMs),
    incoming: (from, to, headers) => takeIncomingCall(from, to, headers, acs),
    incomingText: (message) => takeIncomingText(message, acs),
    follow: (event, call) => streams.follow(event, call),
    close: () => streams.close(),
    reset: () => {
      for (const action of resets) action();
    },
  };
}

function registerRoutes(http: FastifyInstance, acs: AcsContext): void {
  http.register(async (scope) => {
    answerInAcsShape(scope, acs.onProblem, { header: chainIdHeader, newId: acs.newId });
    registerCallRoutes(scope, acs);
    registerRecordingFiles(scope, acs);
  });
  http.register(async (scope) => {
    answerInAcsShape(scope, acs.onProblem);
    registerIdentityRoutes(scope, acs);
    registerSmsRoutes(scope, acs);
    registerRoomRoutes(scope, acs);
  });
  http.register(async (scope) => registerOpenId(scope, acs.serverUrl));
}
