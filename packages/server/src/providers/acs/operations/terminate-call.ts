import { dispatch, findConnection } from '../requests/find-call.ts';
import { note } from '../state/notes.ts';
import { defineOperation } from '../requests/operation.ts';

/**
 * Ends the call for everybody.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-connection/terminate-call
 */
export const terminateCall = defineOperation({
  operationId: 'CallConnection_TerminateCall',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:terminate',
  since: '2023-03-06',
  repeatable: true,
  body: 'none',
  handle: (request, acs) => {
    const { call, connection } = findConnection(request, acs);
    dispatch(acs, call.id, note('call-ending', { connection: connection.id }), { type: 'end-call', cause: 'dropped' });
    return { status: 204, connection: connection.id, call: call.id };
  },
});
