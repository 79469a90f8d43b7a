import { findConnection } from '../requests/find-call.ts';
import { defineOperation } from '../requests/operation.ts';
import { participantForVersion } from '../state/participant-version.ts';
import { participantsOf } from '../state/participants.ts';

/**
 * Lists everybody in the call, on one page: calls here are small.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-connection/get-participants
 */
export const listParticipants = defineOperation({
  operationId: 'CallConnection_GetParticipants',
  method: 'GET',
  path: '/calling/callConnections/{callConnectionId}/participants',
  since: '2023-03-06',
  body: 'none',
  handle: (request, acs) => {
    const { call, connection, state } = findConnection(request, acs);
    const value = participantsOf(call, state).map((one) => participantForVersion(one, request.apiVersion));
    return { status: 200, body: { value }, connection: connection.id, call: call.id };
  },
});
