import { operationsOnLeg } from '../../../engine/turns.ts';
import { object } from '../../../json-schema/schema.ts';
import { askedWith } from '../requests/asked-with.ts';
import { bodyDecoder } from '../protocol/body.ts';
import { askedOperation } from '../state/call-state.ts';
import { dispatch, findConnected, findParticipant } from '../requests/find-call.ts';
import { defineOperation } from '../requests/operation.ts';
import { operationCallbackUri, operationContext } from '../schemas/call-options.ts';
import { identifier } from '../schemas/identifier.ts';

const body = bodyDecoder(object({ targetParticipant: identifier, operationContext, operationCallbackUri }));

/**
 * Takes a participant off hold; what it heard meanwhile stops.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-media/unhold
 */
export const unhold = defineOperation({
  operationId: 'CallMedia_Unhold',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:unhold',
  since: '2024-09-15',
  body,
  handle: (request, acs) => {
    const { call, connection, state } = findConnected(request, acs);
    const { leg } = findParticipant({ call, state }, request.body.targetParticipant, 'targetParticipant');
    askedWith(request.body, connection.id, acs);
    const operations = operationsOnLeg(call, leg.id)
      .filter(({ kind, id }) => kind === 'play' && askedOperation(state, id)?.kind === 'hold')
      .map(({ id }) => id);
    dispatch(acs, call.id, { type: 'cancel-operations', operations }, { type: 'hold', leg: leg.id, held: false });
    return { status: 200, connection: connection.id, call: call.id };
  },
});
