import type { CallbackDraft } from '../../../callbacks/callback.ts';
import type { Call, Leg } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import type { CallHeaders } from '../../../phones/call-headers.ts';
import type { AcsCallState } from '../call-state.ts';
import { correlationIdOf, derivedUuid, serverCallIdOf } from '../derived-ids.ts';
import { gridEvent } from '../event-grid-event.ts';
import type { EventGridSubscriptions, EventGridTarget } from '../event-grid.ts';
import { identifierModel, rawIdOf } from '../identifiers.ts';
import { incomingCallContextOf } from '../incoming-call-context.ts';
import { provesSubscription, subscriptionValidation } from './subscription-validation.ts';

/**
 * Announces a call that a phone makes to one of the account's numbers, by Event Grid. Before the first event an endpoint
 * is asked to validate its subscription, and gets the announcement when it has. The start of a recording asks as well,
 * because its end will be announced.
 *
 * @see https://learn.microsoft.com/en-us/azure/event-grid/communication-services-voice-video-events
 * @see https://learn.microsoft.com/en-us/azure/event-grid/webhook-event-delivery
 */
export function incomingCallNotices(
  event: CallEvent,
  { details: { customContext } }: AcsCallState,
  call: Call,
  subscriptions: EventGridSubscriptions,
): readonly CallbackDraft[] {
  const target = subscriptions.target(call.account);
  if (!target) return [];
  if (event.type === 'leg-invited' && event.direction === 'inbound') {
    const leg = byId(call.legs, event.leg);
    if (!leg) return [];
    return [
      subscriptions.isValidated(target)
        ? incomingCall(leg, customContext, call, target, event.atMs)
        : subscriptionValidation(call, target, event.atMs),
    ];
  }
  if (event.type === 'recording-started' && !subscriptions.isValidated(target)) {
    return [subscriptionValidation(call, target, event.atMs)];
  }
  if (!provesSubscription(event, call)) return [];
  subscriptions.validated(target);
  return call.legs.live
    .filter((leg) => leg.direction === 'inbound' && leg.state === 'ringing')
    .map((leg) => incomingCall(leg, customContext, call, target, event.atMs));
}

function incomingCall(
  leg: Leg,
  customContext: CallHeaders | undefined,
  call: Call,
  target: EventGridTarget,
  atMs: number,
): CallbackDraft {
  const from = identifierModel(rawIdOf(leg.party));
  const dialed = leg.presented ?? '';
  const to = identifierModel(/^\d+:/.test(dialed) ? dialed : `4:${dialed}`);
  return gridEvent(call, target, atMs, {
    id: derivedUuid('incoming-call', call.id, leg.id),
    event: 'Microsoft.Communication.IncomingCall',
    kind: 'Notification',
    subject: `/caller/${from.rawId}/recipient/${to.rawId}`,
    data: {
      to,
      from,
      serverCallId: serverCallIdOf(call.id),
      callerDisplayName: '',
      ...(customContext && { customContext }),
      incomingCallContext: incomingCallContextOf({ call: call.id, leg: leg.id }),
      correlationId: correlationIdOf(call.id),
    },
    dataVersion: '1.0',
  });
}
