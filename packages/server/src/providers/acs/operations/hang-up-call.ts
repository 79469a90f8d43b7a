import { liveLegs } from '../../../engine/queries.ts';
import { dispatch, findConnection } from '../find-call.ts';
import { note } from '../notes.ts';
import { defineOperation } from '../operation.ts';

/**
 * Takes the application out of the call. With one party left there is nobody to talk to, and the call ends; several go
 * on without the application.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-connection/hangup-call
 */
export const hangUpCall = defineOperation({
  operationId: 'CallConnection_HangupCall',
  method: 'DELETE',
  path: '/calling/callConnections/{callConnectionId}',
  since: '2023-03-06',
  body: 'none',
  handle: (request, acs) => {
    const { call, connection } = findConnection(request, acs);
    if (liveLegs(call).length > 1 && connection.state === 'connected') {
      dispatch(acs, call.id, note('connection-left', { connection: connection.id }));
    } else {
      dispatch(acs, call.id, { type: 'end-call', cause: 'dropped' });
    }
    return { status: 204, connection: connection.id, call: call.id };
  },
});
