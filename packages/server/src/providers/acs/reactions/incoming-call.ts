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
