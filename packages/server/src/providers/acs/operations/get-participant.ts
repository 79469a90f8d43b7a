import { acsError } from '../protocol/errors.ts';
import { findConnection } from '../requests/find-call.ts';
import { defineOperation } from '../requests/operation.ts';
import { participantForVersion } from '../state/participant-version.ts';
import { participantOf } from '../state/participants.ts';

/** @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-connection/get-participant */
export const getParticipant = defineOperation({
  operationId: 'CallConnection_GetParticipant',
  method: 'GET',
  path: '/calling/callConnections/{callConnectionId}/participants/{participantRawId}',
  since: '2023-03-06',
  body: 'none',
  handle: (request, acs) => {
    const { call, connection, state } = findConnection(request, acs);
    const rawId = request.params['participantRawId'];
    const participant = rawId === undefined ? undefined : participantOf(call, state, rawId);
    if (!participant) throw acsError('participant-not-found');
    const body = participantForVersion(participant, request.apiVersion);
    return { status: 200, body, connection: connection.id, call: call.id };
  },
});
