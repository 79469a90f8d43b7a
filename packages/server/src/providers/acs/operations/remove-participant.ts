import { object } from '../../../json-schema/schema.ts';
import { askedWith, echoedContext } from '../requests/asked-with.ts';
import { bodyDecoder } from '../protocol/body.ts';
import { failsByFault } from '../requests/faults.ts';
import { dispatch, findConnected, findParticipant } from '../requests/find-call.ts';
import { note } from '../state/notes.ts';
import { defineOperation } from '../requests/operation.ts';
import { operationCallbackUri, operationContext } from '../schemas/call-options.ts';
import { identifier } from '../schemas/identifier.ts';

const body = bodyDecoder(object({ participantToRemove: identifier, operationContext, operationCallbackUri }));

/**
 * Ends one participant's part in the call. Without anybody left, the call ends.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-connection/remove-participant
 */
export const removeParticipant = defineOperation({
  operationId: 'CallConnection_RemoveParticipant',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}/participants:remove',
  since: '2023-03-06',
  repeatable: true,
  body,
  handle: (request, acs) => {
    const { body: asked } = request;
    const { call, connection, state } = findConnected(request, acs);
    const { leg, rawId } = findParticipant({ call, state }, asked.participantToRemove, 'participantToRemove');
    const asking = askedWith(asked, connection.id, acs);
    if (!failsByFault(acs, 'acs-remove-participant', call.id, { participant: rawId, ...asking })) {
      dispatch(acs, call.id, note('departing', { why: 'removed', leg: leg.id, participant: rawId, ...asking }), {
        type: 'end-leg',
        leg: leg.id,
        cause: 'dropped',
      });
    }
    return { status: 202, body: echoedContext(asked), connection: connection.id, call: call.id };
  },
});
