import { liveLegs } from '../../../engine/queries.ts';
import { activeConnections } from '../state/call-state.ts';
import { dispatch, findConnection } from '../requests/find-call.ts';
import { note } from '../state/notes.ts';
import { defineOperation } from '../requests/operation.ts';

/**
 * Takes the application out of the call. Where only one is left without it, there is nobody to talk to, and the call
 * ends; several go on.
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
    const { call, connection, state } = findConnection(request, acs);
    const others = activeConnections(state).length - 1;
    if (liveLegs(call).length + others > 1 && connection.state === 'connected') {
      dispatch(acs, call.id, note('connection-left', { connection: connection.id }));
    } else {
      dispatch(acs, call.id, note('call-ending', { connection: connection.id }), {
        type: 'end-call',
        cause: 'dropped',
      });
    }
    return { status: 204, connection: connection.id, call: call.id };
  },
});
