import type { FastifyInstance } from 'fastify';
import { isAcsAccount, isDevelopmentResource } from './accounts/account.ts';
import type { AcsOptions } from './accounts/options.ts';
import type { DeliveryPolicy } from '../../contract/callback-draft.ts';
import type { ProviderContext } from '../provider-context.ts';
import type { Provider } from '../../contract/provider.ts';
import type { AcsContext } from './requests/context.ts';
import { BearerTokens } from './authentication/bearer-token.ts';
import { chainIdHeader, registerCallRoutes } from './routes.ts';
import { initialState, type AcsCallState } from './state/call-state.ts';
import { eventDelivery } from './events/delivery.ts';
import { answerInAcsShape } from './requests/error-answer.ts';
import { Endpoints } from './event-grid/endpoints.ts';
import { EventGrid } from './event-grid/event-grid.ts';
import { evolveState } from './state/evolve.ts';
import { indexOf } from './state/index-of.ts';
import { registerOpenId } from './authentication/openid.ts';
import { reactTo, type ReactionParts } from './reactions/react.ts';
import { recordingUrl, registerRecordingFiles } from './recordings/recording-files.ts';
import { registerIdentityRoutes } from './resource/identity-routes.ts';
import { registerRoomRoutes } from './resource/room-routes.ts';
import { registerSmsRoutes } from './resource/sms-routes.ts';
import { Streams } from './streaming/streams.ts';
import { takeIncomingCall } from './incoming.ts';
import { takeIncomingText } from './resource/text-arrival.ts';

/** Makes the provider that behaves like Azure Communication Services. */
export function acsProvider(context: ProviderContext, options: AcsOptions = {}): Provider<AcsCallState> {
  const acsAccounts = context.accounts
    .filter(isAcsAccount)
    .map((account) => (isDevelopmentResource(account) ? { ...options, ...account } : account));
  const resets: (() => void)[] = [];
  const eventGrid = new EventGrid(
    acsAccounts,
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
    acsAccounts,
    bearerTokens: new BearerTokens(acsAccounts),
    eventGrid,
    endpoints: new Endpoints(acsAccounts, eventGrid),
    recordingUrl: () => recordingUrl(context.serverUrl(), options.recordingHost),
    onReset: (action) => void resets.push(action),
  };
  const parts = reactionParts(acs);
  return {
    name: 'acs',
    routes: (http) => registerRoutes(http, acs),
    initial: initialState,
    evolve: evolveState,
    indexOf,
    react: (event, state, call) => reactTo(event, state, call, parts),
    admit: (draft, atMs) => eventGrid.admit(draft, atMs),
    incoming: (from, to, headers) => takeIncomingCall(from, to, headers, acs),
    incomingText: (message) => takeIncomingText(message, acs),
    reset: () => {
      for (const action of resets) action();
    },
  };
}

function registerRoutes(http: FastifyInstance, acs: AcsContext): void {
  // Here and not where the provider is made: only now is there a switchboard to listen to.
  const streams = new Streams(acs);
  http.addHook('onClose', () => streams.close());
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

function reactionParts(acs: AcsContext): ReactionParts {
  const policies = new Map<string, DeliveryPolicy>();
  const deliveryTo = (resourceId: string): DeliveryPolicy => {
    const policy = policies.get(resourceId) ?? eventDelivery(resourceId, acs.wallNow);
    policies.set(resourceId, policy);
    return policy;
  };
  return {
    deliveryTo,
    eventGrid: acs.eventGrid,
    endpoints: acs.endpoints,
    recordingUrl: acs.recordingUrl,
  };
}
