import { byId } from '../../../engine/keyed.ts';
import { correlationIdOf, derivedUuid, serverCallIdOf } from '../protocol/derived-ids.ts';
import { identifierModel, rawIdOf } from '../protocol/identifiers.ts';
import { incomingCallContextOf } from '../requests/incoming-call-context.ts';
import type { GridEvent } from '../event-grid/grid-event.ts';
import type { StepAt } from './step.ts';

/**
 * `IncomingCall`, when somebody calls one of the account's numbers or users.
 *
 * @see https://learn.microsoft.com/en-us/azure/communication-services/concepts/call-automation/incoming-call-notification
 */
export const incomingCall: StepAt<'leg-invited'> = (event, { details }, call) => {
  if (event.direction !== 'inbound') return {};
  const { customContext, callerDisplayName = '' } = details;
  const leg = byId(call.legs, event.leg);
  if (!leg) return {};
  const from = identifierModel(rawIdOf(leg.party));
  const dialed = leg.presented ?? '';
  const to = identifierModel(/^\d+:/.test(dialed) ? dialed : `4:${dialed}`);
  const notice: GridEvent = {
    id: derivedUuid('incoming-call', call.id, leg.id),
    type: 'Microsoft.Communication.IncomingCall',
    subject: `/caller/${from.rawId}/recipient/${to.rawId}`,
    data: {
      to,
      from,
      serverCallId: serverCallIdOf(call.id),
      callerDisplayName,
      ...(customContext && { customContext }),
      incomingCallContext: incomingCallContextOf({ call: call.id, leg: leg.id }),
      correlationId: correlationIdOf(call.id),
    },
  };
  return { notices: [notice] };
};

/** A call of which no application is told rings until the caller gives up: its timeline says so. */
export const unannouncedCall: StepAt<'leg-invited'> = (event, _state, call, { eventGrid }) => {
  if (event.direction !== 'inbound') return {};
  if (eventGrid.takes(call.account, 'Microsoft.Communication.IncomingCall')) return {};
  const summary =
    'No application is told of this incoming call: the account has no Event Grid subscription that takes IncomingCall';
  const command = { type: 'explain-refusal', code: 'event-grid/no-subscription', summary } as const;
  return { commands: [{ call: call.id, command }] };
};
