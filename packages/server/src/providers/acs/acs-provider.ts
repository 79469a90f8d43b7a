import type { FastifyInstance } from 'fastify';
import type { AcsAccount } from '../../accounts.ts';
import type { DeliveryPolicy } from '../../callbacks/callback.ts';
import type { DialResult } from '../../phones/phone-book.ts';
import type { Provider } from '../provider.ts';
import type { ProviderContext } from '../provider-context.ts';
import type { AcsContext } from './acs-context.ts';
import { chainIdHeader, registerCallRoutes } from './call-routes.ts';
import { initialState, type AcsCallState } from './call-state.ts';
import { dialNumber } from './dial.ts';
import { eventDelivery } from './delivery-policy.ts';
import { answerInAcsShape } from './error-handler.ts';
import { evolveState } from './fold-state.ts';
import { registerOpenId } from './openid.ts';
import { reactTo, type ReactionParts } from './react.ts';
import { eventGridTarget } from './event-grid.ts';

/** The ACS provider, which also takes calls to its accounts' numbers. */
export interface AcsProvider extends Provider<AcsCallState> {
  /** A phone dials a number. */
  readonly dial: (from: string, to: string) => DialResult;
}

/** Makes the provider that behaves like Azure Communication Services. */
export function acsProvider(context: ProviderContext): AcsProvider {
  const acsAccounts = context.accounts.filter((account): account is AcsAccount => account.provider === 'acs');
  // Not a copy: what the context holds may come into being after the provider.
  const acs: AcsContext = Object.assign(Object.create(context) as ProviderContext, { acsAccounts });
  const parts = reactionParts(acs);
  return {
    name: 'acs',
    routes: (http) => registerRoutes(http, acs),
    initial: initialState,
    evolve: evolveState,
    react: (event, state, call) => reactTo(event, state, call, parts),
    dial: (from, to) => dialNumber(from, to, acs),
  };
}

function registerRoutes(http: FastifyInstance, acs: AcsContext): void {
  http.register(async (scope) => {
    answerInAcsShape(scope, { header: chainIdHeader, newId: acs.newId });
    registerCallRoutes(scope, acs);
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
    eventGridOf: (resourceId) => eventGridTarget(acs.acsAccounts.find((account) => account.resourceId === resourceId)),
    speechFaultStatus: () => acs.fault('speech')?.status,
  };
}
