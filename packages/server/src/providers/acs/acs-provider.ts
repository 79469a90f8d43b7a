import type { FastifyInstance } from 'fastify';
import type { AcsAccount } from '../../accounts.ts';
import type { DeliveryPolicy } from '../../callbacks/callback.ts';
import type { Provider } from '../provider.ts';
import type { ProviderContext } from '../provider-context.ts';
import type { AcsContext } from './acs-context.ts';
import { chainIdHeader, registerCallRoutes } from './call-routes.ts';
import { initialState, type AcsCallState } from './call-state.ts';
import { takeIncomingCall } from './take-incoming-call.ts';
import { eventDelivery } from './delivery-policy.ts';
import { answerInAcsShape } from './error-handler.ts';
import { evolveState } from './fold-state.ts';
import { registerOpenId } from './openid.ts';
import { Streams } from './streaming/streams.ts';
import { registerIdentityRoutes } from './resource/identity-routes.ts';
import { registerSmsRoutes } from './resource/sms-routes.ts';
import { registerRecordingFiles } from './recording-files.ts';
import { reactTo, type ReactionParts } from './react.ts';
import { EventGridSubscriptions } from './event-grid.ts';

/** Makes the provider that behaves like Azure Communication Services. */
export function acsProvider(context: ProviderContext): Provider<AcsCallState> {
  const acsAccounts = context.accounts.filter((account): account is AcsAccount => account.provider === 'acs');
  const acs: AcsContext = { ...context, acsAccounts };
  const parts = reactionParts(acs);
  return {
    name: 'acs',
    routes: (http) => registerRoutes(http, acs),
    initial: initialState,
    evolve: evolveState,
    react: (event, state, call) => reactTo(event, state, call, parts),
    incoming: (from, to) => takeIncomingCall(from, to, acs),
  };
}

function registerRoutes(http: FastifyInstance, acs: AcsContext): void {
  // Here and not where the provider is made: only now is there a switchboard to listen to.
  const streams = new Streams(acs);
  http.addHook('onClose', () => streams.close());
  http.register(async (scope) => {
    answerInAcsShape(scope, { header: chainIdHeader, newId: acs.newId });
    registerCallRoutes(scope, acs);
    registerRecordingFiles(scope, acs);
  });
  http.register(async (scope) => {
    answerInAcsShape(scope);
    registerIdentityRoutes(scope, acs);
    registerSmsRoutes(scope, acs);
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
    eventGrid: new EventGridSubscriptions(acs.acsAccounts),
    serverUrl: acs.serverUrl,
    speechFaultStatus: () => acs.fault('speech')?.status,
  };
}
