import { activeOperations } from '../../../engine/queries.ts';
import { askedOperation } from '../state/call-state.ts';
import { dispatch, findConnected } from '../requests/find-call.ts';
import { defineOperation } from '../requests/operation.ts';

/**
 * Cancels what is played and recognized, and what waits its turn. Hold music and continuous recognition of keys go on.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-media/cancel-all-media-operations
 */
export const cancelAllMediaOperations = defineOperation({
  operationId: 'CallMedia_CancelAllMediaOperations',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:cancelAllMediaOperations',
  since: '2023-03-06',
  body: 'none',
  handle: (request, acs) => {
    const { call, connection, state } = findConnected(request, acs);
    const operations = activeOperations(call)
      .map(({ id }) => id)
      .filter((id) => ['play', 'recognize'].includes(askedOperation(state, id)?.kind ?? ''));
    dispatch(acs, call.id, { type: 'cancel-operations', operations });
    return { status: 202, connection: connection.id, call: call.id };
  },
});
