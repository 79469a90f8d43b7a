import { byId } from '../../../engine/keyed.ts';
import { object, string } from '../../../json-schema/schema.ts';
import { askedWith, echoedContext } from '../requests/asked-with.ts';
import { bodyDecoder } from '../protocol/body.ts';
import { acsError } from '../protocol/errors.ts';
import { dispatch, findConnected } from '../requests/find-call.ts';
import { note } from '../state/notes.ts';
import { defineOperation } from '../requests/operation.ts';
import { operationCallbackUri, operationContext } from '../schemas/call-options.ts';

const body = bodyDecoder(object({ invitationId: string({ minLength: 1 }), operationContext, operationCallbackUri }));

/**
 * Stops calling somebody who was added and has not answered. For one who has, `CancelAddParticipantFailed` follows.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-connection/cancel-add-participant
 */
export const cancelAddParticipant = defineOperation({
  operationId: 'CallConnection_CancelAddParticipant',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}/participants:cancelAddParticipant',
  since: '2023-10-15',
  repeatable: true,
  body,
  handle: (request, acs) => {
    const { body: asked } = request;
    const { call, connection, state } = findConnected(request, acs);
    const { invitationId } = asked;
    // An invitation has its leg's id.
    const invitation = byId(state.invitations, invitationId);
    if (!invitation) throw acsError('invitation-not-found', { target: 'invitationId' });
    const { leg, participant } = invitation;
    const departure = {
      why: 'invitation-canceled',
      leg,
      participant,
      invitationId,
      ...askedWith(asked, connection.id, acs),
    } as const;
    if (byId(call.legs, leg)?.state === 'ringing') {
      dispatch(acs, call.id, note('departing', departure), { type: 'end-leg', leg, cause: 'canceled' });
    } else {
      const result = { code: 400, subCode: 8522, message: 'The participant is not being called any more.' };
      dispatch(acs, call.id, note('cancel-add-failed', { ...departure, result }));
    }
    return {
      status: 202,
      body: { invitationId, ...echoedContext(asked) },
      connection: connection.id,
      call: call.id,
    };
  },
});
