import type { Call } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import type { AcsCallState } from '../state/call-state.ts';
import { correlationIdOf, derivedUuid, serverCallIdOf } from '../protocol/derived-ids.ts';
import { identifierModel, rawIdOf } from '../protocol/identifiers.ts';
import { incomingCallContextOf } from '../requests/incoming-call-context.ts';
import type { GridEvent } from '../event-grid/grid-event.ts';

/**
 * `IncomingCall`, when somebody calls one of the account's numbers or users.
 *
 * @see https://learn.microsoft.com/en-us/azure/communication-services/concepts/call-automation/incoming-call-notification
 */
export function incomingCall(event: CallEvent, { details }: AcsCallState, call: Call): GridEvent[] {
  if (event.type !== 'leg-invited' || event.direction !== 'inbound') return [];
  const { customContext, callerDisplayName = '' } = details;
  const leg = byId(call.legs, event.leg);
  if (!leg) return [];
  const from = identifierModel(rawIdOf(leg.party));
  const dialed = leg.presented ?? '';
  const to = identifierModel(/^\d+:/.test(dialed) ? dialed : `4:${dialed}`);
  return [
    {
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
    },
  ];
}
